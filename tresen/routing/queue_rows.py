"""The queue's hot read: one index branch a visible team, merged; then what a row shows of its ticket."""

from datetime import datetime

import msgspec


class QueueRow(msgspec.Struct, frozen=True):
    """One row of a list. Money in minor units; `fact` is the one thing that matters most, as a key.

    `message` is the customer's newest one, whose first words are the excerpt; 0 where there is none.
    """

    ticket: int
    queue_tier: int
    sort_at: datetime
    act_by: datetime | None
    actionable_from: datetime | None
    governing: str
    unstaffed: bool
    crossed: bool
    on_its_way: bool
    task: str
    in_danger: bool
    own_missed: bool
    platform_missed: bool
    team: int
    store: str
    channel: str
    marketplace: str
    subject: str
    excerpt: str
    customer: str
    segment: str
    order_number: str
    order_total: int | None
    currency: str
    fact: str
    tier: int
    tier_reason: str
    status: str
    waiting_on: str
    snoozed_until: datetime | None
    solved_at: datetime | None
    language: str
    assignee: str
    assignee_id: int | None
    last_message_at: datetime
    own_due: datetime | None
    own_started_at: datetime | None
    platform_due: datetime | None
    platform_cliff: str
    delivery: str
    message: int
    case_kind: str = ""
    case_due: datetime | None = None
    card: str = ""
    card_number: str = ""
    """The card that the newest message is, instead of words: its facts."""

    @property
    def lost(self) -> bool:
        """Nothing promised can be kept any more."""
        return self.act_by is None and bool(self.queue_tier in {0, 9}) and not self.task

    def key(self) -> tuple[int, datetime, int]:
        """The row's place in the order."""
        return self.queue_tier, self.sort_at, self.ticket


_PLACE = """place.ticket_id, place.queue_tier, place.sort_at, place.act_by, place.actionable_from, place.governing,
    place.unstaffed, place.crossed, place.on_its_way, place.task, place.in_danger,
    place.own_missed, place.platform_missed"""

# Numbers of rows stand in the text: without them the plan that is kept for a prepared statement would expect ten teams
# and a tenth of all rows, and a new one would be made for every page.
VISIBLE = "(SELECT * FROM unnest(%(teams)b::bigint[]) AS given (team) LIMIT {teams}) AS visible"
BRANCHES = f"""
    SELECT place.* FROM {VISIBLE}
    CROSS JOIN LATERAL (
        SELECT * FROM routing_queueplace place
        WHERE place.team_id = visible.team {{only}} {{after}}
        ORDER BY place.queue_tier, place.sort_at, place.ticket_id LIMIT {{limit}}
    ) place
    ORDER BY place.queue_tier, place.sort_at, place.ticket_id LIMIT {{limit}}
"""
# Sorted by when it runs out, not by the queue's order. What is governed by a clock of the other kind stands here too.
DUE = f"""
    SELECT place.* FROM {VISIBLE}
    CROSS JOIN LATERAL (
        SELECT place.ticket_id, place.queue_tier, place.{{side}}_due AS sort_at, place.act_by, place.actionable_from,
               place.governing, place.unstaffed, place.crossed, place.on_its_way, place.task, place.in_danger,
               place.own_missed, place.platform_missed
        FROM routing_queueplace place
        WHERE place.team_id = visible.team AND place.{{side}}_due <= %(until)s {{only}} {{after}}
        ORDER BY place.{{side}}_due, place.ticket_id LIMIT {{limit}}
    ) place
    ORDER BY place.sort_at, place.ticket_id LIMIT {{limit}}
"""
DUE_AFTER = "AND (place.{side}_due, place.ticket_id) > (%(at)s, %(ticket)s)"
BEYOND = "AND place.{side}_due > %(beyond)s"
LATE = "AND place.{side}_missed"
IN_DANGER = "AND place.in_danger"
MINE = """
    SELECT * FROM routing_queueplace place
    WHERE place.assignee_id = %(agent)s AND place.team_id = ANY(%(teams)b::bigint[]) {only} {after}
    ORDER BY place.queue_tier, place.sort_at, place.ticket_id LIMIT {limit}
"""
AFTER = "AND (place.queue_tier, place.sort_at, place.ticket_id) > (%(tier)s, %(at)s, %(ticket)s)"
IN_SCOPE = "AND (place.store_id = ANY(%(stores)b::bigint[]) OR place.brand_id = ANY(%(brands)b::bigint[]))"
NOT_IN_CHAT = "AND NOT place.in_chat"
UNASSIGNED = "AND place.assignee_id IS NULL"
LOST = "AND place.queue_tier = 9"
OF_CHANNEL = "AND place.store_id IN (SELECT id FROM stores_store WHERE channel = %(channel)s)"

CASE_DUE = """(
            SELECT min(clock.due) FROM sla_clock clock
            WHERE clock.ticket_id = tie.ticket_id AND clock.kind = 'case' AND clock.outcome IN ('running', 'breached')
              AND clock.met_at IS NULL AND clock.waived_at IS NULL
              AND split_part(clock.key, ':', 2) = owing.id::text
        )"""
"""When a case must be answered; null where only the platform's decision is waited for, or no date is known."""
NO_DATE = "'9999-01-01Z'::timestamptz"
# Read from the cases themselves: one that was answered waits for the platform and is in no queue.
CASES = f"""
    SELECT place.id AS ticket_id, coalesce(queued.queue_tier, 2)::smallint AS queue_tier, owed.due AS sort_at,
           queued.act_by, queued.actionable_from, coalesce(queued.governing, '') AS governing,
           coalesce(queued.unstaffed, false) AS unstaffed, coalesce(queued.crossed, false) AS crossed,
           coalesce(queued.on_its_way, false) AS on_its_way, coalesce(queued.task, '') AS task,
           coalesce(queued.in_danger, false) AS in_danger, coalesce(queued.own_missed, false) AS own_missed,
           coalesce(queued.platform_missed, false) AS platform_missed
    FROM (
        SELECT tie.ticket_id, min(coalesce({CASE_DUE}, {NO_DATE})) AS due
        FROM orders_case owing JOIN duties_casetie tie ON tie.case_id = owing.id
        WHERE owing.state <> 'closed' GROUP BY tie.ticket_id
    ) AS owed
    JOIN tickets_ticket place ON place.id = owed.ticket_id
    LEFT JOIN routing_queueplace queued ON queued.ticket_id = place.id
    WHERE place.team_id = ANY(%(teams)b::bigint[]) {{only}} {{after}}
    ORDER BY owed.due, place.id LIMIT {{limit}}
"""
CASES_AFTER = "AND (owed.due, place.id) > (%(at)s, %(ticket)s)"

NOTHING_OWED = """'' AS governing, false AS unstaffed, false AS crossed, false AS on_its_way, '' AS task,
           false AS in_danger, false AS own_missed, false AS platform_missed"""
# The resting lists are read newest first, from the tickets themselves: nothing is owed there. A branch of the index is
# in order for one status, not for two.
RESTING = f"""
    SELECT ticket.id AS ticket_id, 2::smallint AS queue_tier, ticket.last_message_at AS sort_at,
           NULL::timestamptz AS act_by, ticket.snoozed_until AS actionable_from, {NOTHING_OWED}
    FROM {VISIBLE}
    CROSS JOIN unnest(%(statuses)b::text[]) AS resting (status)
    CROSS JOIN LATERAL (
        SELECT * FROM tickets_ticket place
        WHERE place.team_id = visible.team AND place.status = resting.status {{only}} {{after}}
        ORDER BY place.last_message_at DESC, place.id DESC LIMIT {{limit}}
    ) ticket
    ORDER BY ticket.last_message_at DESC, ticket.id DESC LIMIT {{limit}}
"""
LOOKED_THROUGH = 2000
"""Among so many of a team's open tickets those that owe nothing are looked for at once, the newest first."""
HORIZON = f"""
    SELECT ticket.last_message_at, ticket.id FROM {VISIBLE}
    CROSS JOIN LATERAL (
        SELECT place.last_message_at, place.id FROM tickets_ticket place
        WHERE place.team_id = visible.team AND place.status = 'open' {{after}}
        ORDER BY place.last_message_at DESC, place.id DESC OFFSET {LOOKED_THROUGH - 1} LIMIT 1
    ) ticket
    ORDER BY ticket.last_message_at DESC, ticket.id DESC LIMIT 1
"""
"""As far as all teams' open tickets have been looked through then; no row where that is to their end."""
ANSWERED = f"""
    SELECT ticket.id AS ticket_id, 2::smallint AS queue_tier, ticket.last_message_at AS sort_at,
           NULL::timestamptz AS act_by, NULL::timestamptz AS actionable_from, {NOTHING_OWED}
    FROM {VISIBLE}
    CROSS JOIN LATERAL (
        SELECT * FROM tickets_ticket place
        WHERE place.team_id = visible.team AND place.status = 'open' {{only}} {{after}} {{down_to}}
          AND NOT EXISTS (SELECT FROM routing_queueplace owing WHERE owing.ticket_id = place.id)
        ORDER BY place.last_message_at DESC, place.id DESC LIMIT {{limit}}
    ) ticket
    ORDER BY ticket.last_message_at DESC, ticket.id DESC LIMIT {{limit}}
"""
DOWN_TO = "AND (place.last_message_at, place.id) >= (%(down_to)s, %(last)s)"
RESTING_AFTER = "AND (place.last_message_at, place.id) < (%(at)s, %(ticket)s)"

WORDS = "'message', 'unreadable'"
"""What people wrote to each other: a row shows the customer's last words and whether our last ones have arrived, not
what the platform or a mail server had to say in between."""

SHOWN = f"""
    WITH place AS MATERIALIZED ({{places}})
    SELECT {_PLACE}, ticket.team_id, store.name, store.channel, store.marketplace, ticket.subject,
           coalesce(said.excerpt, ''), coalesce(nullif(identity.name, ''), nullif(customer.name, ''),
               CASE identity.kind WHEN 'phone' THEN identity.key END, ''),
           coalesce(customer.segment, ''), coalesce(named.number, ''), known.total, coalesce(known.currency, ''),
           CASE WHEN troubled.state IS NOT NULL THEN 'tracking_exception'
                WHEN customer.segment = 'vip' THEN 'vip'
                WHEN known.state = 'returned' THEN 'returned'
                WHEN known.fulfilled_by = 'platform' THEN 'fulfilled_by_platform' ELSE '' END,
           ticket.risk_tier, ticket.risk_reason, ticket.status, ticket.waiting_on, ticket.snoozed_until,
           ticket.solved_at, ticket.language, coalesce(assignee.name, ''), ticket.assignee_id, ticket.last_message_at,
           own.due, own.started_at, platform.due, coalesce(platform.metric, ''), coalesce(newest.state, ''),
           coalesce(said.id, 0), coalesce(claimed.kind, ''), claimed.due,
           coalesce(said.card, ''), coalesce(said.card_number, '')
    FROM place
    JOIN tickets_ticket ticket ON ticket.id = place.ticket_id
    JOIN stores_store store ON store.id = ticket.store_id
    LEFT JOIN customers_identity identity ON identity.id = ticket.identity_id
    LEFT JOIN customers_customer customer ON customer.id = identity.customer_id
    LEFT JOIN accounts_agent assignee ON assignee.id = ticket.assignee_id
    LEFT JOIN LATERAL (
        SELECT number, order_id FROM tickets_ticketorder WHERE ticket_id = ticket.id
        ORDER BY "primary" DESC, id LIMIT 1
    ) named ON true
    LEFT JOIN orders_order known ON known.id = named.order_id
    LEFT JOIN LATERAL (
        SELECT state FROM orders_fulfilment WHERE order_id = known.id AND state = 'exception' LIMIT 1
    ) troubled ON true
    LEFT JOIN LATERAL (
        SELECT message.id, left(message.text, 200) AS excerpt, message.facts ->> 'card' AS card,
               message.facts ->> 'card_number' AS card_number
        FROM tickets_message message
        WHERE message.ticket_id = ticket.id AND message.kind IN ({WORDS}) AND message.direction = 'in'
        ORDER BY message.occurred_at DESC, message.id DESC LIMIT 1
    ) said ON true
    LEFT JOIN LATERAL (
        SELECT delivery.state
        FROM tickets_message message LEFT JOIN outbox_delivery delivery ON delivery.message_id = message.id
        WHERE message.ticket_id = ticket.id AND message.kind IN ({WORDS})
        ORDER BY message.occurred_at DESC, message.id DESC LIMIT 1
    ) newest ON true
    LEFT JOIN LATERAL (
        SELECT due, started_at FROM sla_clock
        WHERE ticket_id = ticket.id AND kind = 'own' AND met_at IS NULL AND outcome IN ('running', 'breached')
        ORDER BY outcome = 'breached', due LIMIT 1
    ) own ON true
    LEFT JOIN LATERAL (
        SELECT due, metric FROM sla_clock
        WHERE ticket_id = ticket.id AND kind = 'platform' AND met_at IS NULL AND outcome IN ('running', 'breached')
        ORDER BY outcome = 'breached', due LIMIT 1
    ) platform ON true
    LEFT JOIN LATERAL (
        SELECT owing.kind, {CASE_DUE} AS due FROM duties_casetie tie
        JOIN orders_case owing ON owing.id = tie.case_id AND owing.state <> 'closed'
        WHERE tie.ticket_id = ticket.id ORDER BY due NULLS LAST, owing.id LIMIT 1
    ) claimed ON true
    ORDER BY {{order}}
"""
