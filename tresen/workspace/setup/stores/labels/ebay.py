"""What eBay's connector says."""

from django.utils.translation import gettext_lazy

KNOWN = (
    gettext_lazy("eBay site"),
    gettext_lazy("Addresses members' messages arrive at"),
    gettext_lazy("The e-mail address of the eBay account; eBay passes on mail from no other."),
    gettext_lazy(
        "Make up a verification token and keep it here first: eBay tries the address as soon as it is entered there, "
        "and asks for the same token."
    ),
    gettext_lazy("Verification token"),
    gettext_lazy("32 to 80 letters, digits, underscores and hyphens."),
    gettext_lazy(
        "Join the eBay Developers Program with the seller’s account, then open Application Keys and create a "
        "Production keyset. eBay first asks about account deletion, and tries the address at once: make up a "
        "verification token and enter it on the page of this store’s webhooks first, then subscribe at eBay with the "
        "address shown here and that token."
    ),
    gettext_lazy("Copy both from the Production keyset."),
    gettext_lazy(
        "Beside the App ID choose User Tokens, then “Get a Token from eBay via Your Application”, and add an "
        "eBay Redirect URL for OAuth: as its accepted and its declined address the one shown here. Enter the RuName "
        "that eBay gives it, and sign in as the seller. Whoever has a refresh token already, pastes it instead; it "
        "lasts 18 months."
    ),
    gettext_lazy("RuName (eBay Redirect URL name)"),
    gettext_lazy("Sign in at eBay"),
    gettext_lazy("eBay gave no refresh token for the consent."),
    gettext_lazy(
        "Only for sellers in the European Union and the United Kingdom, so that refunds, cancellations and "
        'decisions about returns are taken: with an application token send {"signingKeyCipher": "ED25519"} to '
        "createSigningKey, as the page opened here documents, and copy privateKey and jwe from the answer. EBay "
        "shows the private key only once."
    ),
    gettext_lazy("Leave this empty, unless you try with eBay’s sandbox."),
    gettext_lazy("App ID (Client ID)"),
    gettext_lazy("Cert ID (Client Secret)"),
    gettext_lazy("Refresh token"),
    gettext_lazy("Private key (privateKey)"),
    gettext_lazy("Key token (jwe)"),
    gettext_lazy("Address of the interface"),
    gettext_lazy("Only where it is not the usual one."),
    gettext_lazy("Messages"),
    gettext_lazy("Orders"),
    gettext_lazy("Returns"),
    gettext_lazy("Requests: item not received"),
    gettext_lazy("Cases"),
    gettext_lazy("Payment disputes"),
    gettext_lazy("Stock"),
    gettext_lazy("Other adjustment"),
    gettext_lazy("Not as described"),
    gettext_lazy("Item not received"),
    gettext_lazy("Sent back by the buyer"),
    gettext_lazy("Cancelled by the buyer"),
    gettext_lazy("Cancelled by us"),
    gettext_lazy("Cheaper shipping"),
    gettext_lazy("The buyer asked for it"),
    gettext_lazy("Out of stock"),
    gettext_lazy("Something is wrong with the address"),
    gettext_lazy("eBay pays it some time later; until then it stands as being paid."),
    gettext_lazy("eBay cancels the whole order, pays all of it back and tells the buyer."),
    gettext_lazy("Nothing is changed about what you offer there: look at the listing’s quantity."),
    gettext_lazy("Message about the item"),
    gettext_lazy("E-mail addresses, telephone numbers and links that lead away from eBay are forbidden there."),
    gettext_lazy("eBay takes no e-mail addresses here."),
    gettext_lazy("eBay takes no telephone numbers here."),
    gettext_lazy("eBay takes no links here that lead away from it."),
    gettext_lazy("Tokens"),
    gettext_lazy("Files"),
    gettext_lazy("Orders and payment disputes"),
    gettext_lazy("The account"),
    gettext_lazy("Notifications"),
    gettext_lazy("Asking what is left"),
    gettext_lazy("Cancellations"),
    gettext_lazy("eBay gave an empty token."),
    gettext_lazy("Refunds cannot be signed: the signing key is incomplete, or no Ed25519 key."),
    gettext_lazy("Today’s calls of %(name)s are used up; they come back at midnight, Pacific time."),
    gettext_lazy("eBay’s answer was not as documented: %(what)s"),
    gettext_lazy("eBay’s answer is no key."),
    gettext_lazy("eBay told of %(count)s entries, and gave none from the %(place)sth on."),
    gettext_lazy("Messages cannot be read or sent: the scope commerce.message is missing."),
    gettext_lazy("Orders cannot be read or shipped: the scope sell.fulfillment is missing."),
    gettext_lazy("Payment disputes cannot be read: the scope sell.payment.dispute is missing."),
    gettext_lazy("Stock cannot be read: the scope sell.inventory.readonly is missing."),
    gettext_lazy("Then eBay takes no refunds, cancellations or decisions about returns from here."),
    gettext_lazy(
        "developer.ebay.com, Application Keys, Notifications: as the endpoint for account deletion, with the "
        "verification token beside it."
    ),
)
