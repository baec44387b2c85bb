"""Where the demo shop sells: its stores, teams and mailboxes as a plan."""

from dataclasses import dataclass, field

from tresen.local.demo.tale.data import data_file

BRAND = "Tannlicht"
DOMAIN = "tannlicht.example"
INBOXES = frozenset({"ebay", "mirakl", "kaufland", "tiktok_shop", "facebook", "instagram", "whatsapp", "sms"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StorePlan:
    """One store. `share` of the tickets, `speaks`: how many in a hundred write in which language.

    A small store has no share: what happened there is told word by word.
    """

    key: str
    name: str
    channel: str
    team: str
    marketplace: str = ""
    language: str = "de"
    mailbox: str = ""
    address: str = ""
    share: int = 0
    speaks: dict[str, int] = field(default_factory=lambda: {"de": 100})

    @property
    def country(self) -> str:
        """Where its parcels go."""
        return "it" if self.marketplace.endswith(".it") else "de"

    @property
    def has_inbox(self) -> bool:
        """Whether buyers write in an inbox of the platform, which its interface tells of; else they write mails."""
        return self.channel in INBOXES

    @property
    def currency(self) -> str:
        """What is paid in."""
        return "USD" if self.marketplace == "walmart.com" else "EUR"

    @property
    def sells_at(self) -> str:
        """The key of the store whose platform has the orders: who writes by mail or form has bought in the shop."""
        return "shop" if self.channel in {"email", "website"} else self.key


STORES = (
    StorePlan(
        key="amazon_de",
        name="Amazon.de",
        channel="amazon",
        marketplace="amazon.de",
        team="markets",
        language="de",
        mailbox="markets",
        address=f"amazon-de@{DOMAIN}",
        share=33,
        speaks={"de": 86, "en": 10, "it": 4},
    ),
    StorePlan(
        key="amazon_it",
        name="Amazon.it",
        channel="amazon",
        marketplace="amazon.it",
        team="italy",
        language="it",
        mailbox="italy",
        address=f"amazon-it@{DOMAIN}",
        share=19,
        speaks={"it": 90, "en": 8, "de": 2},
    ),
    StorePlan(
        key="ebay_de",
        name="eBay.de",
        channel="ebay",
        marketplace="ebay.de",
        team="markets",
        language="de",
        mailbox="markets",
        address=f"ebay@{DOMAIN}",
        share=13,
        speaks={"de": 88, "en": 12},
    ),
    StorePlan(
        key="market",
        name="Lichtmarkt",
        channel="mirakl",
        marketplace="other",
        team="markets",
        language="de",
        mailbox="",
        address="",
        share=8,
        speaks={"de": 90, "en": 10},
    ),
    StorePlan(
        key="shop",
        name="Tannlicht Shop",
        channel="shopify",
        marketplace="",
        team="shop",
        language="de",
        mailbox="shop",
        address=f"shop@{DOMAIN}",
        share=17,
        speaks={"de": 80, "en": 15, "it": 5},
    ),
    StorePlan(
        key="website",
        name="Tannlicht Website",
        channel="website",
        marketplace="",
        team="shop",
        language="de",
        mailbox="shop",
        address=f"anfrage@{DOMAIN}",
        share=8,
        speaks={"de": 82, "en": 14, "it": 4},
    ),
    StorePlan(
        key="mail",
        name="Tannlicht E-Mail",
        channel="email",
        marketplace="",
        team="shop",
        language="de",
        mailbox="shop",
        address=f"service@{DOMAIN}",
        share=10,
        speaks={"de": 78, "en": 16, "it": 6},
    ),
)

SMALL_STORES = tuple(StorePlan(**plan) for plan in data_file("small_stores.yaml")["stores"])
"""Where it sells or is asked little: one or two matters each."""

LARGE_STORES = frozenset(plan.name for plan in STORES)
"""What they are called. What the story does at random it does there."""

EVERY_STORE = (*STORES, *SMALL_STORES)

PLATFORMS = tuple(plan for plan in STORES if plan.sells_at == plan.key)
"""Those of the large ones whose platform's interface the demo plays; it plays that of every small one."""

BY_MAIL = tuple(plan for plan in STORES if plan.mailbox)
"""Those whose buyers' words and platform's notices can come by mail."""

MAILBOXES = {
    "markets": ("Marktplätze", f"marktplatz@{DOMAIN}"),
    "italy": ("Italia", f"italia@{DOMAIN}"),
    "shop": ("Eigener Shop", f"service@{DOMAIN}"),
    "parts": ("Ersatzteile", f"ersatzteile@{DOMAIN}"),
}


def store_plan(key: str) -> StorePlan:
    """The plan of one store."""
    return next(store for store in EVERY_STORE if store.key == key)
