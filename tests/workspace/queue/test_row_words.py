"""What a row says of its time."""

from datetime import timedelta

import pytest
from django.utils import translation
from msgspec.structs import replace

from tests.factories.shops import MONDAY
from tresen.accounts.scope import EVERYTHING
from tresen.routing.queues import first_page
from tresen.routing.views import View, ViewKind
from tresen.workspace.queue.row_words import row_shown

HOUR = timedelta(hours=1)


@pytest.fixture
def row(ticket):
    (found,) = first_page(View(ViewKind.ALL), scope=EVERYTHING, agent_id=0).rows
    assert found.ticket == ticket.pk
    return replace(found, own_due=None, platform_due=None, act_by=None, queue_tier=9)


def shown(row, at=MONDAY, view="all"):
    with translation.override("en"):
        return row_shown(row, view=view, at=at)


def test_an_own_target_that_passed_is_late_and_no_lost_limit(row) -> None:
    timing = shown(replace(row, own_due=MONDAY - 9 * HOUR)).timing
    assert (timing.prefix, timing.face.state, timing.face.left) == ("was due", "breached", "9 h 00 min late")


def test_a_platforms_limit_that_passed_is_lost(row) -> None:
    timing = shown(replace(row, platform_due=MONDAY - HOUR, own_due=MONDAY - 9 * HOUR)).timing
    assert (timing.face.state, timing.face.due) == ("lost", MONDAY - HOUR)


def test_what_is_still_to_come_never_was_due(row) -> None:
    assert shown(replace(row, platform_due=MONDAY + HOUR, own_due=None)).timing is None


def test_what_is_snoozed_is_said_to_be_snoozed(row) -> None:
    resting = replace(row, queue_tier=2, act_by=MONDAY + 2 * HOUR, own_due=MONDAY + 2 * HOUR)
    timing = shown(replace(resting, snoozed_until=MONDAY + HOUR)).timing
    assert (timing.prefix, timing.face.state) == ("until", "snoozed")


def test_what_was_missed_says_so_also_while_it_is_snoozed(row) -> None:
    timing = shown(replace(row, snoozed_until=MONDAY + HOUR, own_due=MONDAY - HOUR)).timing
    assert (timing.prefix, timing.face.state) == ("was due", "breached")


def test_a_row_says_what_it_is_about_without_the_channels_own_words(row) -> None:
    order = "301-1000001-2000001"
    amazon = replace(row, channel="amazon", subject=f"Lieferung (Bestellung: {order})", order_number=order)
    ebay = replace(row, channel="ebay", subject="holz-7 hat eine Nachricht zu Hocker #220000000002 gesendet")
    assert shown(amazon).subject == "Lieferung"
    assert shown(replace(amazon, order_number="")).subject == f"Lieferung (Bestellung: {order})"
    assert shown(ebay).subject == "Hocker"
    assert shown(replace(ebay, channel="taken out since")).subject == ebay.subject


def test_what_is_in_danger_shows_first_the_limit_that_it_goes_by(row) -> None:
    limit = MONDAY + 2 * HOUR
    danger = replace(row, in_danger=True, queue_tier=1, sort_at=limit, platform_due=limit, act_by=MONDAY + HOUR)
    found = shown(danger)
    assert (found.timing.prefix, found.timing.face.due, found.timing.face.state) == ("Amazon", limit, "soon")
    assert (found.platform.prefix, found.platform.face.due) == ("act by", MONDAY + HOUR)
    case = shown(replace(danger, platform_due=limit + HOUR))
    assert (case.timing.prefix, case.timing.face.due) == ("deadline", limit)


def test_what_is_missed_already_is_said_while_the_next_limit_can_still_be_kept(row) -> None:
    running = replace(row, queue_tier=2, act_by=MONDAY + HOUR, platform_due=MONDAY + HOUR)
    assert words(replace(running, own_missed=True)) == ["target missed"]
    assert words(replace(running, own_missed=True, platform_missed=True)) == ["limit missed"]
    assert words(replace(row, own_missed=True, own_due=MONDAY - HOUR)) == [], "its time says so"


def words(row) -> list[str]:
    return [fact.words for fact in shown(row).facts]


def test_an_open_case_says_which_and_until_when(row) -> None:
    told = replace(row, task="case", case_kind="return_request", case_due=MONDAY + 26 * HOUR)
    (fact,) = (fact for fact in shown(told).facts if fact.icon == "gavel")
    assert (fact.words, fact.tone, fact.why) == ("Return request until tomorrow 11:00", "accent", "answer the case")

    (late,) = (fact for fact in shown(told, at=MONDAY + 27 * HOUR).facts if fact.icon == "gavel")
    assert (late.words, late.tone) == ("Return request, was due 11:00", "late")

    (waits,) = (fact for fact in shown(replace(told, task="", case_due=None)).facts if fact.icon == "gavel")
    assert (waits.words, waits.tone) == ("Return request: the platform decides", "")


def test_in_the_list_of_cases_a_rows_time_is_that_of_its_case(row) -> None:
    told = replace(row, act_by=MONDAY + HOUR, case_kind="return_request", case_due=MONDAY + 26 * HOUR)
    with translation.override("en"):
        timing = row_shown(told, view="cases", at=MONDAY).timing
    assert (timing.prefix, timing.face.due) == ("deadline", MONDAY + 26 * HOUR)


def test_a_list_of_what_is_due_shows_the_time_that_it_is_in_order_of(row) -> None:
    limit, target = MONDAY + 9 * HOUR, MONDAY + 2 * HOUR
    danger = replace(
        row, in_danger=True, queue_tier=1, platform_due=limit, own_due=target, act_by=target, sort_at=target
    )
    for view, prefix, when in (("due:own:-1", "our target", target), ("due:duty:-1", "deadline", target)):
        told = shown(danger, view=view)
        assert (told.timing.prefix, told.timing.face.due, told.platform.face.due) == (prefix, when, limit)
    told = shown(replace(danger, sort_at=limit), view="due:platform:-1:ebay")
    assert (told.timing.prefix, told.timing.face.due) == ("Amazon", limit)
    assert told.platform.face.due == target


def test_that_it_is_in_danger_is_said_where_no_part_of_the_queue_is_called_so(row) -> None:
    danger = replace(row, in_danger=True, queue_tier=1)
    words = {view: [fact.words for fact in shown(danger, view=view).facts] for view in ("all", "due:own:-1")}
    assert "in danger" in words["due:own:-1"]
    assert "in danger" not in words["all"]


def test_what_is_solved_shows_its_time_while_it_must_still_be_marked(row) -> None:
    solved = replace(row, status="solved", solved_at=MONDAY - HOUR, platform_due=MONDAY + HOUR, queue_tier=2)
    assert shown(solved).timing is None
    told = shown(replace(solved, task="mark_at_platform", act_by=MONDAY + HOUR))
    assert told.timing.face.due == MONDAY + HOUR
