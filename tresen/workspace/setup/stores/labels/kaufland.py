"""What Kaufland's connector says."""

from django.utils.translation import gettext_lazy

KNOWN = (
    gettext_lazy("Kaufland site"),
    gettext_lazy(
        "Sign in at Kaufland’s seller portal, open Settings, Shop settings, API, and choose Generate new API keys. "
        "They take the place of those that other software may use. Paste both here; the secret key is shown once only."
    ),
    gettext_lazy(
        "Once the store is connected, let Kaufland tell of orders at once: one button on the page of the store’s "
        "webhooks asks it to. Without it they come some minutes later."
    ),
    gettext_lazy("Client key"),
    gettext_lazy("Secret key"),
    gettext_lazy("Leave this empty, unless Kaufland gave you keys as a software partner."),
    gettext_lazy("Partner client key"),
    gettext_lazy("Partner secret key"),
    gettext_lazy("Leave this empty, unless you try with Kaufland’s playground."),
    gettext_lazy("Something else answers there: check the interface’s address."),
    gettext_lazy("The account does not sell at this site of Kaufland’s."),
    gettext_lazy("Kaufland knows no order %(number)s."),
    gettext_lazy("Kaufland could not reach this installation at its address: it must be open to the internet."),
    gettext_lazy("Something was missing"),
    gettext_lazy("It is defective"),
    gettext_lazy("Postage"),
    gettext_lazy("Postage of the return"),
    gettext_lazy("The price was wrong"),
    gettext_lazy("Kaufland counts cancellations that the seller causes: they must stay below 1 % of a month’s orders."),
    gettext_lazy("Kaufland’s interface shows no refunds: whether one was made, its seller portal tells."),
    gettext_lazy("Kaufland pays back for one piece at a time: ask for the others by themselves."),
    gettext_lazy("Nothing of this order waits for that at Kaufland any more."),
    gettext_lazy("Kaufland pays the buyer back for what you accept."),
    gettext_lazy("Kaufland opens a ticket to the buyer with your words."),
    gettext_lazy("Answer"),
    gettext_lazy("Interim notice: an answer is still owed"),
    gettext_lazy(
        "The ticket stays yours at Kaufland, and no clock stops. Not tried with a real account: see in the "
        "seller portal what the buyer gets."
    ),
    gettext_lazy("Answer and close the ticket at Kaufland"),
    gettext_lazy("It can’t be opened there again from here."),
    gettext_lazy("Ordered by mistake"),
    gettext_lazy("The quality is bad"),
    gettext_lazy("It is cheaper elsewhere"),
    gettext_lazy("The buyer does not like it"),
    gettext_lazy("It is not as described"),
    gettext_lazy("No reason given"),
    gettext_lazy("It does not fit"),
)
