import argparse
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from tests.factories.shops import a_store
from tresen.local.demo import refilling
from tresen.local.demo.remembering import KEY
from tresen.stores.models import Store
from tresen.tickets.models import Ticket

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
NOW = datetime.now(UTC).replace(microsecond=0)


def _options(**given):
    return argparse.Namespace(**{"fresh": False, "keep": False, "may_drop": False, "tickets": 12, **given})


@pytest.fixture
def prepare(tmp_path, listening):
    """Prepares with platforms of this test's own."""
    return partial(refilling.prepare, home=tmp_path, listening=listening)


def test_a_database_that_somebody_uses_is_left_alone(capsys, prepare):
    store = a_store()
    assert prepare(_options(), now=NOW) == 1
    assert "needs an empty one" in capsys.readouterr().err
    assert Store.objects.get() == store


def test_an_empty_database_is_filled_and_a_second_start_goes_on_with_it(capsys, prepare, open_file):
    assert prepare(_options(), now=NOW) == 0
    assert "done in" in capsys.readouterr().out
    tickets = Ticket.objects.count()
    assert tickets > 5
    assert open_file().told == NOW.isoformat()
    assert prepare(_options(), now=NOW + timedelta(hours=3)) == 0
    assert "Going on with the demo" in capsys.readouterr().out
    assert Ticket.objects.count() == tickets


def test_an_old_demo_is_kept_when_asked_for(capsys, prepare):
    store = a_store()
    store.settings = {KEY: {"until": (NOW - timedelta(days=9)).isoformat(), "tickets": 12}}
    store.save()
    assert prepare(_options(keep=True), now=NOW) == 0
    assert "Going on" in capsys.readouterr().out
    assert prepare(_options(), now=NOW) == 1


def test_a_demo_of_a_version_without_platforms_is_filled_anew(capsys, prepare):
    store = a_store()
    store.settings = {"demo": NOW.isoformat()}
    store.save()
    assert prepare(_options(), now=NOW) == 1
    assert "needs an empty one" in capsys.readouterr().err
