"""What the connectors of Meta's channels say."""

from django.utils.translation import gettext_lazy

KNOWN = (
    gettext_lazy(
        "At Meta’s pages for developers create an app of the kind Business, or open the one that you have: one app "
        "serves all pages and accounts. Open App settings, Basic, and paste its number and secret here."
    ),
    gettext_lazy(
        "At Meta’s pages for developers create an app of the kind Business, or open the one that you have: one app "
        "serves all accounts. Choose Instagram, API setup with Instagram login, and paste the app ID and the app "
        "secret that stand there. They are Instagram’s own: those of App settings, Basic, do not fit."
    ),
    gettext_lazy("App ID"),
    gettext_lazy("App secret"),
    gettext_lazy("A number, as Meta shows it."),
    gettext_lazy(
        "Choose Messenger, API setup. Add the page, and choose Generate token beside it. Paste the page’s number and "
        "its token here."
    ),
    gettext_lazy(
        "Choose Instagram, API setup with Instagram login. Add the account, and choose Generate token beside it. Paste "
        "the account’s number and its token here."
    ),
    gettext_lazy("Page ID"),
    gettext_lazy("Account ID"),
    gettext_lazy("Access token"),
    gettext_lazy(
        "Make up a word for Meta’s question whether the address below is yours, the same for all stores of this app. "
        "Connect first. Then enter address and word at Meta, Webhooks, and subscribe to the fields that the page about "
        "webhooks names."
    ),
    gettext_lazy("Verify token"),
    gettext_lazy("Enter the same word at Meta, beside the address. It can be read here later, too."),
    gettext_lazy("Leave this empty, unless you try with something that stands for Meta."),
    gettext_lazy("It does not tell this app of messages yet: subscribe the app to it at Meta, step 3."),
    gettext_lazy("Instagram gave no new token."),
    gettext_lazy("Meta says that the access token is no good any more."),
    gettext_lazy("developers.facebook.com, your app, App settings, Basic: App secret."),
    gettext_lazy("Answers"),
    gettext_lazy("Conversations"),
    gettext_lazy("Answers to comments’ writers alone"),
    gettext_lazy("Below the comment, for all to read"),
    gettext_lazy("To its writer alone"),
    gettext_lazy("Once for each comment, as a message; it goes on as a conversation with him."),
    gettext_lazy("Meta takes one message to a comment’s writer alone, and this comment has had it."),
    gettext_lazy("developers.facebook.com, your app, Webhooks: as callback URL, for these fields."),
)
