"""What a message in a chat says: its type tells what stands in its content, which is JSON in a text.

Source: the Partner Center's page on message types (docv2/page/6y23rc6a, read 2026-11-30). With the conversation TikTok
Shop tells cards in plain words too; a webhook tells the content alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import msgspec

from tresen.channels.cards import CAME_FROM, Card, CardKind
from tresen.channels.files import InboundFile
from tresen.channels.typed_json import read_json

UNSUPPORTED = "unsupported_there"
"""Nothing of it is given to programs: it can be read in Seller Center alone."""
_LONGEST_NAME = 60


class _Content(msgspec.Struct, frozen=True):
    """All that a content can hold."""

    content: str = ""
    url: str = ""
    format: str = ""
    size: int | None = None
    order_id: str = ""
    package_id: str = ""
    product_id: str = ""
    sku_id: str = ""
    coupon_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message as people can read it: their words, a card in their place, with what it names."""

    text: str = ""
    card: Card | None = None
    orders: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    files: tuple[InboundFile, ...] = ()
    problems: tuple[str, ...] = ()


def said(kind: str, content: str, *, plaintext: str = "") -> Said:
    """What a message of this type says. Raises NotAsDocumented where its content is no JSON, or another.

    The text is the person's alone, with and without TikTok Shop's plain words: a webhook and the conversation tell
    the same message, and it must be the same.
    """
    told = read_json(content.encode(), _Content) if content else _Content()
    text = "" if kind in _CARDS or kind in _FILES else told.content.strip()
    card, file = _card(kind, told, plaintext.strip(), text), _file(kind, told)
    return Said(
        text=text,
        card=card,
        orders=(told.order_id,) if told.order_id else (),
        products=(told.product_id,) if told.product_id else (),
        files=(file,) if file else (),
        problems=(UNSUPPORTED,) if kind not in _KNOWN and not text and card is None else (),
    )


def _card(kind: str, told: _Content, plaintext: str, text: str) -> Card | None:
    if kind in _CARDS:
        of, name = _CARDS[kind]
        part = told.package_id if of is CardKind.DELIVERY else told.sku_id if of is CardKind.RETURN else ""
        return Card(kind=of, number=getattr(told, name), part=part, said=plaintext)
    untold = kind not in _KNOWN and plaintext and not text
    return Card(kind=CardKind.OTHER, said=plaintext) if untold else None


_CARDS: Mapping[str, tuple[CardKind, str]] = MappingProxyType(
    {
        "PRODUCT_CARD": (CardKind.PRODUCT, "product_id"),
        "ORDER_CARD": (CardKind.ORDER, "order_id"),
        "LOGISTICS_CARD": (CardKind.DELIVERY, "order_id"),
        "RETURN_REFUND_CARD": (CardKind.RETURN, "order_id"),
        "COUPON_CARD": (CardKind.COUPON, "coupon_id"),
        "BUYER_ENTER_FROM_PRODUCT": (CardKind.FROM_PRODUCT, "product_id"),
        "BUYER_ENTER_FROM_ORDER": (CardKind.FROM_ORDER, "order_id"),
    }
)
"""What each is of, and where its number stands."""
ENTERED = frozenset(kind for kind, (of, _name) in _CARDS.items() if of in CAME_FROM)
"""What the buyer looked at before he began the chat: TikTok Shop writes it, whoever is named as its sender."""
_TEXTS = frozenset({"TEXT", "NOTIFICATION", "ALLOCATED_SERVICE", "BUYER_ENTER_FROM_TRANSFER"})
_FILES = {"IMAGE": ("image", ""), "EMOTICONS": ("sticker", ""), "VIDEO": ("video", "mp4")}
_KNOWN = frozenset({*_CARDS, *_TEXTS, *_FILES})
TYPES = _KNOWN | {"OTHER"}
"""All that are documented."""


def _file(kind: str, told: _Content) -> InboundFile | None:
    if kind not in _FILES or not told.url:
        return None
    name, usual = _FILES[kind]
    end = told.format.strip().lower() or usual
    end = end if end.isalnum() else ""
    return InboundFile(
        reference=told.url,
        name=f"{name}.{end}"[:_LONGEST_NAME] if end else name,
        content_type=f"video/{end}" if kind == "VIDEO" and end else "",
        size=told.size if told.size and told.size > 0 else None,
    )
