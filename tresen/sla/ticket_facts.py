"""What policies may ask about the conversations of a batch: one statement."""

from collections.abc import Collection
from dataclasses import dataclass

from tresen.batches.cursors import batch_cursor
from tresen.sla.before_buying import LONGEST, asks_before_buying
from tresen.sla.conditions import TicketFacts
from tresen.tickets import ledger
from tresen.tickets.projection import TicketNow


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationFacts:
    """A conversation we may owe answers in, and what policies may ask about it."""

    conversation: int
    ticket: int
    team: int
    facts: TicketFacts
    surface: str = ""


def facts_of(*, conversations: Collection[int], tickets: Collection[int]) -> list[ConversationFacts]:
    """The facts of these conversations, and of all conversations of these tickets."""
    with batch_cursor() as cursor:
        cursor.execute(_FACTS, [list(conversations), list(tickets)])
        rows = cursor.fetchall()
    standing = ledger.tickets_of({ticket for _, ticket, *_ in rows})
    return [_read(row, standing[row[1]]) for row in rows]


def _read(row: tuple[object, ...], now: TicketNow) -> ConversationFacts:
    conversation, ticket, surface, channel, store, brand, marketplace, segment, *order, named, said, tags = row
    value, currency, lines, fulfilled_by = order
    return ConversationFacts(
        conversation=conversation,  # type: ignore[arg-type]
        ticket=ticket,  # type: ignore[arg-type]
        team=now.state.team,
        surface=str(surface),
        facts=TicketFacts(
            channel=str(channel),
            store=store,  # type: ignore[arg-type]
            brand=brand,  # type: ignore[arg-type]
            marketplace=str(marketplace),
            language=now.language,
            risk_tier=now.state.risk_tier,
            segment=str(segment or ""),
            order_value=value,  # type: ignore[arg-type]
            currency=str(currency or ""),
            lines=lines,  # type: ignore[arg-type]
            fulfilled_by=str(fulfilled_by or ""),
            pre_sale=False if named else asks_before_buying(said or (), now.language) or None,  # type: ignore[arg-type]
            tags=frozenset(tags or ()),  # type: ignore[call-overload]
        ),
    )


NEWEST = 5
"""So many of a customer's messages tell what he wants now."""

_FACTS = f"""
    SELECT conversation.id, conversation.ticket_id, conversation.surface,
           store.channel, store.id, store.brand_id, store.marketplace, customer.segment,
           named.total, named.currency, named.lines, named.fulfilled_by, named.number IS NOT NULL,
           CASE WHEN named.number IS NULL THEN ARRAY(
             SELECT left(message.subject || '. ' || message.text, {LONGEST}) FROM tickets_message message
             WHERE message.ticket_id = conversation.ticket_id AND message.direction = 'in' AND message.kind = 'message'
             ORDER BY message.occurred_at DESC, message.id DESC LIMIT {NEWEST}) END,
           (SELECT array_agg(tag.name) FROM tickets_tickettag put JOIN tickets_tag tag ON tag.id = put.tag_id
            WHERE put.ticket_id = conversation.ticket_id)
    FROM tickets_conversation conversation
    JOIN stores_store store ON store.id = conversation.store_id
    LEFT JOIN customers_identity identity ON identity.id = conversation.identity_id
    LEFT JOIN customers_customer customer ON customer.id = identity.customer_id
    LEFT JOIN LATERAL (
        SELECT named.number, known.total, known.currency, known.fulfilled_by,
               (SELECT count(*) FROM orders_orderline line WHERE line.order_id = known.id) AS lines
        FROM tickets_ticketorder named LEFT JOIN orders_order known ON known.id = named.order_id
        WHERE named.ticket_id = conversation.ticket_id ORDER BY named."primary" DESC, named.id LIMIT 1
    ) named ON true
    WHERE conversation.role <> 'platform'
      AND (conversation.id = ANY(%b::bigint[]) OR conversation.ticket_id = ANY(%b::bigint[]))
"""
