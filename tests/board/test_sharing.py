"""One process counts for all of them."""

from datetime import timedelta

import pytest
from django.db import connection

from benchmarks.database import server_connection
from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store
from tresen.board.models import SharedFigures
from tresen.board.sharing import LASTS, LOCK, SHARE, current

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def _open() -> int:
    filed(a_store(), a_message(at=MONDAY))
    return 1


def _opened(figures) -> int:
    return sum(cell.open for cell in figures.cells)


def test_figures_are_counted_once_and_anew_when_they_are_old() -> None:
    assert _opened(current(MONDAY)) == 0
    _open()
    assert _opened(current(MONDAY + LASTS - SECOND)) == 0
    assert _opened(current(MONDAY + LASTS)) == 1


def test_what_takes_long_to_count_lasts_longer() -> None:
    current(MONDAY)
    SharedFigures.objects.update(seconds=2)
    _open()
    assert _opened(current(MONDAY + 2 * SHARE * SECOND - SECOND)) == 0
    assert _opened(current(MONDAY + 2 * SHARE * SECOND)) == 1


def test_a_clock_that_was_set_back_does_not_keep_old_figures() -> None:
    current(MONDAY + timedelta(days=1))
    _open()
    assert _opened(current(MONDAY)) == 1


def test_figures_that_another_release_wrote_with_other_fields_are_counted_anew() -> None:
    current(MONDAY)
    SharedFigures.objects.update(shape="of another release", value='{"cells": "written otherwise"}')
    _open()
    assert _opened(current(MONDAY + SECOND)) == 1


@pytest.mark.django_db(transaction=True)
def test_while_another_process_counts_what_was_counted_before_is_shown() -> None:
    current(MONDAY)
    _open()
    with server_connection(connection.settings_dict["NAME"]) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s, hashtext('now'))", [LOCK])
        assert _opened(current(MONDAY + 2 * LASTS)) == 0
    assert _opened(current(MONDAY + 2 * LASTS)) == 1
