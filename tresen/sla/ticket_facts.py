"""What policies may ask about the conversations of a batch: one statement."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from tresen.sla.conditions import TicketFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationFacts:
    """A conversation we may owe answers in, and what policies may ask about it."""

    conversation: int
    ticket: int
    team: int
    facts: TicketFacts


def facts_of(*, conversations: Collection[int], tickets: Collection[int]) -> list[ConversationFacts]:
    """The facts of these conversations, and of all conversations of these tickets."""
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, [list(conversations), list(tickets)])
        return [_read(row) for row in cursor]


def _read(row: tuple[object, ...]) -> ConversationFacts:
    conversation, ticket, team, channel, store, brand, marketplace, language, tier, segment, *order, pre_sale, tags = (
        row
    )
    value, currency, lines, fulfilled_by = order
    return ConversationFacts(
        conversation=conversation,  # type: ignore[arg-type]
        ticket=ticket,  # type: ignore[arg-type]
        team=team,  # type: ignore[arg-type]
        facts=TicketFacts(
            channel=str(channel),
            store=store,  # type: ignore[arg-type]
            brand=brand,  # type: ignore[arg-type]
            marketplace=str(marketplace),
            language=str(language),
            risk_tier=tier,  # type: ignore[arg-type]
            segment=str(segment or ""),
            order_value=value,  # type: ignore[arg-type]
            currency=str(currency or ""),
            lines=lines,  # type: ignore[arg-type]
            fulfilled_by=str(fulfilled_by or ""),
            pre_sale=bool(pre_sale),
            tags=frozenset(tags or ()),  # type: ignore[call-overload]
        ),
    )


_FACTS = """
    SELECT conversation.id, ticket.id, ticket.team_id, store.channel, store.id, store.brand_id, store.marketplace,
           ticket.language, ticket.risk_tier, customer.segment,
           named.total, named.currency, named.lines, named.fulfilled_by, named.number IS NULL,
           (SELECT array_agg(tag.name) FROM tickets_tickettag put JOIN tickets_tag tag ON tag.id = put.tag_id
            WHERE put.ticket_id = ticket.id)
    FROM tickets_conversation conversation
    JOIN tickets_ticket ticket ON ticket.id = conversation.ticket_id
    JOIN stores_store store ON store.id = conversation.store_id
    LEFT JOIN customers_identity identity ON identity.id = conversation.identity_id
    LEFT JOIN customers_customer customer ON customer.id = identity.customer_id
    LEFT JOIN LATERAL (
        SELECT named.number, known.total, known.currency, known.fulfilled_by,
               (SELECT count(*) FROM orders_orderline line WHERE line.order_id = known.id) AS lines
        FROM tickets_ticketorder named LEFT JOIN orders_order known ON known.id = named.order_id
        WHERE named.ticket_id = ticket.id ORDER BY named."primary" DESC, named.id LIMIT 1
    ) named ON true
    WHERE conversation.role <> 'platform' AND (conversation.id = ANY(%s) OR ticket.id = ANY(%s))
"""
