"""Agents and chats: who is available, how many each has at once, and who has a free slot."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tresen.accounts.actors import Actor
from tresen.accounts.auditing import record_change
from tresen.accounts.models import Agent
from tresen.accounts.wording import AccountWrong, Problem
from tresen.chats.models import SLOTS, Chat, ChatDesk, Standing
from tresen.staffing.absences import away_at
from tresen.stores.granting import scope_of

MOST_SLOTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An agent's switch and slots; `held`: how many are taken or on offer."""

    available: bool
    slots: int
    held: int


def desk_of(agent_id: int) -> Desk:
    """How an agent stands."""
    kept = ChatDesk.objects.filter(agent=agent_id).first()
    held = Chat.objects.filter(agent=agent_id).exclude(standing=Standing.QUEUE).count()
    return Desk(available=bool(kept and kept.available), slots=kept.slots if kept else SLOTS, held=held)


def set_available(agent_id: int, *, available: bool, at: datetime) -> None:
    """Turn the agent's switch. Chats that they have stay theirs; saying it again changes nothing."""
    if available:
        ChatDesk.objects.get_or_create(agent_id=agent_id)
    changed = ChatDesk.objects.filter(agent=agent_id).exclude(available=available)
    changed.update(available=available, since=at, missed_at=None)


def note_missed(agent_id: int, *, at: datetime) -> None:
    """Offer the agent nothing more: who does not see one chat would not see the next one either."""
    ChatDesk.objects.filter(agent=agent_id, available=True).update(available=False, since=at, missed_at=at)


@transaction.atomic
def set_slots(agent_id: int, slots: int, *, by: Actor, at: datetime) -> None:
    """How many chats the agent has at once from now. Raises AccountWrong."""
    if not 0 <= slots <= MOST_SLOTS:
        sentence = _("Enter a number between %(least)s and %(most)s.") % {"least": 0, "most": MOST_SLOTS}
        raise AccountWrong([Problem("chat_slots", sentence)])
    desk = ChatDesk.objects.select_for_update().filter(agent=agent_id).first()
    if slots == (desk.slots if desk else SLOTS):
        return
    ChatDesk.objects.update_or_create(agent_id=agent_id, defaults={"slots": slots})
    record_change(f"agent:{agent_id}", "chat_slots", by=by, at=at, details={"slots": slots})


def is_anybody_free(*, team: int, store: int, brand: int, at: datetime) -> bool:
    """Whether a new chat of this store could be offered to somebody now."""
    return next(_free(team, store=store, brand=brand, but=(), at=at, lock=""), None) is not None


def free_agents(*, team: int, store: int, brand: int, but: Collection[int], at: datetime) -> list[int]:
    """Whom a chat of this store can be offered, who waits longest first, in the caller's transaction.

    Their desks are locked: of two chats at the same instant one gets the last slot.
    """
    return list(_free(team, store=store, brand=brand, but=but, at=at, lock="FOR UPDATE OF desk"))


def _free(team: int, *, store: int, brand: int, but: Collection[int], at: datetime, lock: str) -> Iterator[int]:
    """One after the other: what each may see is asked of the database, and every page of the website wants but one."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_AVAILABLE} {lock}", {"team": team})
        available = [agent for (agent,) in cursor]
        cursor.execute(_FREE, {"agents": available})
        free = [agent for (agent,) in cursor]
    gone = away_at(at) if free else {}
    agents = Agent.objects.in_bulk([one for one in free if one not in but and one not in gone])
    yield from (
        one for one in free if one in agents and scope_of(agents[one]).shows(team=team, store=store, brand=brand)
    )


_AVAILABLE = """
    SELECT desk.agent_id FROM chats_chatdesk desk
    JOIN accounts_teammembership member ON member.agent_id = desk.agent_id AND member.team_id = %(team)s
    JOIN accounts_agent agent ON agent.id = desk.agent_id AND agent.is_active
    WHERE desk.available AND desk.slots > 0
    ORDER BY desk.agent_id
"""
# Asked anew after they are locked: a slot may have been filled while we waited.
_FREE = """
    SELECT desk.agent_id FROM chats_chatdesk desk
    WHERE desk.agent_id = ANY(%(agents)s) AND desk.available AND desk.slots > (
        SELECT count(*) FROM chats_chat chat WHERE chat.agent_id = desk.agent_id AND chat.standing <> 'queue'
    )
    ORDER BY desk.since NULLS FIRST, desk.agent_id
"""
