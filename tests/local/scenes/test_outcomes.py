"""What the scenes must show, on small ones; the whole ones are played by hand."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from tresen.local.demo.founding import known_shop
from tresen.local.scenes import strike_wave
from tresen.local.scenes.figures import Figures, figures_of
from tresen.local.scenes.playing import Play
from tresen.local.scenes.serving import SERVES
from tresen.local.scenes.staging import set_stage
from tresen.local.scenes.trace import Scene, Shift
from tresen.tickets.models import Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(600)]

HOUR = timedelta(hours=1)
NEXT = "Tresen's next"


def outcome(scene: Scene, serving: str) -> tuple[list[tuple[datetime, datetime]], Figures]:
    """Which ticket, by its opening, was served when, and what came of it all; the database is as before."""
    with transaction.atomic():
        play = Play(scene, known_shop(), SERVES[serving])
        play.run()
        opened = dict(Ticket.objects.values_list("pk", "opened_at"))
        found = [(one.at, opened[one.ticket]) for one in play.served], figures_of(play)
        transaction.set_rollback(True)
    return found


def small_wave(size: float) -> Scene:
    """A piece of the strike wave for one person, who is there four hours a day: as little time as the whole one has."""
    scene = strike_wave.tell(size)
    hours = [("08:00", "10:00"), ("13:00", "15:00")]
    days = [scene.begins.replace(hour=0) + number * 24 * HOUR for number in range(4)]
    begins = [day + hour * HOUR for day in days for hour in (8, 13)]
    shifts = tuple(Shift(begins=one, ends=one + 2 * HOUR, agents=1) for one in begins)
    return replace(scene, shifts=shifts, week=dict.fromkeys(range(6), hours))


def test_in_a_wave_of_claims_none_is_late_and_nobody_else_for_their_sake():
    scene = small_wave(0.1)
    claims = [one for one in scene.told if one.notice]
    set_stage(scene)
    _, figures = outcome(scene, NEXT)
    assert figures.cases.kept == figures.cases.all == len(claims) > 0
    assert (figures.starved, figures.too_early) == (0, 0)
    assert figures.all_limits.kept == figures.all_limits.all > 0
