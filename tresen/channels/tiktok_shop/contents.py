"""What a message in a chat says: its type tells what stands in its content, which is JSON in a text.

Source: the Partner Center's page on message types (docv2/page/6y23rc6a, read 2026-11-30). With the conversation TikTok
Shop tells cards in plain words too; a webhook tells the content alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import msgspec

from tresen.channels.files import InboundFile
from tresen.channels.typed_json import read_json

ENTERED = frozenset({"BUYER_ENTER_FROM_PRODUCT", "BUYER_ENTER_FROM_ORDER"})
"""What the buyer looked at before he began the chat: TikTok Shop writes it, whoever is named as its sender."""
IN_SELLER_CENTER = "This message can be read in Seller Center only."
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
    """A message in words that people can read, with what it names."""

    text: str = ""
    orders: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    files: tuple[InboundFile, ...] = ()


def said(kind: str, content: str, *, plaintext: str = "") -> Said:
    """What a message of this type says. Raises NotAsDocumented where its content is no JSON, or another."""
    told = read_json(content.encode(), _Content) if content else _Content()
    words = _WORDS.get(kind, _other)(told)
    file = _file(kind, told)
    return Said(
        text=(plaintext.strip() if kind in _WORDED else "") or words,
        orders=(told.order_id,) if told.order_id else (),
        products=(told.product_id,) if told.product_id else (),
        files=(file,) if file else (),
    )


def _text(told: _Content) -> str:
    return told.content.strip()


def _nothing(_told: _Content) -> str:
    return ""


def _other(told: _Content) -> str:
    """What TikTok Shop does not give to programs."""
    return told.content.strip() or IN_SELLER_CENTER


def _card(title: str, *names: str) -> Callable[[_Content], str]:
    def words(told: _Content) -> str:
        parts = [f"{_TITLES[name]} {value}" for name in names if (value := getattr(told, name))]
        return f"{title}: {', '.join(parts)}" if parts else title

    return words


_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "order_id": "order",
        "package_id": "parcel",
        "product_id": "product",
        "sku_id": "SKU",
        "coupon_id": "coupon",
    }
)
_WORDS: Mapping[str, Callable[[_Content], str]] = {
    "TEXT": _text,
    "NOTIFICATION": _text,
    "ALLOCATED_SERVICE": _text,
    "BUYER_ENTER_FROM_TRANSFER": _text,
    "IMAGE": _nothing,
    "VIDEO": _nothing,
    "EMOTICONS": _nothing,
    "PRODUCT_CARD": _card("Product", "product_id"),
    "ORDER_CARD": _card("Order", "order_id"),
    "LOGISTICS_CARD": _card("Delivery", "order_id", "package_id"),
    "RETURN_REFUND_CARD": _card("Return or refund", "order_id", "sku_id"),
    "COUPON_CARD": _card("Coupon", "coupon_id"),
    "BUYER_ENTER_FROM_PRODUCT": _card("The buyer came from", "product_id"),
    "BUYER_ENTER_FROM_ORDER": _card("The buyer came from", "order_id"),
}
_WORDED = frozenset({*(kind for kind in _WORDS if kind.endswith("_CARD")), *ENTERED, "OTHER"})
"""What TikTok Shop's own words say more of than the content."""
TYPES = frozenset({*_WORDS, "OTHER"})
"""All that are documented."""
_FILES = {"IMAGE": ("image", ""), "EMOTICONS": ("sticker", ""), "VIDEO": ("video", "mp4")}


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
