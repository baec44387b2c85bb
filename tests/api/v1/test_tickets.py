"""Tickets and their clocks, as programs get them."""

from datetime import datetime, timedelta
from uuid import uuid4

import time_machine

from tests.factories.replies import answered, leaves
from tresen.routing.promoting import promote_team
from tresen.routing.queries import start_by_of
from tresen.sla.explaining import explained
from tresen.sla.models import Clock

TICKETS = "/api/v1/tickets"


def clocks_at(ticket):
    return f"{TICKETS}/{ticket.public_id}/clocks"


def test_tickets_come_page_after_page_in_the_queues_order(program, tickets):
    first = program.get(TICKETS, {"limit": 2}).json()
    second = program.get(TICKETS, {"limit": 2, "after": first["next"]}).json()

    assert [one["number"] for one in [*first["tickets"], *second["tickets"]]] == [ticket.pk for ticket in tickets]
    assert second["next"] is None
    assert first["tickets"][0]["id"] == str(tickets[0].public_id)


def test_a_view_of_the_board_can_be_asked_for(program, tickets):
    assert program.get(TICKETS, {"view": "late:own"}).json() == {"tickets": [], "next": None}
    assert len(program.get(TICKETS, {"view": "channel:amazon"}).json()["tickets"]) == 3


def test_a_clock_comes_with_each_step_in_the_zone_and_language_asked_for(program, tickets):
    asked = {"zone": "America/New_York", "language": "de"}
    answer = program.get(clocks_at(tickets[0]), asked)
    found = answer.json()

    assert answer.headers["Content-Language"] == "de"
    assert (found["zone"], found["language"], found["ticket"]) == (*asked.values(), str(tickets[0].public_id))
    own = next(clock for clock in found["clocks"] if clock["kind"] == "own")
    steps = {step["key"]: step for step in own["steps"]}
    assert list(steps)[:4] == ["received", "policy", "target", "due"]
    due = datetime.fromisoformat(steps["due"]["parameters"]["at"])
    assert due.utcoffset() in {timedelta(hours=-5), timedelta(hours=-4)}
    assert due == datetime.fromisoformat(own["due"]).replace(microsecond=0)
    assert steps["due"]["sentence"].startswith("Fällig ")
    assert steps["target"]["parameters"]["allowed"] == 14 * 3600
    assert "version" in steps["policy"]["parameters"]
    assert steps["policy"]["parameters"]["name"] in steps["policy"]["sentence"]


def test_how_late_a_clock_is_grows_only_until_its_answer(program, tickets):
    def how_late(ticket, after):
        with time_machine.travel(due + after, tick=False):
            found = program.get(clocks_at(ticket)).json()["clocks"]
        return next(clock for clock in found if clock["kind"] == "own")["late_seconds"]

    due = Clock.objects.get(ticket=tickets[0], kind="own").due
    minute = timedelta(minutes=1)
    assert [how_late(tickets[0], after * minute) for after in (-1, 20)] == [None, 1200]
    leaves(answered(tickets[0], at=due + 9 * minute), at=due + 9 * minute)
    assert how_late(tickets[0], 20 * minute) == 9 * 60


def test_a_platforms_limit_names_the_edition_of_its_rules(program, tickets):
    found = program.get(clocks_at(tickets[0])).json()

    platform = next(clock for clock in found["clocks"] if clock["kind"] == "platform")
    steps = {step["key"]: step["parameters"] for step in platform["steps"]}
    assert steps["pack"]["edition"].startswith("amazon")


def test_when_to_begin_is_told_once_the_teams_backlog_is_reckoned(program, tickets, team):
    assert program.get(clocks_at(tickets[0])).json()["start_by"] is None
    promote_team(team.pk, at=tickets[0].opened_at + timedelta(hours=5))

    told = program.get(clocks_at(tickets[0])).json()["start_by"]
    reckoned = start_by_of(tickets[0].pk)
    assert reckoned is not None
    assert told == (reckoned.at and reckoned.at.isoformat().replace("+00:00", "Z"))


def test_the_api_says_what_the_screen_says(program, tickets):
    found = program.get(clocks_at(tickets[0])).json()["clocks"]

    said = explained(tickets[0].pk, at=tickets[0].opened_at, moment=str, day=str, received_by="Amazon")
    assert [clock["key"] for clock in found] == [clock.key for clock in said]
    assert [[step["key"] for step in clock["steps"]] for clock in found] == [
        [step.key for step in clock.steps] for clock in said
    ]


def test_a_ticket_out_of_scope_is_not_there(blind_program, tickets):
    answer = blind_program.get(clocks_at(tickets[0]))

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["detail"].startswith("There is no such ticket")
    assert blind_program.get(f"{TICKETS}/{uuid4()}/clocks").status_code == 404


def test_what_cannot_be_asked_is_answered_in_plain_words(program, tickets):
    for asked in ({"view": "everything"}, {"after": "invented"}, {"limit": 0}, {"limit": "many"}):
        answer = program.get(TICKETS, asked)
        assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json"), asked
        assert len(answer.json()["detail"]) > 10
    assert "Mars" in program.get(clocks_at(tickets[0]), {"zone": "Mars"}).json()["detail"]
    assert program.get(clocks_at(tickets[0]), {"language": "tlh"}).status_code == 422
