"""Targets in the store's hours: one policy for shops with different holidays."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.replies import a_ticket
from tests.factories.shops import a_store, a_team, an_agent
from tests.sla.edits import BEFORE, due, edit_targets, policy, promise, work_off, worked_off
from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Team
from tresen.sla.explaining import explained
from tresen.sla.models import Clock, EditReason, Mode
from tresen.sla.previewing import preview
from tresen.sla.recalculations import Edit, begin, history_of_hours
from tresen.staffing.covering import cover_team
from tresen.staffing.on_call import put_on_call
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import change_timetable, create_timetable
from tresen.stores.hours import give_hours
from tresen.stores.models import Store
from tresen.tickets.models import Ticket, TicketEvent

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
EVE = datetime(2026, 12, 7, 14, 0, tzinfo=UTC)
"""Monday at three; Tuesday, the 8th of December, is a holiday in Austria and none in Bavaria."""
EDITED = EVE + HOUR / 2
BAVARIAN = datetime(2026, 12, 8, 10, 0, tzinfo=UTC)
AUSTRIAN = BAVARIAN + timedelta(days=1)
NONE_OF_ITS_OWN = "The store has no hours of its own, so it counts while the team works: in the hours of “Late shift”"
OF_TEAM = datetime(2026, 12, 7, 18, 0, tzinfo=UTC)


def hours(name: str, zone: str, *, country: str = "", region: str = "", opens: str = "09:00") -> int:
    return create_timetable(name=name, plan=plan(zone, country, region, opens), by=SYSTEM, at=BEFORE).timetable_id


def plan(zone: str, country: str, region: str, opens: str = "09:00") -> TimetablePlan:
    week = {day: [(opens, "17:00")] for day in range(5)}
    return TimetablePlan(zone=zone, week=week, country=country, region=region)


@pytest.fixture
def austria() -> int:
    return hours("Österreich", "Europe/Vienna", country="AT")


@pytest.fixture
def bavaria() -> int:
    return hours("Bayern", "Europe/Berlin", country="DE", region="BY")


@pytest.fixture
def team() -> Team:
    around = create_timetable(
        name="Late shift",
        plan=TimetablePlan(zone="UTC", week={day: [("08:00", "20:00")] for day in range(7)}),
        by=SYSTEM,
        at=BEFORE,
    )
    team = a_team()
    cover_team(team.pk, timetable_id=around.timetable_id, by=SYSTEM, at=BEFORE)
    return team


@pytest.fixture(autouse=True)
def own_shops() -> int:
    return policy("Own shops", 4, "store")


def shop(team: Team, timetable: int | None = None) -> Store:
    store = a_store("console", "", team=team)
    give_hours(store.pk, timetable_id=timetable, by=SYSTEM, at=BEFORE)
    return store


def lines_of(ticket: Ticket) -> list[str]:
    said = explained(ticket.pk, at=EVE, moment=str, day=date.isoformat, received_by="us")
    return [line for clock in said if clock.kind == "own" for line in clock.lines]


def given(store: Store, timetable: int | None, mode: Mode) -> None:
    give_hours(store.pk, timetable_id=timetable, by=SYSTEM, at=EDITED)
    edit = Edit(reason=EditReason.STORE_HOURS, stores=(store.pk,))
    worked_off(begin(edit, mode=mode, by=SYSTEM, at=EDITED), EDITED + HOUR / 60)


def test_one_policy_serves_shops_with_different_holidays(team: Team, austria: int, bavaria: int) -> None:
    wien, muenchen = (a_ticket(shop(team, timetable), at=EVE) for timetable in (austria, bavaria))
    assert (due(wien), due(muenchen)) == (AUSTRIAN, BAVARIAN)


def test_a_shop_without_hours_of_its_own_has_its_teams(team: Team) -> None:
    assert due(a_ticket(shop(team), at=EVE)) == OF_TEAM


def test_without_hours_of_its_own_tier_0_counts_while_somebody_is_on_call_too(team: Team) -> None:
    night = EVE.replace(hour=22)
    put_on_call(an_agent().pk, starts=night, ends=night + 6 * HOUR, by=SYSTEM, at=BEFORE)
    threat = a_message(at=night, text="Ich stelle jetzt einen A-bis-z-Antrag!")
    filed(shop(team), threat)
    assert Clock.objects.get(kind="own").due == night + 4 * HOUR


def test_the_hours_are_frozen_in_the_event_and_said_in_words(team: Team, austria: int) -> None:
    store = shop(team, austria)
    ticket = a_ticket(store, at=EVE)
    change_timetable(austria, plan=plan("Europe/Vienna", "", ""), by=SYSTEM, at=EDITED)
    give_hours(store.pk, timetable_id=None, by=SYSTEM, at=EDITED)
    filed(store, a_message(at=EDITED, text="Hallo?"))
    assert due(ticket) == AUSTRIAN
    facts = TicketEvent.objects.filter(kind="policy_applied").order_by("sequence").values_list("facts", flat=True)
    assert facts[0]["first_reply_hours"].endswith("+store")
    assert "Target first reply: 4 working hours." in lines_of(ticket)
    assert "Counts in the store’s hours: “Österreich”, version 1." in lines_of(ticket)
    assert f"{NONE_OF_ITS_OWN}, version 1." in lines_of(a_ticket(shop(team), at=EVE))


@pytest.mark.parametrize(("mode", "expected"), [(Mode.FROM_START, AUSTRIAN), (Mode.FROM_NOW, AUSTRIAN + HOUR / 2)])
def test_other_hours_move_open_clocks_as_was_chosen(
    team: Team, austria: int, bavaria: int, mode: Mode, expected: datetime
) -> None:
    moved, other = shop(team, bavaria), shop(team, bavaria)
    ticket, neighbour = a_ticket(moved, at=EVE), a_ticket(other, at=EVE)
    given(moved, austria, mode)
    assert (due(ticket), due(neighbour)) == (expected, BAVARIAN)
    told = [one.mode for one in history_of_hours(moved.pk)]
    assert (told, history_of_hours(other.pk)) == ([mode], [])


def test_kept_clocks_go_on_and_the_next_ones_count_by_the_new_hours(team: Team, austria: int, bavaria: int) -> None:
    store = shop(team, bavaria)
    before = a_ticket(store, at=EVE)
    give_hours(store.pk, timetable_id=austria, by=SYSTEM, at=EDITED)
    begin(Edit(reason=EditReason.STORE_HOURS, stores=(store.pk,)), mode=Mode.KEEP, by=SYSTEM, at=EDITED)
    assert work_off(EDITED + HOUR / 60) == 0
    after = a_ticket(store, at=EDITED + HOUR / 60, sender="next@nordlicht.example")
    assert (due(before), due(after)) == (BAVARIAN, AUSTRIAN + HOUR / 2 + HOUR / 60)


def test_taking_a_shops_own_hours_away_gives_it_its_teams(team: Team, austria: int) -> None:
    store = shop(team, austria)
    ticket = a_ticket(store, at=EVE)
    given(store, None, Mode.FROM_START)
    assert due(ticket) == OF_TEAM
    assert any(NONE_OF_ITS_OWN in line for line in lines_of(ticket))


def test_a_shop_that_gets_hours_of_its_own_leaves_its_teams(team: Team, bavaria: int) -> None:
    store = shop(team)
    ticket = a_ticket(store, at=EVE)
    given(store, bavaria, Mode.FROM_START)
    assert due(ticket) == BAVARIAN


def test_only_targets_in_the_stores_hours_are_concerned(team: Team, austria: int, own_shops: int) -> None:
    store = shop(team)
    edit_targets(own_shops, promise(4, "coverage"), Mode.KEEP, at=BEFORE)
    ticket = a_ticket(store, at=EVE)
    given(store, austria, Mode.FROM_START)
    assert due(ticket) == OF_TEAM


def test_an_edited_timetable_moves_the_shops_that_have_it(team: Team, austria: int) -> None:
    ticket, other = a_ticket(shop(team, austria), at=EVE), a_ticket(shop(team), at=EVE)
    new = change_timetable(austria, plan=plan("Europe/Vienna", "", ""), by=SYSTEM, at=EDITED)
    edit = Edit(reason=EditReason.TIMETABLE, timetable=new.pk)
    worked_off(begin(edit, mode=Mode.FROM_START, by=SYSTEM, at=EDITED), EDITED + HOUR / 60)
    assert (due(ticket), due(other)) == (BAVARIAN, OF_TEAM)
    assert "Counts in the store’s hours: “Österreich”, version 2." in lines_of(ticket)


def test_a_team_that_works_by_other_hours_moves_the_shops_without_their_own(team: Team, austria: int) -> None:
    own, without = a_ticket(shop(team, austria), at=EVE), a_ticket(shop(team), at=EVE)
    early = hours("Early", "UTC", opens="08:00")
    cover_team(team.pk, timetable_id=early, by=SYSTEM, at=EDITED)
    edit = Edit(reason=EditReason.COVERAGE, teams=(team.pk,))
    worked_off(begin(edit, mode=Mode.FROM_START, by=SYSTEM, at=EDITED), EDITED + HOUR / 60)
    assert (due(own), due(without)) == (AUSTRIAN, datetime(2026, 12, 8, 9, 0, tzinfo=UTC))


def test_a_policy_that_comes_to_count_in_the_stores_hours(team: Team, austria: int, own_shops: int) -> None:
    edit_targets(own_shops, promise(4, "always"), Mode.KEEP, at=BEFORE)
    own, without = a_ticket(shop(team, austria), at=EVE), a_ticket(shop(team), at=EVE)
    assert (due(own), due(without)) == (OF_TEAM, OF_TEAM)
    edit_targets(own_shops, promise(4, "store"), Mode.FROM_START, at=EDITED)
    work_off(EDITED + HOUR / 60)
    assert (due(own), due(without)) == (AUSTRIAN, OF_TEAM)


def test_what_other_hours_would_move_is_seen_before(team: Team, austria: int, bavaria: int) -> None:
    store = shop(team, bavaria)
    ticket = a_ticket(store, at=EVE)

    def change() -> Edit:
        give_hours(store.pk, timetable_id=austria, by=SYSTEM, at=EDITED)
        return Edit(reason=EditReason.STORE_HOURS, stores=(store.pk,))

    found = preview(change, at=EDITED)
    assert (found.open_tickets, found.moved[Mode.FROM_START].later) == (1, 1)
    assert [one.after for one in found.examples[Mode.FROM_START]] == [AUSTRIAN]
    assert due(ticket) == BAVARIAN
    assert Store.objects.get(pk=store.pk).timetable_id == bavaria
