"""When somebody is put on call or taken off, claims that wait follow: their due, their act-by and the words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.shops import a_store, an_agent
from tests.sla.edits import work_off
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Agent
from tresen.routing import verifying as places
from tresen.routing.following import follow_coverage
from tresen.routing.models import QueuePlace
from tresen.sla import verifying as clocks
from tresen.sla.editing import add_policy
from tresen.sla.explaining import explained
from tresen.sla.models import Clock, EditReason, Recalculation
from tresen.sla.on_call_edits import list_changed, list_noticed
from tresen.sla.watching import Watch, sweep
from tresen.staffing.covering import cover_team
from tresen.staffing.models import OnCall
from tresen.staffing.on_call import put_on_call, take_off_call
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable
from tresen.stores.models import Store
from tresen.tickets.models import Ticket, TicketEvent

pytestmark = pytest.mark.django_db(transaction=True)

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BEFORE = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 17, 2, 0, tzinfo=UTC)
"""Tuesday, six hours before the team comes."""
MORNING = NIGHT + 6 * HOUR
THREAT = "Ich stelle jetzt einen A-bis-z-Antrag!"
QUESTION = "Wann kommt die Lampe?"


@pytest.fixture
def store() -> Store:
    """Its team works Monday to Friday, 8 to 16, and promises an answer within 15 covered minutes."""
    made = a_store()
    plan = TimetablePlan(zone="UTC", week={day: [("08:00", "16:00")] for day in range(5)})
    day = create_timetable(name="Day", plan=plan, by=SYSTEM, at=BEFORE).timetable_id
    cover_team(made.default_team_id, timetable_id=day, by=SYSTEM, at=BEFORE)
    targets = {"first_reply": {"minutes": 15, "hours": "coverage"}, "resolution": {"minutes": 120, "hours": "coverage"}}
    add_policy(name="Fast", conditions={}, targets=targets, by=SYSTEM, at=BEFORE)
    return made


@pytest.fixture
def agent(store: Store) -> int:
    return an_agent(store.default_team).pk


def on_call(agent: int, starts: datetime, ends: datetime, at: datetime = BEFORE) -> OnCall:
    entry = put_on_call(agent, starts=starts, ends=ends, by=SYSTEM, at=at)
    list_changed(by=SYSTEM, at=at)
    return entry


def off_call(entry: OnCall, at: datetime) -> None:
    take_off_call(entry.pk)
    list_changed(by=SYSTEM, at=at)


def followed(at: datetime) -> None:
    """All that sweeps do about the list is done, and the rows are what a refold of the ledger says."""
    work_off(at)
    while follow_coverage(at):
        pass
    tickets = list(Ticket.objects.values_list("pk", flat=True))
    assert clocks.differences(tickets, at=at) == places.differences(tickets, at=at) == []


def own() -> Clock:
    return Clock.objects.get(kind="own")


def stands() -> tuple[datetime | None, bool]:
    place = QueuePlace.objects.get()
    return place.act_by, place.unstaffed


def said(at: datetime) -> dict[str, str]:
    found = explained(own().ticket_id, at=at, moment=lambda at: f"{at:%a %H:%M}", day=date.isoformat, received_by="us")
    return {step.key: step.sentence for clock in found if clock.kind == "own" for step in clock.steps}


def applications() -> int:
    return TicketEvent.objects.filter(kind="policy_applied").count()


def test_a_claim_at_night_is_staffed_by_who_is_on_call_until_it_is_due(store: Store, agent: int) -> None:
    on_call(agent, NIGHT - HOUR, NIGHT + 4 * HOUR)
    followed(BEFORE)
    filed(store, a_message(at=NIGHT, text=THREAT))
    assert own().due == NIGHT + 15 * MINUTE
    assert stands() == (NIGHT + 15 * MINUTE, False)
    assert said(NIGHT)["on_call"] == "Somebody is on call when it is due."
    followed(NIGHT)


def test_a_claim_at_night_acts_by_the_last_minute_on_call_before_a_later_due(store: Store, agent: int) -> None:
    on_call(agent, NIGHT, NIGHT + 10 * MINUTE)
    followed(BEFORE)
    filed(store, a_message(at=NIGHT, text=THREAT))
    platform = Clock.objects.filter(kind="platform").order_by("due")[0]
    assert own().due == MORNING + 5 * MINUTE
    assert platform.due is not None
    assert platform.due > MORNING
    assert stands() == (MORNING + 5 * MINUTE, False)
    cover_team(store.default_team_id, timetable_id=_never(), by=SYSTEM, at=NIGHT)
    followed(NIGHT + MINUTE)
    assert stands() == (NIGHT + 10 * MINUTE, False)
    assert said(NIGHT)["on_call_until"] == "Somebody is on call until Tue 02:10."


def _never() -> int:
    plan = TimetablePlan(zone="UTC", week={6: [("12:00", "12:01")]})
    return create_timetable(name="Almost never", plan=plan, by=SYSTEM, at=BEFORE).timetable_id


def test_without_anybody_on_call_a_claim_that_runs_out_at_night_is_unstaffed(store: Store) -> None:
    everywhere = {"first_reply": {"minutes": 15, "hours": "always"}}
    add_policy(name="At once", conditions={}, targets=everywhere, position=1, by=SYSTEM, at=BEFORE)
    filed(store, a_message(at=NIGHT, text=THREAT))
    assert stands() == (NIGHT, True)
    assert "unstaffed" in said(NIGHT)


def test_an_ordinary_question_at_night_is_left_to_the_team(store: Store, agent: int) -> None:
    filed(store, a_message(at=NIGHT, text=QUESTION))
    before = (own().due, stands(), said(NIGHT), applications())
    on_call(agent, NIGHT - HOUR, NIGHT + 4 * HOUR, at=NIGHT)
    followed(NIGHT + MINUTE)
    assert (own().due, stands(), said(NIGHT), applications()) == before


def test_who_is_put_on_call_is_followed_by_the_claims_that_wait(store: Store, agent: int) -> None:
    filed(store, a_message(at=NIGHT, text=THREAT))
    assert own().due == MORNING + 15 * MINUTE
    on_call(agent, NIGHT - HOUR, NIGHT + 4 * HOUR, at=NIGHT + HOUR)
    followed(NIGHT + HOUR)
    assert own().due == NIGHT + HOUR + 15 * MINUTE  # the hour before is not counted after all
    assert stands() == (own().due, False)


def test_what_counts_in_the_hours_of_a_store_without_any_follows_too(store: Store, agent: int) -> None:
    targets = {"first_reply": {"minutes": 30, "hours": "store"}}
    add_policy(name="By store", conditions={}, targets=targets, position=1, by=SYSTEM, at=BEFORE)
    filed(store, a_message(at=NIGHT, text=THREAT))
    assert own().due == MORNING + 30 * MINUTE
    on_call(agent, NIGHT, NIGHT + 4 * HOUR, at=NIGHT + MINUTE)
    followed(NIGHT + 2 * MINUTE)
    assert own().due == NIGHT + 31 * MINUTE


def test_an_entry_about_the_past_alone_moves_nothing(store: Store, agent: int) -> None:
    filed(store, a_message(at=NIGHT, text=THREAT))
    before = (own().due, stands(), applications())
    on_call(agent, NIGHT - HOUR, NIGHT + HOUR, at=NIGHT + 2 * HOUR)
    followed(NIGHT + 2 * HOUR)
    assert (own().due, applications()) == (before[0], before[2])


def test_who_is_taken_off_call_is_followed_and_no_breach_predates_the_change(store: Store, agent: int) -> None:
    entry = on_call(agent, NIGHT - HOUR, NIGHT + 4 * HOUR)
    followed(BEFORE)
    filed(store, a_message(at=NIGHT, text=THREAT))
    changed = NIGHT + 10 * MINUTE
    off_call(entry, changed)
    followed(changed + MINUTE)
    assert own().due == MORNING + 5 * MINUTE  # ten minutes were used by then
    assert stands() == (MORNING + 5 * MINUTE, False)
    assert own().outcome == "running"
    breached = Clock.objects.exclude(breached_at=None).values_list("breached_at", flat=True)
    assert all(at > changed for at in breached)


def test_an_entry_that_is_moved_takes_the_due_along(store: Store, agent: int) -> None:
    entry = on_call(agent, NIGHT + HOUR, NIGHT + 2 * HOUR)
    followed(BEFORE)
    filed(store, a_message(at=NIGHT, text=THREAT))
    assert own().due == NIGHT + HOUR + 15 * MINUTE
    off_call(entry, NIGHT + MINUTE)
    on_call(agent, NIGHT + 3 * HOUR, NIGHT + 4 * HOUR, at=NIGHT + MINUTE)
    followed(NIGHT + 2 * MINUTE)
    assert own().due == NIGHT + 3 * HOUR + 15 * MINUTE
    assert stands() == (own().due, False)


def test_a_breach_by_the_old_list_stays(store: Store, agent: int) -> None:
    entry = on_call(agent, NIGHT - HOUR, NIGHT + 4 * HOUR)
    followed(BEFORE)
    filed(store, a_message(at=NIGHT, text=THREAT))
    sweep(Watch(), NIGHT + HOUR)
    off_call(entry, NIGHT + HOUR)
    followed(NIGHT + HOUR + MINUTE)
    assert (own().outcome, own().breached_at) == ("breached", NIGHT + 15 * MINUTE)


def test_a_worker_that_comes_late_counts_from_the_edit(store: Store, agent: int) -> None:
    entry = on_call(agent, NIGHT - HOUR, NIGHT + 4 * HOUR)
    followed(BEFORE)
    filed(store, a_message(at=NIGHT, text=THREAT))
    off_call(entry, NIGHT + 10 * MINUTE)
    sweep(Watch(), NIGHT + HOUR)  # the old due passed before anybody counted anew
    followed(NIGHT + HOUR)
    assert (own().outcome, own().due) == ("running", MORNING + 5 * MINUTE)


def test_an_edit_of_another_week_writes_nothing_into_tickets(store: Store, agent: int) -> None:
    on_call(agent, NIGHT - HOUR, NIGHT + 4 * HOUR)
    followed(BEFORE)
    filed(store, a_message(at=NIGHT, text=THREAT))
    before = (own().due, stands(), applications())
    on_call(agent, NIGHT + timedelta(days=5), NIGHT + timedelta(days=6), at=NIGHT + MINUTE)
    followed(NIGHT + 2 * MINUTE)
    assert (own().due, stands(), applications()) == before


def test_a_change_that_nobody_told_of_is_noticed_once(store: Store, agent: int) -> None:
    on_call(agent, NIGHT - HOUR, NIGHT + 4 * HOUR)
    followed(BEFORE)
    assert Recalculation.objects.filter(reason=EditReason.ON_CALL).count() == 1
    filed(store, a_message(at=NIGHT, text=THREAT))
    Agent.objects.filter(pk=agent).update(is_active=False)
    tickets = [own().ticket_id]
    assert clocks.differences(tickets, at=NIGHT) == []  # not followed yet, and known to be so
    assert places.differences(tickets, at=NIGHT) == []
    while follow_coverage(NIGHT + MINUTE):
        pass
    followed(NIGHT + MINUTE)
    assert own().due == MORNING + 14 * MINUTE
    assert stands() == (own().due, False)
    list_noticed(at=NIGHT + HOUR)
    assert Recalculation.objects.filter(reason=EditReason.ON_CALL).count() == 2


def test_worked_off_twice_it_is_as_once(store: Store, agent: int) -> None:
    entry = on_call(agent, NIGHT - HOUR, NIGHT + 4 * HOUR)
    followed(BEFORE)
    filed(store, a_message(at=NIGHT, text=THREAT))
    off_call(entry, NIGHT + MINUTE)
    followed(NIGHT + 2 * MINUTE)
    once = (own().due, stands(), applications())
    list_changed(by=SYSTEM, at=NIGHT + 3 * MINUTE)
    followed(NIGHT + 4 * MINUTE)
    assert (own().due, stands(), applications()) == once
