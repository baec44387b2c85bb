"""What TikTok Shop's connector says."""

from django.utils.translation import gettext_lazy

KNOWN = (
    gettext_lazy("TikTok Shop’s country"),
    gettext_lazy("TikTok Shop United States"),
    gettext_lazy("TikTok Shop United Kingdom"),
    gettext_lazy("TikTok Shop Germany"),
    gettext_lazy("TikTok Shop France"),
    gettext_lazy("TikTok Shop Italy"),
    gettext_lazy("TikTok Shop Spain"),
    gettext_lazy("TikTok Shop Ireland"),
    gettext_lazy("TikTok Shop Thailand"),
    gettext_lazy("TikTok Shop Indonesia"),
    gettext_lazy("TikTok Shop Malaysia"),
    gettext_lazy("TikTok Shop Philippines"),
    gettext_lazy("TikTok Shop Singapore"),
    gettext_lazy("TikTok Shop Vietnam"),
    gettext_lazy("TikTok Shop Mexico"),
    gettext_lazy("TikTok Shop Brazil"),
    gettext_lazy("TikTok Shop Japan"),
    gettext_lazy(
        "Register as a developer in TikTok Shop’s Partner Center and create an app for your own shop. Enter the "
        "callback address shown below as its redirect URL. Ask for access to shop information, orders, fulfilment, "
        "logistics, returns and refunds, products and customer service. Customer service is approved by itself; "
        "without it messages stay in Seller Center, and all else works."
    ),
    gettext_lazy(
        "Copy these from the app’s page. The service ID stands in the authorisation link. Then enter the webhook "
        "address shown here as the app’s webhook URL: the service ID is a part of it."
    ),
    gettext_lazy("App key"),
    gettext_lazy("App secret"),
    gettext_lazy("Service ID"),
    gettext_lazy(
        "Sign in as the seller. Whoever has a refresh token already pastes it instead. TikTok Shop gives a new one "
        "with each access token, so use it nowhere else."
    ),
    gettext_lazy("Only if the account has several shops: enter the code of this one, as Seller Center shows it."),
    gettext_lazy("Shop code"),
    gettext_lazy("Leave these empty, unless you try with another server than TikTok Shop’s."),
    gettext_lazy("Address for tokens"),
    gettext_lazy("Sign in at TikTok Shop"),
    gettext_lazy(
        "The app’s secret, on its page in TikTok Shop’s Partner Center; its webhook URL is entered there too."
    ),
    gettext_lazy("All chats"),
    gettext_lazy("Cancellations"),
    gettext_lazy(
        "TikTok Shop has not approved the app for customer service: messages come neither in nor out. Buyers must be "
        "answered in Seller Center."
    ),
    gettext_lazy("TikTok Shop’s answer has no response rate that is a number from 0 to 100."),
    gettext_lazy("TikTok Shop knows no order %(number)s."),
    gettext_lazy("TikTok Shop gave no token."),
    gettext_lazy("The seller’s account has no shop of this code."),
    gettext_lazy("The seller’s account has several shops: enter the code of this store’s own."),
    gettext_lazy("Where goods need not come back, or have come, TikTok Shop pays the buyer as soon as you approve."),
    gettext_lazy("TikTok Shop takes no such decision just now."),
    gettext_lazy("The buyer’s wish to cancel does not wait for a decision any more."),
    gettext_lazy("The whole order is cancelled, and TikTok Shop gives the buyer all money back."),
    gettext_lazy("TikTok Shop does not take this carrier for the order, but: %(carriers)s."),
    gettext_lazy("TikTok Shop ships this order: its label is made in Seller Center, and the parcel told with it."),
    gettext_lazy("Nothing of this order waits to be shipped by you."),
    gettext_lazy("The shop sells in %(region)s, and the store is set up for another country."),
    gettext_lazy("The app’s page in TikTok Shop’s Partner Center: as its webhook URL, for these events."),
)
