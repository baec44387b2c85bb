"""What Shopify's connector says."""

from django.utils.translation import gettext_lazy

KNOWN = (
    gettext_lazy("This is no shop domain. It looks like birkenhof.myshopify.com."),
    gettext_lazy("The store contact e-mail of the Shopify admin, where one mailbox serves several stores."),
    gettext_lazy("Answers to shoppers come from here."),
    gettext_lazy(
        "Shopify admin, Settings, Notifications, Webhooks: below the list; or the client secret of your app.",
    ),
    gettext_lazy("A regular expression, if your numbers do not look like #1042."),
    gettext_lazy(
        "In the Shopify admin open Settings, then Apps and sales channels, then Develop apps. "
        "Allow custom app development if Shopify asks for it, and create an app, for instance “Tresen”."
    ),
    gettext_lazy("Shop domain"),
    gettext_lazy("As in birkenhof.myshopify.com; not the address that shoppers see."),
    gettext_lazy(
        "In the app choose Configuration, Admin API integration, and tick these access scopes: "
        "read_orders, read_all_orders, read_customers, read_products, read_inventory, read_returns, "
        "read_shopify_payments_disputes, write_orders, write_returns, "
        "write_merchant_managed_fulfillment_orders. Save. Those that write are only needed for refunding, "
        "cancelling, deciding returns and marking as shipped from here."
    ),
    gettext_lazy(
        "Choose Install app, then API credentials, and reveal the Admin API access token. "
        "Shopify shows it once only. It begins with shpat_."
    ),
    gettext_lazy("Admin API access token"),
    gettext_lazy("Address of the interface"),
    gettext_lazy("Only where it is not the usual one."),
    gettext_lazy("Chargebacks"),
    gettext_lazy("The customer wants it"),
    gettext_lazy("It is not in stock"),
    gettext_lazy("The payment was declined"),
    gettext_lazy("It looks like fraud"),
    gettext_lazy("We made a mistake"),
    gettext_lazy("Another reason"),
    gettext_lazy("The time for returns is over"),
    gettext_lazy("It was sold without a right of return"),
    gettext_lazy("All that was paid goes back to the buyer."),
    gettext_lazy("The goods go back to stock."),
    gettext_lazy("Shopify tells the buyer by e-mail."),
    gettext_lazy("It can’t be taken back at Shopify."),
    gettext_lazy("The goods are not put back to stock."),
    gettext_lazy("E-mail to the buyer"),
    gettext_lazy("Points for all queries"),
    gettext_lazy("The answer holds no data."),
    gettext_lazy("The shop does not know it any more."),
    gettext_lazy("Orders cannot be read (access scope read_orders)."),
    gettext_lazy("Orders older than 60 days cannot be read (access scope read_all_orders)."),
    gettext_lazy("Buyers' names cannot be read (access scope read_customers)."),
    gettext_lazy("Products and their pictures cannot be read (access scope read_products)."),
    gettext_lazy("Stock cannot be read (access scope read_inventory)."),
    gettext_lazy("Returns cannot be read (access scope read_returns)."),
    gettext_lazy("Chargebacks cannot be read (access scope read_shopify_payments_disputes)."),
    gettext_lazy("Orders cannot be refunded or cancelled (access scope write_orders)."),
    gettext_lazy("Returns cannot be approved or refused (access scope write_returns)."),
    gettext_lazy("Orders cannot be marked as shipped (access scope write_merchant_managed_fulfillment_orders)."),
    gettext_lazy("Shopify admin, Settings, Notifications, Webhooks: one for each of these, format JSON."),
)
