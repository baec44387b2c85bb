"""A small bank-holiday Tuesday through the product's own code, checked against the ledger afterwards."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tresen.local.scenes.bank_holiday import tell
from tresen.local.scenes.figures import figures_of
from tresen.local.scenes.playing import Play
from tresen.local.scenes.serving import SERVES
from tresen.local.scenes.staging import set_stage
from tresen.local.verifying import verify
from tresen.sla.models import Clock
from tresen.tickets.models import Ticket
from tresen.timekeeping import wall
from tresen.timekeeping.wall import Pace

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(600)]


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
