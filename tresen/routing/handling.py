"""How long an answer takes: the median of four weeks, by channel. Kept in a small table that is renewed daily."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from tresen.clock.backlog import UNKNOWN_HANDLING
from tresen.routing.models import Handling

RENEWED_EVERY = timedelta(days=1)
LOOKED_BACK = timedelta(days=28)
FEWEST = 20
"""Fewer answers than this tell nothing."""
A_BREAK = timedelta(minutes=30)
"""Whoever did not answer for so long did something else before."""


def renew_handling(at: datetime) -> int:
    """Reckon the table again where that is a day ago; gives how many channels are known."""
    newest = Handling.objects.order_by("-reckoned_at").values_list("reckoned_at", flat=True).first()
    if newest is not None and newest <= at < newest + RENEWED_EVERY:
        return 0
    return reckon_handling(at)


@transaction.atomic
def reckon_handling(at: datetime) -> int:
    """Reckon the table from what agents answered in the four weeks before `at`; gives how many channels are known."""
    params: dict[str, Any] = {"since": at - LOOKED_BACK, "at": at, "break": A_BREAK, "fewest": FEWEST}
    with connection.cursor() as cursor:
        # One at a time; a second worker finds it done.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('routing_handling'))")
        cursor.execute("DELETE FROM routing_handling")
        cursor.execute(_RECKON, params)
        return int(cursor.rowcount)


def handling_of_stores() -> Mapping[int, timedelta]:
    """How long an answer is expected to take in each store; a store that is not named: UNKNOWN_HANDLING."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_STORES)
        return dict(cursor.fetchall())


def expected(store: int, known: Mapping[int, timedelta]) -> timedelta:
    """How long an answer in this store is expected to take."""
    return known.get(store, UNKNOWN_HANDLING)


# An answer took the time since the same agent's answer before. Until intents are understood they are all one.
_RECKON = """
    WITH answers AS (
        SELECT message.conversation_id, message.occurred_at
               - lag(message.occurred_at) OVER (PARTITION BY message.agent_id ORDER BY message.occurred_at) AS took
        FROM tickets_message message
        WHERE message.direction = 'out' AND message.kind = 'message' AND message.agent_id IS NOT NULL
          AND message.occurred_at > %(since)s AND message.occurred_at <= %(at)s
    )
    INSERT INTO routing_handling (channel, intent, takes, answers, reckoned_at)
    SELECT store.channel, '', make_interval(secs => percentile_cont(0.5) WITHIN GROUP (
               ORDER BY extract(epoch FROM answers.took))), count(*), %(at)s
    FROM answers JOIN tickets_conversation conversation ON conversation.id = answers.conversation_id
    JOIN stores_store store ON store.id = conversation.store_id
    WHERE answers.took <= %(break)s
    GROUP BY store.channel HAVING count(*) >= %(fewest)s
"""
_OF_STORES = """
    SELECT store.id, handling.takes FROM stores_store store
    JOIN routing_handling handling ON handling.channel = store.channel AND handling.intent = ''
"""
