"""What OTTO's connector says."""

from django.utils.translation import gettext_lazy

KNOWN = (
    gettext_lazy(
        "The address registered for buyers’ mail in OTTO Partner Connect; mail from another one is not passed on."
    ),
    gettext_lazy(
        "Sign in at OTTO Partner Connect, create an app of your own (self-app) for the interfaces Orders, Shipments, "
        "Returns, ReturnShipments, Receipts, PriceReductions and Availability, and copy both."
    ),
    gettext_lazy("OTTO restricts what may be written to buyers who have not written, and we have not seen its rules."),
    gettext_lazy("Scopes"),
    gettext_lazy(
        "As they stand in the app’s overview, with spaces between them. Empty: orders shipments returns receipts "
        "availability price-reduction."
    ),
    gettext_lazy("Leave this empty, unless you try with OTTO’s sandbox: https://sandbox.api.otto.market"),
    gettext_lazy("OTTO gave an empty token."),
    gettext_lazy("OTTO’s answer was not as documented: %(what)s"),
    gettext_lazy("Orders cannot be read: the app does not allow it."),
    gettext_lazy("Parcels cannot be read: the app does not allow it."),
    gettext_lazy("Returns cannot be read: the app does not allow it."),
    gettext_lazy("Receipts cannot be read: the app does not allow it."),
    gettext_lazy("Stock cannot be read: the app does not allow it."),
    gettext_lazy("Parcels"),
    gettext_lazy("Returns on their way"),
    gettext_lazy("Parcels that come back"),
    gettext_lazy("Receipts"),
    gettext_lazy("Price reductions"),
    gettext_lazy("Say where your parcels leave from. OTTO wants to know it with each order that is marked as shipped."),
    gettext_lazy("City that parcels leave from"),
    gettext_lazy("Its postcode"),
    gettext_lazy("Its country"),
    gettext_lazy("Three letters, as DEU. All three are needed to mark orders as shipped."),
    gettext_lazy("Three letters, as DEU."),
    gettext_lazy("OTTO has not released this order, or nothing of it waits any more: it cannot be cancelled."),
    gettext_lazy("OTTO cancels only what the buyer has paid for and nobody has shipped."),
    gettext_lazy("Nothing of this order waits to be shipped at OTTO."),
    gettext_lazy("OTTO wants to know where parcels leave from: enter that with the store’s connection."),
    gettext_lazy("OTTO wants the number by which this parcel can come back."),
    gettext_lazy("OTTO makes the buyer’s receipt as soon as it is told."),
    gettext_lazy("Another forwarder"),
    gettext_lazy("Carrier of the return"),
    gettext_lazy("Needed with DHL, DHL Express, DPD, GLS, Hermes and UPS; freight goes without."),
    gettext_lazy("Tracking number of the return"),
    gettext_lazy("It stands on the return label in the parcel."),
    gettext_lazy("%(count)s of %(all)s price reductions are taken. %(why)s"),
    gettext_lazy(
        "OTTO takes it as a price reduction of what has been shipped and the buyer keeps, and pays it a little later."
    ),
    gettext_lazy("For goods that come back accept the return instead."),
    gettext_lazy("OTTO pays the buyer back at once, whether the goods have come or not. It cannot be undone."),
    gettext_lazy("In OTTO Partner Connect a rejected return can still be accepted."),
    gettext_lazy("Condition"),
    gettext_lazy("As OTTO Partner Connect explains them."),
    gettext_lazy("It came back"),
    gettext_lazy("It was lost on its way to the buyer"),
    gettext_lazy("It was lost on its way back"),
    gettext_lazy("It could not be delivered"),
    gettext_lazy("Complaint of the buyer"),
    gettext_lazy("The customer wanted to cancel"),
    gettext_lazy("Money back after an affidavit"),
    gettext_lazy("It was marked as shipped by mistake"),
    gettext_lazy("It is damaged"),
    gettext_lazy("It is not in the parcel"),
    gettext_lazy("It is another item"),
    gettext_lazy("It is an item of another seller"),
    gettext_lazy("The hygiene seal is broken"),
    gettext_lazy("It came back too late"),
    gettext_lazy("It is exchanged"),
)
