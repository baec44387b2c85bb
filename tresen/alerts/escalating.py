"""Taking the steps of ladders: each exactly once, by any number of workers, and none about what is settled.

A step is planned by who watches the clocks (`tresen.sla.noticing`). Here it is decided as of now, recorded in the
ledger, and carried out, all in one transaction under the ticket's lock.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Agent, Team
from tresen.alerts.recipients import People, mail_leaves_to_on_call, people_of
from tresen.alerts.standing_in import successor
from tresen.alerts.steps import Decision, Drop, Take, Wait, decide, running_limits
from tresen.alerts.telling import News, tell
from tresen.clock.duties import HARD
from tresen.crashing.points import Point, reached
from tresen.sla.keeping import kept_of
from tresen.sla.ladders import Moment, Rung, Step, step_from
from tresen.sla.models import LadderStep, StepOutcome
from tresen.staffing.queries import shifts_of
from tresen.tickets import ledger
from tresen.tickets.assigning import CannotSee, assign, move
from tresen.tickets.events import Key, LadderStepTaken
from tresen.tickets.locking import TicketSettled
from tresen.tickets.models import Ticket
from tresen.tickets.recorded import NewEvent
from tresen.tickets.risking import set_risk

ESCALATED = "escalated"
"""The kind of a notice about a step that came later than its moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A planned step, what it says, whom it tells, and what becomes of it; `limits` of the platform still running.

    `lost`: it is about a limit that somebody else has set and that is missed.
    """

    row: LadderStep
    step: Step
    told: tuple[int, ...]
    people: People
    limits: tuple[datetime, ...]
    lost: bool
    decision: Decision


def escalate_due(at: datetime, *, most: int = 100) -> int:
    """Take the steps that are due, a batch at a time; gives how many were looked at in this one."""
    with transaction.atomic():
        rows = _locked_steps(at, most)
        if not rows:
            return 0
        due = _decided(rows, at)
        taken = [one for one in due if isinstance(one.decision, Take)]
        called = mail_leaves_to_on_call()
        ledger.record_all([_event(one, at, called=called) for one in taken], at=at)
        _settle(due, at)
        tell(_news(taken), at=at)
        for one in taken:
            _act(one, at)
        reached(Point.INSIDE_ESCALATION)
    return len(rows)


def _locked_steps(at: datetime, most: int) -> list[LadderStep]:
    """Due steps of tickets that nobody else works on. They are read after the lock: a rival may have settled them."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, {"at": at, "most": most})
        tickets = [ticket for (ticket,) in cursor.fetchall()]
    unsettled = LadderStep.objects.filter(ticket__in=tickets, settled_at=None, due_at__lte=at)
    return list(unsettled.order_by("due_at", "number", "pk"))


def _decided(rows: Sequence[LadderStep], at: datetime) -> list[Due]:
    tickets = {row.ticket_id for row in rows}
    kept, people = kept_of(tickets, at=at), people_of(tickets, at=at)
    steps = {row.pk: step_from(row.step) for row in rows}
    told = {row.pk: people[row.ticket_id].told(steps[row.pk].notify) for row in rows}
    shifts = shifts_of({agent for row in rows if steps[row.pk].minutes for agent in told[row.pk]})
    found = []
    for row in rows:
        clocks = kept[row.ticket_id].state.clocks
        clock = next((clock for clock in clocks if clock.key == row.clock), None)
        decision = decide(
            steps[row.pk],
            clock=clock,
            fell_due_at=row.fell_due_at,
            hours=[shifts[agent] for agent in told[row.pk] if agent in shifts],
            limits=running_limits(clocks),
            at=at,
        )
        one = Due(
            row=row,
            step=steps[row.pk],
            told=told[row.pk],
            people=people[row.ticket_id],
            limits=tuple(running_limits(clocks)),
            lost=steps[row.pk].when is Moment.BREACHED and clock is not None and clock.kind in HARD,
            decision=decision,
        )
        found.append(one)
    return found


def _event(due: Due, at: datetime, *, called: bool) -> NewEvent:
    event = LadderStepTaken(
        clock=Key(due.row.clock),
        moment=Key(due.step.when.value),
        number=due.row.number,
        minutes=due.step.minutes,
        told=due.told,
        on_call=called and Rung.ON_CALL in due.step.notify,
        policy_version=due.row.policy_version_id,
    )
    return NewEvent(ticket=due.row.ticket_id, event=event, by=SYSTEM, occurred_at=at, source_key=due.row.key)


def _settle(due: Iterable[Due], at: datetime) -> None:
    for one in due:
        match one.decision:
            case Take():
                one.row.settled_at, one.row.outcome = at, StepOutcome.TAKEN
            case Drop(outcome=outcome):
                one.row.settled_at, one.row.outcome = at, outcome
            case Wait(until=until):
                one.row.due_at = until
    LadderStep.objects.bulk_update([one.row for one in due], ["settled_at", "outcome", "due_at"])


def _news(taken: Iterable[Due]) -> list[News]:
    """One notice for each recipient and ticket, of the last step: who comes back is not told every rung at once.

    A missed limit of the platform's is worse news than whatever of ours was missed after it.
    """
    last: dict[tuple[int, int | None], News] = {}
    called: set[tuple[int, int | None]] = set()
    for due in sorted(taken, key=lambda due: due.lost):
        on_call = (*due.people.on_call, None) if Rung.ON_CALL in due.step.notify else ()
        called |= {(due.row.ticket_id, agent) for agent in on_call}
        for recipient in dict.fromkeys((*due.told, *on_call)):
            last[due.row.ticket_id, recipient] = News(
                ticket=due.row.ticket_id,
                key=due.row.key,
                kind=ESCALATED if due.step.minutes else due.step.when.value,
                recipient=recipient,
                fell_due_at=due.row.fell_due_at,
                clock=due.row.clock,
                limits=due.limits,
                at_once=(due.row.ticket_id, recipient) in called,
            )
    return list(last.values())


def _act(due: Due, at: datetime) -> None:
    """Reassign, raise, move: where the answer is still owed, and never below what somebody has set."""
    assert isinstance(due.decision, Take)
    if not due.decision.act:
        return
    ticket_id, step = due.row.ticket_id, due.step
    now = ledger.tickets_of([ticket_id])[ticket_id]
    if step.tier is not None and step.tier < now.state.risk_tier:
        set_risk(ticket_id, tier=step.tier, reason=Key("escalated"), by=SYSTEM, at=at)
    if step.team is not None and Team.objects.filter(pk=step.team).exists():
        move(ticket_id, team_id=step.team, by=SYSTEM, at=at)
    if step.reassign is not None:
        now = ledger.tickets_of([ticket_id])[ticket_id]
        _give(ticket_id, successor(step.reassign, now, due.people, at=at), limits=due.limits, at=at)


def _give(ticket_id: int, agent: int | None, *, limits: tuple[datetime, ...], at: datetime) -> None:
    """Assign, where there is somebody: an escalation never leaves a ticket without anybody."""
    if agent is None:
        return
    try:
        before = assign(ticket_id, assignee_id=agent, by=SYSTEM, at=at)
    except (TicketSettled, CannotSee, Agent.DoesNotExist):
        return
    if before.assignee_id != agent:
        tell(_assigned_to(before, agent, limits, at), at=at)


def _assigned_to(before: Ticket, agent: int, limits: tuple[datetime, ...], at: datetime) -> list[News]:
    key = f"assigned:{before.last_sequence + 1}"
    return [News(ticket=before.pk, key=key, kind="assigned", recipient=agent, fell_due_at=at, limits=limits)]


# Tickets are what is locked, as everywhere else, so that sweeps and agents' actions never wait in a circle.
_LOCK = """
    WITH due AS (
        SELECT DISTINCT ticket_id FROM (
            SELECT ticket_id FROM sla_ladderstep WHERE settled_at IS NULL AND due_at <= %(at)s
            ORDER BY due_at LIMIT %(most)s
        ) AS steps
    )
    SELECT ticket.id FROM tickets_ticket ticket WHERE ticket.id IN (SELECT ticket_id FROM due)
    ORDER BY ticket.id FOR UPDATE SKIP LOCKED
"""
