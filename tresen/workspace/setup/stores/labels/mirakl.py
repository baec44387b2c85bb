"""What Mirakl's connector says."""

from django.utils.translation import gettext_lazy

KNOWN = (
    gettext_lazy("Another operator"),
    gettext_lazy("Sign in at the marketplace’s back office. Its address in the browser is the operator’s address."),
    gettext_lazy("Address of the operator"),
    gettext_lazy("Like https://marketplace.example, up to the first single slash."),
    gettext_lazy("Choose your name at the top right, then API key, then Generate a new key, and paste it here."),
    gettext_lazy("API key"),
    gettext_lazy("If your user manages several shops there, say which: the number stands under Shop settings."),
    gettext_lazy("Number of the shop"),
    gettext_lazy("Message about the order"),
    gettext_lazy("The operator takes no text of less than three characters."),
    gettext_lazy("The product can’t be returned"),
    gettext_lazy("It need not be sent back"),
    gettext_lazy("The time for returns is over"),
    gettext_lazy("The operator pays it some time later."),
    gettext_lazy("The whole order is cancelled, and the operator gives the buyer all money back."),
    gettext_lazy("Whether the buyer is told, and whether the goods are on offer again, is up to the operator."),
    gettext_lazy("All requests"),
    gettext_lazy("Something else answers there: check the operator’s address."),
    gettext_lazy("The operator says that the shop is not open."),
    gettext_lazy("The operator knows no order %(number)s."),
)
