"""Orders that a ticket may concern although no message names them: the buyer's own, and no other's.

The buyer is known by the platform's id or alias, by his address, and by what was linked to him with evidence. Nothing
is attached for it: an order that is not the one would put another price, another clock and another number into the
answer.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tresen.accounts.scope import Scope
from tresen.batches.cursors import batch_cursor

MOST = 3
NEWEST = 200
"""So many of a buyer's orders are looked through for what he asks about."""


class Why(StrEnum):
    """Why an order may be meant."""

    LISTING = "listing"
    """It holds what the message is about."""
    ARTICLE = "article"
    """It holds what the message calls by name."""
    LATEST = "latest"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An order that may be meant, and why."""

    order: int
    why: Why


def candidates_of(tickets: Collection[int], *, scope: Scope) -> Mapping[int, Sequence[Candidate]]:
    """Up to three for each of these tickets, the likeliest first; what was removed or is attached is none.

    Where orders hold the listing that is asked about, no others are given; before the newer ones stands what holds an
    article by the words that the buyer calls it: most of those of its title. One statement.
    """
    found: dict[int, list[Candidate]] = {ticket: [] for ticket in tickets}
    if not found:
        return found
    stores, brands = (sorted(part) if part is not None else [] for part in (scope.stores, scope.brands))
    everywhere = scope.stores is None or scope.brands is None
    with batch_cursor() as cursor:
        cursor.execute(_CANDIDATES, [list(found), everywhere, stores, brands, NEWEST, MOST])
        for ticket, order, why in cursor.fetchall():
            found[ticket].append(Candidate(order, Why(why)))
    return found


_CANDIDATES = """
    WITH concerned AS (
        SELECT id, brand_id, identity_id FROM tickets_ticket WHERE id = ANY(%b::int8[])
    ), writers AS (
        SELECT id, brand_id, identity_id FROM concerned
        UNION
        SELECT concerned.id, concerned.brand_id, conversation.identity_id FROM concerned
        JOIN tickets_conversation conversation ON conversation.ticket_id = concerned.id AND conversation.role = 'buyer'
    ), buyers AS (
        SELECT writers.id, writers.brand_id, known.id AS identity, known.kind, known.key FROM writers
        JOIN customers_identity wrote ON wrote.id = writers.identity_id AND wrote.kind <> 'shared'
        JOIN customers_identity known ON known.id = wrote.id OR known.customer_id = wrote.customer_id
        WHERE known.kind <> 'shared'
    ), bought AS (
        SELECT buyers.id AS ticket, bought.id AS number FROM buyers
        JOIN orders_order bought ON bought.identity_id = buyers.identity AND bought.brand_id = buyers.brand_id
        UNION
        SELECT buyers.id, bought.id FROM buyers
        JOIN orders_order bought ON lower(bought.buyer_email) = lower(buyers.key) AND bought.buyer_email <> ''
            AND bought.brand_id = buyers.brand_id
        WHERE buyers.kind IN ('relay', 'email')
    ), newest AS (
        SELECT bought.ticket, known.id, known.ordered_at,
               row_number() OVER (PARTITION BY bought.ticket ORDER BY known.ordered_at DESC, known.id DESC) AS place
        FROM bought JOIN orders_order known ON known.id = bought.number
        WHERE (%s::bool OR known.store_id = ANY(%b::int8[]) OR known.brand_id = ANY(%b::int8[]))
          AND NOT EXISTS (
            SELECT FROM tickets_ticketorder attached
            WHERE attached.ticket_id = bought.ticket AND attached.number = known.number)
          AND NOT EXISTS (
            SELECT FROM tickets_removedorder removed
            WHERE removed.ticket_id = bought.ticket AND removed.number = known.number)
    ), asked AS (
        SELECT message.ticket_id AS ticket, array_agg(DISTINCT item) AS items FROM tickets_message message,
            unnest(string_to_array(message.facts ->> 'items', ',')) AS item
        WHERE message.ticket_id IN (SELECT id FROM concerned) AND message.direction = 'in' AND item <> ''
        GROUP BY message.ticket_id
    ), said AS (
        SELECT message.ticket_id AS ticket,
               regexp_split_to_array(lower(left(string_agg(message.subject || ' ' || message.text, ' '), 20000)),
                                     '[^[:alnum:]]+') AS words
        FROM tickets_message message
        WHERE message.ticket_id IN (SELECT id FROM concerned) AND message.direction = 'in'
        GROUP BY message.ticket_id
    ), judged AS (
        SELECT newest.*, EXISTS (
            SELECT FROM said JOIN orders_orderline line ON line.order_id = newest.id
            CROSS JOIN LATERAL (
                SELECT count(*) AS all_words, count(*) FILTER (WHERE word = ANY(said.words)) AS named
                FROM unnest(regexp_split_to_array(lower(line.title), '[^[:alnum:]]+')) AS word WHERE length(word) > 2
            ) title
            WHERE said.ticket = newest.ticket AND title.named > 0 AND title.named * 5 >= title.all_words * 3
        ) AS article, EXISTS (
            SELECT FROM asked JOIN orders_orderline line ON line.order_id = newest.id
            WHERE asked.ticket = newest.ticket
              AND (line.item_id = ANY(asked.items) OR line.offer_id = ANY(asked.items) OR line.sku = ANY(asked.items))
        ) AS listing
        FROM newest WHERE place <= %s::int
    ), ranked AS (
        SELECT *, bool_or(listing) OVER (PARTITION BY ticket) AS any_listing,
               row_number() OVER (PARTITION BY ticket ORDER BY listing DESC, article DESC, place) AS rank
        FROM judged
    )
    SELECT ticket, id, CASE WHEN listing THEN 'listing' WHEN article THEN 'article' WHEN place = 1 THEN 'latest'
                            ELSE 'earlier' END
    FROM ranked WHERE (listing OR NOT any_listing) AND rank <= %s::int ORDER BY ticket, rank
"""
