"""What the rule packs call things: English data, known to the catalogues by this list, which a test holds complete."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PLATFORMS = (
    gettext_lazy("Amazon"),
    gettext_lazy("Facebook"),
    gettext_lazy("Instagram"),
    gettext_lazy("Kaufland"),
    gettext_lazy("Klarna"),
    gettext_lazy("Law"),
    gettext_lazy("Mirakl"),
    gettext_lazy("OTTO"),
    gettext_lazy("PayPal"),
    gettext_lazy("SMS"),
    gettext_lazy("Shopify"),
    gettext_lazy("TikTok Shop"),
    gettext_lazy("Walmart"),
    gettext_lazy("WhatsApp"),
    gettext_lazy("WooCommerce"),
    gettext_lazy("eBay"),
)
"""Who sets rules."""

REGIONS = (
    gettext_lazy("Australia"),
    gettext_lazy("Austria"),
    gettext_lazy("California"),
    gettext_lazy("Canada"),
    gettext_lazy("Comments below posts"),
    gettext_lazy("Conrad"),
    gettext_lazy("Continental Europe"),
    gettext_lazy("Czechia"),
    gettext_lazy("European Union"),
    gettext_lazy("France"),
    gettext_lazy("Germany"),
    gettext_lazy("Italy"),
    gettext_lazy("PcComponentes"),
    gettext_lazy("Poland"),
    gettext_lazy("Slovakia"),
    gettext_lazy("Thailand"),
    gettext_lazy("United Kingdom"),
    gettext_lazy("United Kingdom and Ireland"),
    gettext_lazy("United States"),
)
"""Parts of a platform with rules of their own."""

LIMITS = (
    gettext_lazy("A-to-z claim possible"),
    gettext_lazy("Access request"),
    gettext_lazy("Alert by the operator"),
    gettext_lazy("Answer in time"),
    gettext_lazy("Answer to the A-to-z claim"),
    gettext_lazy("Answer to the chargeback"),
    gettext_lazy("Answer to the claim"),
    gettext_lazy("Answer to the return request"),
    gettext_lazy("Answer within a day"),
    gettext_lazy("Answers by a person"),
    gettext_lazy("Answers in free words"),
    gettext_lazy("Answers of any kind"),
    gettext_lazy("Appeal against the decision"),
    gettext_lazy("Average response time"),
    gettext_lazy("Buyer may ask eBay to step in"),
    gettext_lazy("Data breach, report to the authority"),
    gettext_lazy("Erasure request"),
    gettext_lazy("Evidence in the dispute"),
    gettext_lazy("Evidence that the purchase was authorised"),
    gettext_lazy("First hour of a complaint through an authority"),
    gettext_lazy("Late response rate"),
    gettext_lazy("Refund after a withdrawal"),
    gettext_lazy("Refund after the return has arrived"),
    gettext_lazy("Response rate"),
    gettext_lazy("Response rate, after the weekend"),
    gettext_lazy("Seller response rate"),
    gettext_lazy("The dispute closes or becomes a claim"),
)
"""What is lost behind a limit, or what it gives time for."""

EXCLUSIONS = (
    gettext_lazy("All chatbots are on at the weekend"),
    gettext_lazy("An automatic answer settled it alone"),
    gettext_lazy("Holiday mode"),
    gettext_lazy("The chatbot settled it alone"),
)
"""What a platform leaves out."""

WORDS = (
    gettext_lazy("English in the United States"),
    gettext_lazy("No advertising"),
    gettext_lazy("No links that lead away"),
)
"""What a platform does not want to read in an answer."""

SOURCES = (
    gettext_lazy("Amazon's notice mails of A-to-z claims"),
    gettext_lazy("Copy of Amazon's notice of 2020-07 on A-to-z claims, third party"),
    gettext_lazy("Nothing found in public pages"),
    gettext_lazy("Third parties' descriptions of PayPal claims"),
    gettext_lazy("Third party's description of Kaufland's ticket rules (expan.do)"),
    gettext_lazy("Third party's tracker of TikTok Shop's policy texts, 2026"),
)
"""Sources of rules that are no addresses."""

OWN = (gettext_lazy("Limit set for this store"),)
"""What no file says."""


def rule_words(title: str) -> str:
    """What a platform, a region, a limit or an exclusion of a rule pack is called in the active language."""
    return _(title)
