from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.messages import a_message, filed
from tests.factories.replies import answered, came_back_five_days_late
from tests.factories.shops import MONDAY
from tresen.accounts.actors import SYSTEM
from tresen.channels.cases import CaseKind
from tresen.duties.cases import file_case
from tresen.routing.models import QueuePlace
from tresen.sla.defaults import create_defaults
from tresen.staffing.covering import cover_team
from tresen.staffing.plans import TimetablePlan
from tresen.staffing.timetables import create_timetable
from tresen.tickets.models import Status, Ticket, WaitingOn
from tresen.tickets.snoozing import snooze
from tresen.workspace.dates import day_and_time

HOUR = timedelta(hours=1)


def post(screen, route, ticket, **given):
    response = screen.post(reverse(route, args=[ticket.pk]), given, follow=True)
    ticket.refresh_from_db()
    return response.text


def test_solving_while_an_answer_is_owed_asks_for_a_reason(screen, ticket):
    text = post(screen, "solution", ticket)

    assert ticket.status == Status.OPEN
    assert "An answer is still owed" in text


def test_solving_with_a_reason_can_be_undone(screen, ticket):
    text = post(screen, "solution", ticket, reason="thanks")

    assert ticket.status == Status.SOLVED
    assert reverse("reopening", args=[ticket.pk]) in text

    post(screen, "reopening", ticket)

    assert ticket.status == Status.OPEN


def test_a_ticket_is_snoozed_and_woken(screen, ticket):
    until = timezone.now() + timedelta(days=1)

    text = post(screen, "snooze", ticket, until=until.isoformat())
    assert (ticket.status, ticket.snoozed_until) == (Status.SNOOZED, until)
    assert reverse("waking", args=[ticket.pk]) in text

    post(screen, "waking", ticket)
    assert ticket.status == Status.OPEN


def test_an_own_time_is_read_in_the_agents_zone(screen, ticket):
    post(screen, "snooze", ticket, until="2099-07-01T09:00")

    assert ticket.snoozed_until.isoformat() == "2099-07-01T07:00:00+00:00"


@pytest.mark.parametrize("until", ["", "yesterday", "2001-01-01T09:00"])
def test_a_time_that_cannot_be_is_refused_in_words(screen, ticket, until):
    text = post(screen, "snooze", ticket, until=until)

    assert ticket.status == Status.OPEN
    assert 'data-tone="late"' in text


def test_a_ticket_waits_and_comes_back(screen, ticket):
    post(screen, "waiting", ticket, on="third_party")
    assert (ticket.status, ticket.waiting_on) == (Status.WAITING, WaitingOn.THIRD_PARTY)

    post(screen, "waiting-end", ticket)
    assert ticket.status == Status.OPEN


def test_no_response_needed_leaves_amazons_mark_as_a_task(screen, ticket):
    message = ticket.messages.get()

    text = post(screen, "waiver", ticket, conversation=message.conversation_id, up_to=message.pk, reason="thanks")

    assert QueuePlace.objects.get().task == "mark_at_platform"
    assert "Mark this on Amazon too" in text

    post(screen, "mark", ticket, messages=[message.pk])

    assert not QueuePlace.objects.exists()


def test_a_conversation_of_another_ticket_is_refused_in_words(screen, ticket):
    text = post(screen, "waiver", ticket, conversation=999_999, up_to=1, reason="thanks")

    assert "belongs to another ticket" in text


def test_what_is_still_to_come_cannot_be_waived(screen, ticket):
    message = ticket.messages.get()

    post(screen, "waiver", ticket, conversation=message.conversation_id, up_to=10**12, reason="thanks")

    assert QueuePlace.objects.get().task == ""
    assert not ticket.events.filter(kind="response_waived").exists()


def test_a_waiver_said_by_mistake_is_taken_back_with_one_key(screen, ticket):
    message = ticket.messages.get()
    text = post(screen, "waiver", ticket, conversation=message.conversation_id, up_to=message.pk, reason="thanks")
    said_at = ticket.events.get(kind="response_waived").occurred_at

    assert reverse("waiver-end", args=[ticket.pk]) in text

    post(screen, "waiver-end", ticket, said_at=said_at.isoformat())

    assert QueuePlace.objects.get().task == ""


def test_undoing_a_solution_brings_back_what_was_waived_with_it(screen, ticket):
    post(screen, "solution", ticket, reason="thanks", up_to=ticket.messages.get().pk)
    said_at = ticket.events.get(kind="response_waived").occurred_at

    post(screen, "reopening", ticket, said_at=said_at.isoformat())

    assert ticket.status == Status.OPEN
    assert QueuePlace.objects.get().task == ""


def test_solving_waives_nothing_that_came_in_meanwhile(screen, ticket, store):
    seen = ticket.messages.get().pk
    filed(store, a_message(text="Das Glas ist gebrochen!", at=MONDAY + timedelta(minutes=5)))

    text = post(screen, "solution", ticket, reason="thanks", up_to=seen)

    assert ticket.status == Status.OPEN
    assert "came in meanwhile" in text


def test_who_snoozes_beyond_a_promise_is_told_when_it_runs_out(screen, store):
    create_defaults(by=SYSTEM, at=MONDAY)
    ticket = _asked_now(store)
    place = QueuePlace.objects.get()

    text = post(screen, "snooze", ticket, until=(timezone.now() + timedelta(seconds=30)).isoformat())
    assert "Its clocks run on: " not in text

    text = post(screen, "snooze", ticket, until=(place.own_due + HOUR).isoformat())
    assert ticket.status == Status.SNOOZED
    assert f"our target runs out before that, {_when(place.own_due)}." in text


def test_whoever_snoozes_beyond_a_platforms_limit_is_asked_first(screen, store):
    create_defaults(by=SYSTEM, at=MONDAY)
    ticket = _asked_now(store)
    due = QueuePlace.objects.get().platform_due

    text = post(screen, "snooze", ticket, until=(due + HOUR).isoformat())
    assert ticket.status == Status.OPEN
    assert f"Not snoozed yet: Amazon’s limit runs out before that, {_when(due)}." in text
    assert "Snooze all the same" in text

    post(screen, "snooze", ticket, until=(due + HOUR).isoformat(), anyway="1")
    assert ticket.status == Status.SNOOZED


def test_whoever_snoozes_beyond_a_cases_deadline_is_asked_first(screen, store):
    ticket = _asked_now(store)
    due = timezone.now() + 5 * HOUR
    at = timezone.now()
    file_case(ticket.pk, kind=CaseKind.A_TO_Z, due=due, by=SYSTEM, at=at)

    text = post(screen, "snooze", ticket, until=(due + HOUR).isoformat())

    assert ticket.status == Status.OPEN
    assert f"Not snoozed yet: a deadline runs out before that, {_when(due)}." in text


def test_whoever_waits_beyond_a_platforms_limit_is_asked_first(screen, store):
    create_defaults(by=SYSTEM, at=MONDAY)
    ticket = _asked_now(store)
    due = QueuePlace.objects.get().platform_due

    text = post(screen, "waiting", ticket, on="third_party")
    assert ticket.status == Status.OPEN
    assert f"Not waiting yet: Amazon’s limit runs out before that, {_when(due)}." in text
    assert "Wait all the same" in text

    post(screen, "waiting", ticket, on="third_party", until="", anyway="1")
    assert (ticket.status, ticket.waiting_on) == (Status.WAITING, WaitingOn.THIRD_PARTY)


def test_what_is_snoozed_bears_a_mark_in_the_list_and_until_when(screen, ticket):
    until = timezone.now() + timedelta(days=3)
    post(screen, "snooze", ticket, until=until.isoformat())

    text = screen.get(reverse("queue-view", args=["all"])).text

    assert f"snoozed until {_when(until)}" in text


def _when(moment):
    with timezone.override("Europe/Berlin"):
        return day_and_time(moment, timezone.now())


def _asked_now(store):
    _cover_around_the_clock(store)
    return Ticket.objects.get(pk=filed(store, a_message(at=timezone.now()))[0].ticket.id)


def _cover_around_the_clock(store):
    """So that what is asked at night or on a Sunday can be answered before it is late, too."""
    plan = TimetablePlan(zone="UTC", week={day: [("00:00", "24:00")] for day in range(7)})
    timetable = create_timetable(name="Always", plan=plan, by=SYSTEM, at=MONDAY).timetable_id
    cover_team(store.default_team_id, timetable_id=timetable, by=SYSTEM, at=MONDAY)


def test_a_snooze_hides_no_time_that_comes_before_its_end(screen, ticket):
    until = timezone.now() + timedelta(days=400)
    post(screen, "snooze", ticket, until=until.isoformat())
    QueuePlace.objects.update(act_by=timezone.now() + timedelta(hours=1))

    text = screen.get(reverse("queue-view", args=["all"])).text

    assert "act by" in text


def test_an_answer_that_came_back_late_says_so_and_is_dismissed_with_a_way_back(screen, ticket):
    delivery = came_back_five_days_late(ticket, at=MONDAY + timedelta(hours=1))
    page = screen.get(reverse("ticket", args=[ticket.pk])).text

    assert "did not arrive: the buyer has not got it. No clock asks for it any more. 550 no such user" in page
    assert page.count(reverse("delivery-resending", args=[delivery.pk])) > 2
    assert "did not arrive" in screen.get(reverse("ticket-why", args=[ticket.pk])).text
    assert "answer did not arrive" in screen.get(reverse("queue-view", args=["all"])).text

    page = post(screen, "dismissal", ticket, messages=[delivery.message_id])

    assert "Jana Meier read that an answer came back: it need not be sent again" in page
    assert reverse("waiver-end", args=[ticket.pk]) in page
    assert not QueuePlace.objects.exists()

    said_at = ticket.events.get(kind="failure_dismissed").occurred_at
    assert said_at.isoformat() in screen.get(reverse("ticket", args=[ticket.pk])).text  # the toast is gone by now
    post(screen, "waiver-end", ticket, said_at=said_at.isoformat())

    assert QueuePlace.objects.get().task == "not_arrived"


def test_what_was_dealt_with_meanwhile_is_not_dismissed(screen, ticket):
    delivery = came_back_five_days_late(ticket, at=MONDAY + timedelta(hours=1))
    answered(ticket, at=MONDAY + timedelta(days=7))

    assert "out of date" in post(screen, "dismissal", ticket, messages=[delivery.message_id])


def test_two_answers_that_came_back_late_are_told_as_two(screen, ticket):
    for hour in (1, 2):
        came_back_five_days_late(ticket, at=MONDAY + timedelta(hours=hour))

    assert "2 answers did not arrive" in screen.get(reverse("ticket", args=[ticket.pk])).text


def test_nothing_is_said_to_be_covered_where_nothing_had_crossed(screen, ticket):
    text = post(screen, "caught-up", ticket, up_to=ticket.messages.get().pk)

    assert "No message crossed an answer here" in text
    assert "Your answer stands" not in text


def test_a_snoozed_ticket_says_until_when(screen, ticket):
    snooze(ticket.pk, until=timezone.now() + timedelta(days=400), by=SYSTEM, at=timezone.now())

    assert "snoozed until" in screen.get(reverse("ticket", args=[ticket.pk])).text


def test_who_waits_where_an_answer_is_owed_is_warned_before_and_after(screen, store):
    create_defaults(by=SYSTEM, at=MONDAY)
    ticket = Ticket.objects.get(pk=filed(store, a_message(at=timezone.now()))[0].ticket.id)
    assert "its clocks run on while you wait" in screen.get(reverse("ticket", args=[ticket.pk])).text

    assert "Its clocks run on: Amazon’s limit" in post(screen, "waiting", ticket, on="third_party", anyway="1")


def test_what_is_solved_by_a_waiver_is_not_said_to_be_answered(screen, ticket):
    page = post(screen, "solution", ticket, reason="thanks", up_to=ticket.messages.get().pk)

    assert ticket.resolution == "nothing_owed"
    assert "solved this ticket: No response needed" in page
