"""What Amazon's connector says."""

from django.utils.translation import gettext_lazy

KNOWN = (
    gettext_lazy("Must be approved in Seller Central under Messaging Permissions, else Amazon rejects answers."),
    gettext_lazy("Addresses buyers' messages arrive at"),
    gettext_lazy(
        "In Seller Central, choose Apps and Services, then Develop Apps, and register as a private developer."
        " Ask for the roles Inventory and Order Tracking, Direct-to-Consumer Delivery, Buyer Communication, "
        "Buyer Solicitation, Amazon Fulfillment and Selling Partner Insights."
    ),
    gettext_lazy(
        "Once Amazon has agreed, choose Add new app client, take the type SP API, and tick the same roles. "
        "Then choose View beside the app’s LWA credentials and copy both values."
    ),
    gettext_lazy(
        "Beside the app, open the menu of Edit App, choose Authorise, then Authorise app in the line of your "
        "marketplace’s region. Copy the refresh token: Amazon shows it once."
    ),
    gettext_lazy(
        "Where Amazon’s notifications go to a queue of your own at AWS (SQS), enter its address and the key "
        "of an IAM user who may receive and delete its messages. Leave this empty where there is none."
    ),
    gettext_lazy("Leave these empty, unless you want to try Tresen with Amazon’s sandbox."),
    gettext_lazy("Client identifier"),
    gettext_lazy("Client secret"),
    gettext_lazy("Refresh token"),
    gettext_lazy("Address of the queue"),
    gettext_lazy("AWS access key id"),
    gettext_lazy("AWS secret access key"),
    gettext_lazy("Address of the interface"),
    gettext_lazy("Only where it is not the usual one."),
    gettext_lazy("Address that gives tokens"),
    gettext_lazy("Orders"),
    gettext_lazy("Notifications of changes"),
    gettext_lazy("Returns and A-to-z claims"),
    gettext_lazy("Negative feedback"),
    gettext_lazy("Stock in Amazon’s warehouses"),
    gettext_lazy("Ask about the order before it is shipped"),
    gettext_lazy("In the buyer’s language, without HTML and e-mail addresses."),
    gettext_lazy("Arrange the delivery"),
    gettext_lazy("Ask about the customisation"),
    gettext_lazy("Arrange a home service"),
    gettext_lazy("Tell of an unexpected problem"),
    gettext_lazy("Send a digital access key"),
    gettext_lazy("Ask for a review and feedback"),
    gettext_lazy("Amazon writes the words. It may be sent once for an order, and never beside another such request."),
    gettext_lazy("Amazon takes no e-mail addresses here."),
    gettext_lazy("Amazon takes no HTML here."),
    gettext_lazy("Tokens"),
    gettext_lazy("The seller’s marketplaces"),
    gettext_lazy("Orders that changed"),
    gettext_lazy("Single orders"),
    gettext_lazy("Marking as shipped"),
    gettext_lazy("Messages"),
    gettext_lazy("Requests for feedback"),
    gettext_lazy("Ordering reports"),
    gettext_lazy("Asking for reports"),
    gettext_lazy("Finding reports that are ready"),
    gettext_lazy("Fetching reports"),
    gettext_lazy("Notifications"),
    gettext_lazy("Stock"),
    gettext_lazy("The account does not sell on %(host)s."),
    gettext_lazy("The account’s listings on %(host)s are inactive."),
    gettext_lazy("Orders can’t be read: the app lacks “Inventory and Order Tracking” or the restricted role."),
    gettext_lazy("The queue’s AWS key is missing."),
)
