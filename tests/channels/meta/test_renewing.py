"""An account's token is renewed by Instagram's own rules."""

from datetime import timedelta

import pytest

from tests.channels.meta.accounts import Visit, opened, visit
from tests.factories.sales import AT
from tresen.channels.connections import Connected
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.meta.account import FACEBOOK, INSTAGRAM
from tresen.channels.meta.connecting import connection
from tresen.channels.meta.renewing import NO_TOKEN, OF_INSTAGRAM, read_renewal
from tresen.channels.terms import Holds

DAY = timedelta(days=1)


def asked(at: Visit) -> Holds | Stopped:
    door = OF_INSTAGRAM.door
    assert door is not None
    answer = at.access.way.send(door.request(at.access))
    assert isinstance(answer, HttpResponse)
    return door.read(answer, AT)


def test_the_next_token_holds_for_sixty_days_and_opens_as_the_old_one_does() -> None:
    at = visit("instagram")
    at.fake.token_given_at = AT - DAY
    told = asked(at)

    assert isinstance(told, Holds)
    assert told.until == AT + 60 * DAY
    assert told.renewed not in {"", at.access.secret("access_token")}
    test = connection(INSTAGRAM).test
    assert test(at.access) == Connected(account="Birkenhof"), "the old one holds on"
    after = opened(at.access.way, at.connector)
    after.secrets = {**after.secrets, "access_token": told.renewed}
    assert test(after) == Connected(account="Birkenhof")


@pytest.mark.parametrize(("age", "reconnect"), [(timedelta(hours=23), False), (60 * DAY, True)])
def test_one_that_is_too_young_or_has_ended_is_not_renewed(age: timedelta, reconnect: bool) -> None:  # noqa: FBT001 - a table
    at = visit("instagram")
    at.fake.token_given_at = AT - age
    told = asked(at)

    assert isinstance(told, Stopped)
    assert told.reconnect is reconnect


def test_the_token_that_ended_asks_for_another_one_wherever_it_is_used() -> None:
    at = visit("instagram")
    at.fake.token_given_at = AT - 60 * DAY
    door = connection(INSTAGRAM)
    assert door.meant is not None

    tested = door.test(at.access)
    assert isinstance(tested, Stopped)
    assert tested.reconnect
    body = b'{"error": {"message": "Session has expired", "code": 190, "error_subcode": 463}}'
    assert door.meant(HttpResponse(status=400, headers={}, body=body)).status == 401
    other = HttpResponse(status=400, headers={}, body=body.replace(b"190", b"100"))
    assert door.meant(other) == other


@pytest.mark.parametrize("body", [b"{}", b'{"access_token": "new", "expires_in": -5}', b'{"access_token": "new"}'])
def test_what_is_no_token_takes_the_place_of_none(body: bytes) -> None:
    assert read_renewal(HttpResponse(status=200, headers={}, body=body), AT) == Stopped(
        reason=NO_TOKEN, after=timedelta(minutes=15)
    )


def test_a_page_has_none_to_renew() -> None:
    assert connection(INSTAGRAM).terms == (OF_INSTAGRAM,)
    assert OF_INSTAGRAM not in connection(FACEBOOK).terms
