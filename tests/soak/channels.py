"""How each channel is played: what happens there, what it tells, and what its interface keeps to itself."""

from collections.abc import Mapping
from dataclasses import dataclass

NOTHING: frozenset[str] = frozenset()
QUESTIONS, ANSWERS = "questions", "answers given there"
REFUNDS, RETURNS, DECISIONS, WISHES = "refunds", "returns", "decisions about returns", "wishes to cancel"
REFUNDED, RETURNED, PARCELS = "refunded", "returns", "parcels"


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """`inbox`: buyers write there, and what they write is told. `without`: what else does not happen there, by name.

    `tells_answers`: what the seller answers there is told, too. `untold`: what of an order its interface does not tell.
    """

    marketplace: str = ""
    sells: bool = True
    inbox: bool = False
    tells_answers: bool = False
    charges_when_sent: bool = False
    """Nothing is paid before goods leave: then nothing goes back for what has not left."""
    decides_itself: bool = False
    """The platform says yes to each return."""
    signs: bool = False
    """What it posts to us is signed with a secret that is entered at the store."""
    without: frozenset[str] = NOTHING
    untold: frozenset[str] = NOTHING

    def knows(self, happening: str) -> bool:
        """Whether this happens there."""
        match happening:
            case "questions":
                return self.inbox
            case "answers given there":
                return self.tells_answers
            case _:
                return self.sells and happening not in self.without


AMAZONS_UNTOLD = frozenset({REFUNDED})
"""Its orders say nothing of refunds, and its returns come once in hours, by the day."""
KAUFLANDS_UNTOLD = frozenset({PARCELS, REFUNDED})
"""No order unit names a parcel, and what went back to the buyer is shown in the seller portal alone."""
TIKTOKS_UNTOLD = frozenset({REFUNDED})
"""Orders name no money that went back; returns and cancellations say that it did, and not how much."""
WALMARTS_UNTOLD = frozenset({REFUNDED})
"""Of what went back for a line it shows the last alone."""
WOOCOMMERCES_UNTOLD = frozenset({PARCELS})
"""WooCommerce knows of no parcels; plugins keep them in ways of their own."""

PLAYED: Mapping[str, Played] = {
    "amazon": Played(marketplace="amazon.de", untold=AMAZONS_UNTOLD),
    "ebay": Played(marketplace="ebay.de", inbox=True, tells_answers=True),
    "mirakl": Played(marketplace="conrad", inbox=True, tells_answers=True),
    "shopify": Played(signs=True),
    "facebook": Played(sells=False, inbox=True, tells_answers=True),
    "instagram": Played(sells=False, inbox=True, tells_answers=True),
    "kaufland": Played(
        marketplace="kaufland.de", inbox=True, tells_answers=True, without=frozenset({WISHES}), untold=KAUFLANDS_UNTOLD
    ),
    "otto": Played(marketplace="otto.de", charges_when_sent=True, without=frozenset({WISHES, DECISIONS})),
    "sms": Played(sells=False, inbox=True),
    "tiktok_shop": Played(
        marketplace="tiktok.com/us",
        inbox=True,
        tells_answers=True,
        without=frozenset({REFUNDS}),
        untold=TIKTOKS_UNTOLD,
    ),
    "walmart": Played(
        marketplace="walmart.com",
        charges_when_sent=True,
        decides_itself=True,
        without=frozenset({DECISIONS}),
        untold=WALMARTS_UNTOLD,
    ),
    "whatsapp": Played(sells=False, inbox=True),
    # A note that somebody writes in WordPress is read with its order's next change, and none may come.
    "woocommerce": Played(
        inbox=True,
        signs=True,
        without=frozenset({RETURNS, DECISIONS, WISHES}),
        untold=WOOCOMMERCES_UNTOLD,
    ),
}
TALKING = tuple(key for key, played in PLAYED.items() if not played.sells)
"""Where nothing is sold: people write, and all of it is told by webhook."""
MAILED = frozenset({"otto", "walmart"})
"""At whose marketplaces buyers' words come by mail, through relays."""
SOAKED = (*PLAYED, "email", "website")
"""All; of the last two no platform tells."""
