"""The parts of an order, replaced as they are told: lines, what was handed over, what was paid back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tresen.batches.copying import Target
from tresen.batches.cursors import batch_cursor, columns_of
from tresen.channels.order_news import OrderSnapshot

type Told = Sequence[tuple[int, OrderSnapshot]]
"""An order, and what is told of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A table of parts. `key` tells those of one order apart; the first column is the order.

    `stays`: columns in which nothing told leaves what stood there for the same `external_id`, each on a condition in
    SQL over `given` and `old`. A webhook tells lines without their pictures, and a line may have moved meanwhile.
    """

    target: Target
    key: str
    stays: Mapping[str, str] = field(default_factory=dict)

    @property
    def _values(self) -> Sequence[str]:
        return [name for name in self.target.columns if name not in {"order_id", self.key}]

    @property
    def keeping(self) -> str:
        """Insert the rows given, over those of the same keys; what is the same is not written."""
        values = self._values
        ours, theirs = (", ".join(f"{side}.{name}" for name in values) for side in ("kept", "excluded"))
        return f"""
            INSERT INTO {self.target.table} AS kept ({self.target.names}) SELECT {self._told} FROM {self._given}
            ON CONFLICT (order_id, {self.key}) DO UPDATE SET ({", ".join(values)}) = ROW({theirs})
            WHERE ({ours}) IS DISTINCT FROM ({theirs})
        """

    @property
    def _told(self) -> str:
        return ", ".join(self._stands(name, kind) for name, kind in self.target.columns.items())

    def _stands(self, name: str, kind: str) -> str:
        if name not in self.stays:
            return f"given.{name}"
        nothing = f"given.{name} = ''" if kind == "text" else f"given.{name} IS NULL"
        known = f"old.id IS NOT NULL AND {nothing} AND {self.stays[name]}"
        return f"CASE WHEN {known} THEN old.{name} ELSE given.{name} END"

    @property
    def _given(self) -> str:
        """What is told, beside what stood of it."""
        given = f"{self.target.arrays} AS given ({self.target.names})"
        if not self.stays:
            return given
        return f"""{given} LEFT JOIN LATERAL (
                SELECT stood.* FROM {self.target.table} stood
                WHERE (stood.order_id, stood.external_id) = (given.order_id, given.external_id) LIMIT 1
            ) old ON given.external_id <> ''"""

    @property
    def removing(self) -> str:
        """Delete what these orders have besides the keys given."""
        kind = self.target.columns[self.key]
        return f"""
            DELETE FROM {self.target.table} gone USING unnest(%b::int8[]) AS told (number)
            WHERE gone.order_id = told.number AND NOT EXISTS (
                SELECT FROM unnest(%b::int8[], %b::{kind}[]) AS given (number, key)
                WHERE (given.number, given.key) = (gone.order_id, gone.{self.key})
            )
        """


def _replace(part: Part, told: Mapping[int, Sequence[tuple[object, ...]]]) -> None:
    """Make these rows all that stands of these orders; a row begins with its key, and the last of a key counts."""
    if not told:
        return
    rows = {(order, row[0]): (order, *row) for order, given in told.items() for row in given}
    with batch_cursor() as cursor:
        keys = columns_of(rows) if rows else [[], []]
        if rows:
            cursor.execute(part.keeping, columns_of(rows.values()))
        # Last: what stood at a place that is gone may be the same part's that stands at another now.
        cursor.execute(part.removing, [list(told), *keys])


def take_lines(told: Told) -> None:
    """The lines of these orders, where they are told."""
    _replace(
        _LINES,
        {
            order: [
                (
                    position,
                    line.external_id[:120],
                    line.sku[:120],
                    line.item_id[:80],
                    line.offer_id[:80],
                    line.title[:300],
                    line.picture[:1000],
                    line.quantity,
                    line.price,
                    line.shipped,
                    line.cancelled,
                )
                for position, line in enumerate(news.lines, start=1)
            ]
            for order, news in told
            if news.lines is not None
        },
    )


def take_fulfilments(told: Told) -> None:
    """What was handed over of these orders, where it is told."""
    _replace(
        _FULFILMENTS,
        {
            order: [
                (
                    parcel.external_id[:120],
                    parcel.carrier[:60],
                    parcel.tracking[:80],
                    parcel.tracking_address[:1000],
                    parcel.state.value,
                    parcel.said[:200],
                    parcel.shipped_at,
                    parcel.expected_at,
                    parcel.last_scan_at,
                    parcel.last_scan[:200],
                    parcel.delivered_at,
                )
                for parcel in news.parcels
            ]
            for order, news in told
            if news.parcels is not None
        },
    )


def take_refunds(told: Told) -> None:
    """What was paid back of these orders, where it is told."""
    _replace(
        _REFUNDS,
        {
            order: [(one.external_id[:120], one.amount, one.reason[:200], one.done, one.at) for one in news.refunds]
            for order, news in told
            if news.refunds is not None
        },
    )


def take_documents(told: Told) -> None:
    """Which documents there are of these orders, where it is told."""
    _replace(
        _DOCUMENTS,
        {
            order: [(one.external_id[:120], one.kind.value, one.amount, one.at) for one in news.documents]
            for order, news in told
            if news.documents is not None
        },
    )


_LINES = Part(
    target=Target(
        "orders_orderline",
        {
            "order_id": "int8",
            "position": "int4",
            "external_id": "text",
            "sku": "text",
            "item_id": "text",
            "offer_id": "text",
            "title": "text",
            "picture": "text",
            "quantity": "int4",
            "price": "int8",
            "shipped": "int4",
            "cancelled": "int4",
        },
    ),
    key="position",
    stays=dict.fromkeys(("sku", "item_id", "offer_id", "picture"), "TRUE"),
)
_FULFILMENTS = Part(
    target=Target(
        "orders_fulfilment",
        {
            "order_id": "int8",
            "external_id": "text",
            "carrier": "text",
            "tracking": "text",
            "tracking_address": "text",
            "state": "text",
            "said": "text",
            "shipped_at": "timestamptz",
            "expected_at": "timestamptz",
            "last_scan_at": "timestamptz",
            "last_scan": "text",
            "delivered_at": "timestamptz",
        },
    ),
    key="external_id",
    stays={"expected_at": "TRUE", "last_scan": "given.state = old.state"},
)
_REFUNDS = Part(
    target=Target(
        "orders_refund",
        {
            "order_id": "int8",
            "external_id": "text",
            "amount": "int8",
            "reason": "text",
            "done": "bool",
            "refunded_at": "timestamptz",
        },
    ),
    key="external_id",
)
_DOCUMENTS = Part(
    target=Target(
        "orders_orderdocument",
        {"order_id": "int8", "external_id": "text", "kind": "text", "amount": "int8", "issued_at": "timestamptz"},
    ),
    key="external_id",
)
