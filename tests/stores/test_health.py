from datetime import timedelta

import pytest

from tests.factories.mailboxes import a_mailbox
from tests.factories.shops import MONDAY
from tresen.stores.health import (
    LONGEST_PAUSE,
    pause_after,
    receiving_failed,
    receiving_went_well,
    sending_failed,
    sending_went_well,
)
from tresen.stores.models import Health, Mailbox

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


def now(mailbox: Mailbox) -> Mailbox:
    return Mailbox.objects.get(pk=mailbox.pk)


def test_pauses_grow_to_a_quarter_of_an_hour() -> None:
    assert [pause_after(failures).total_seconds() for failures in (1, 2, 3, 9)] == [30, 60, 120, 900]


def test_sending_that_fails_shows_although_receiving_does_well() -> None:
    mailbox = a_mailbox()
    receiving_went_well(mailbox.pk, at=MONDAY, next_check_at=LATER)
    sending_failed(mailbox.pk, trouble="no answer", at=MONDAY)
    receiving_went_well(mailbox.pk, at=LATER, next_check_at=LATER)
    assert (now(mailbox).health, now(mailbox).troubled_since) == (Health.TROUBLED, MONDAY)
    sending_went_well(mailbox.pk)
    assert (now(mailbox).health, now(mailbox).troubled_since) == (Health.GOOD, None)


def test_a_sign_in_that_is_asked_for_stays_asked_for() -> None:
    mailbox = a_mailbox()
    sending_failed(mailbox.pk, trouble="who are you?", at=MONDAY, reconnect=True)
    receiving_failed(mailbox.pk, trouble="no answer", at=LATER)
    assert now(mailbox).health == Health.RECONNECT
    receiving_went_well(mailbox.pk, at=LATER, next_check_at=LATER)
    assert now(mailbox).health == Health.RECONNECT


def test_trouble_is_dated_from_its_beginning_and_looked_at_less_and_less_often() -> None:
    mailbox = a_mailbox()
    receiving_failed(mailbox.pk, trouble="no answer", at=MONDAY)
    receiving_failed(mailbox.pk, trouble="no answer", at=LATER)
    assert now(mailbox).troubled_since == MONDAY
    assert now(mailbox).next_check_at == LATER + timedelta(seconds=60)
    receiving_failed(mailbox.pk, trouble="withdrawn", at=LATER, reconnect=True)
    assert now(mailbox).next_check_at == LATER + LONGEST_PAUSE


def test_a_retired_mailbox_stays_off() -> None:
    mailbox = a_mailbox()
    Mailbox.objects.update(retired_at=MONDAY)
    sending_failed(mailbox.pk, trouble="no answer", at=MONDAY)
    assert now(mailbox).health == Health.OFF
