"""What Walmart's connector says."""

from django.utils.translation import gettext_lazy

KNOWN = (
    gettext_lazy(
        "Sign in at Walmart’s developer portal with the seller’s account, open My API Key, choose Production Keys, "
        "and copy both."
    ),
    gettext_lazy("Leave this empty, unless you try with Walmart’s sandbox."),
    gettext_lazy("Client ID"),
    gettext_lazy("Client Secret"),
    gettext_lazy("Performance"),
    gettext_lazy("Walmart gave an empty token."),
    gettext_lazy("Walmart’s answer was not as documented: %(what)s"),
    gettext_lazy("Orders cannot be read: the key does not allow it."),
    gettext_lazy("Returns cannot be read: the key does not allow it."),
    gettext_lazy("Stock cannot be read: the key does not allow it."),
    gettext_lazy("Walmart’s answer has no response rate that is a number from 0 to 100."),
    gettext_lazy("Walmart knows no order %(number)s."),
    gettext_lazy("Say for which of the order’s lines money goes back."),
    gettext_lazy("These lines are in two purchase orders at Walmart: pay back for one after the other."),
    gettext_lazy("The order has no such line any more: look at it again."),
    gettext_lazy("Nothing of this order waits for that any more."),
    gettext_lazy("Walmart takes this carrier only with the address of its parcel’s page, which is not known."),
    gettext_lazy("Walmart shows another refund of this line: look in Seller Center."),
    gettext_lazy("It is defective"),
    gettext_lazy("The price was wrong"),
    gettext_lazy("It may be a fraud"),
    gettext_lazy("Walmart pays back only for what has been shipped."),
    gettext_lazy("All that has not been shipped is cancelled."),
    gettext_lazy("Walmart charges the buyer as soon as it is told."),
    gettext_lazy("Returned automatically"),
    gettext_lazy("Bought in another size or colour"),
    gettext_lazy("Bought elsewhere"),
    gettext_lazy("It came twice"),
    gettext_lazy("It was lost after delivery"),
    gettext_lazy("It went back to its sender"),
    gettext_lazy("The parcel was damaged"),
    gettext_lazy("An error in the bill"),
    gettext_lazy("It was shipped although it was cancelled"),
    gettext_lazy("A correction"),
    gettext_lazy("The price of shipping was wrong"),
    gettext_lazy("The buyer pays no tax"),
)
