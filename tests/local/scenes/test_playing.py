"""Small scenes through the product's own code, checked against the ledger, and for what the whole ones must show."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from tresen.local.demo.founding import known_shop
from tresen.local.scenes import black_friday, quiet, strike_wave
from tresen.local.scenes.bank_holiday import tell
from tresen.local.scenes.figures import Figures, figures_of
from tresen.local.scenes.playing import Play
from tresen.local.scenes.serving import SERVES
from tresen.local.scenes.staging import set_stage
from tresen.local.scenes.trace import Scene, Shift
from tresen.local.verifying import verify
from tresen.sla.models import Clock
from tresen.tickets.models import Ticket
from tresen.timekeeping import wall
from tresen.timekeeping.wall import Pace

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(600)]

HOUR = timedelta(hours=1)
NEXT, ARRIVAL = "Tresen's next", "order of arrival"


@pytest.fixture(params=sorted(SERVES))
def play(request):
    whole = tell(0.01)
    scene = replace(whole, ends=whole.begins + timedelta(hours=3))
    shop = set_stage(scene)
    play = Play(scene, shop, SERVES[request.param])
    play.run()
    wall.keep(Pace(shown=scene.ends, since=datetime.now(UTC)))  # it is evening there
    yield play
    wall.keep(None)


def test_a_played_day_leaves_a_ledger_from_which_all_follows(play, capsys):
    assert verify() == 0, capsys.readouterr().out
    figures = figures_of(play)
    assert figures.answered == len({one.ticket for one in play.served}) > 0
    opened = dict(Ticket.objects.values_list("pk", "opened_at"))
    assert all(one.at >= opened[one.ticket] for one in play.served)
    # Two people answer three dozen in three hours: nothing that had come in when they began waits any more.
    assert not Ticket.objects.filter(opened_at__lt=play.scene.begins).exclude(status="solved").exists()
    assert Clock.objects.filter(kind="platform", breached_at__lte=play.scene.begins).exists()


def outcome(scene: Scene, serving: str) -> tuple[list[tuple[datetime, datetime]], Figures, int]:
    """Which ticket, by its opening, was served when, what came of it all, and how many minutes were played.

    The database is as before.
    """
    minutes: list[datetime] = []
    with transaction.atomic():
        play = Play(scene, known_shop(), SERVES[serving])
        play.run(minutes.append)
        opened = dict(Ticket.objects.values_list("pk", "opened_at"))
        found = [(one.at, opened[one.ticket]) for one in play.served], figures_of(play), len(minutes)
        transaction.set_rollback(True)
    return found


def small_wave(size: float) -> Scene:
    """A piece of the strike wave for one person, with as little time for it as those who have the whole one."""
    scene = strike_wave.tell(size)
    hours = [("08:00", "09:00"), ("13:00", "14:00")]
    days = [scene.begins.replace(hour=0) + number * 24 * HOUR for number in range(4)]
    begins = [day + hour * HOUR for day in days for hour in (8, 13)]
    shifts = tuple(Shift(begins=one, ends=one + HOUR, agents=1) for one in begins)
    return replace(scene, shifts=shifts, week=dict.fromkeys(range(6), hours))


def test_in_a_wave_of_claims_none_is_late_and_nobody_else_for_their_sake():
    scene = small_wave(0.05)
    claims = [one for one in scene.told if one.notice]
    set_stage(scene)
    _, figures, _ = outcome(scene, NEXT)
    assert figures.cases.kept == figures.cases.all == len(claims) > 0
    assert (figures.starved, figures.too_early) == (0, 0)
    assert figures.all_limits.kept == figures.all_limits.all > 0


def test_the_order_of_next_keeps_more_limits_than_that_of_arrival():
    week = black_friday.tell(0.006)
    friday, tuesday = week.begins + timedelta(days=4), week.begins + timedelta(days=8)
    told = tuple(one for one in week.told if friday <= one.at < tuesday)
    shifts = tuple(
        replace(one, ends=one.begins + 2 * HOUR / 3) for one in week.shifts if friday <= one.begins < tuesday
    )
    scene = replace(week, begins=friday, ends=tuesday, told=told, shifts=shifts)
    set_stage(scene)
    (_, ours, _), (_, theirs, _) = outcome(scene, NEXT), outcome(scene, ARRIVAL)
    assert ours.all_limits.percent >= theirs.all_limits.percent + 4


def test_a_day_is_the_same_whether_quiet_minutes_are_played_or_passed_over(monkeypatch):
    whole = strike_wave.tell(0.02)
    noon = whole.begins
    shifts = (
        Shift(begins=noon, ends=noon + HOUR / 2, agents=1),
        Shift(begins=noon + 2 * HOUR, ends=whole.ends, agents=2),
    )
    scene = replace(whole, ends=noon + 4 * HOUR, shifts=shifts)
    set_stage(scene)
    served, figures, minutes = outcome(scene, NEXT)
    monkeypatch.setattr(quiet, "first_minute", lambda moments, *, after: after + quiet.MINUTE)
    assert outcome(scene, NEXT) == (served, figures, 240)
    assert minutes < 240
    assert len(served) > 0
