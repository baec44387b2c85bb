"""Tokens are kept until they run out, and the secrets that come with them take the place of the old ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from tests.factories.shops import MONDAY, a_store
from tresen.channels.connections import Token, TokenDoor
from tresen.channels.feeds import Stopped
from tresen.channels.http import NOBODY, Allowance, HttpOutcome, HttpRequest, HttpResponse
from tresen.channels.outbound import StoreAccess
from tresen.stores.access import OpenStore
from tresen.stores.tokens import Tokens
from tresen.vault.sealing import SecretMissing, open_secret, seal

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@dataclass
class Platform:
    """Gives a token for the newest refresh token alone, and a refresh token with it."""

    given: int = 0
    asked: list[str] = field(default_factory=list)

    def send(self, request: HttpRequest) -> HttpOutcome:
        said = request.body.decode()
        self.asked.append(said)
        if said != f"refresh {self.given}":
            return HttpResponse(status=401, headers={}, body=b"void")
        self.given += 1
        return HttpResponse(status=200, headers={}, body=str(self.given).encode())


def door(*, until: datetime | None = None) -> TokenDoor:
    def request(access: StoreAccess, holder: str) -> HttpRequest:
        del holder
        allowance = Allowance(name="token", per_second=1, burst=1)
        body = access.secret("refresh_token").encode()
        return HttpRequest(method="POST", address="https://a.example", allowance=allowance, body=body, holder=NOBODY)

    def read(answer: HttpResponse) -> Token | Stopped:
        if answer.status != 200:
            return Stopped(reason="401 void", reconnect=True)
        number = answer.body.decode()
        return Token(value=f"access {number}", lasts=HOUR, until=until, renewed={"refresh_token": f"refresh {number}"})

    return TokenDoor(request=request, read=read, renews=True)


def tokens_of(
    store: int, platform: Platform, *, entered: Mapping[str, str] | None = None, at: datetime = MONDAY, **more: object
) -> tuple[Tokens, OpenStore]:
    access = OpenStore(store=store, marketplace="", mail=None, entered={**(entered or {})})  # type: ignore[arg-type]
    tokens = Tokens(
        store=store,
        door=door(**more),  # type: ignore[arg-type]
        http=platform,
        clock=lambda: at,
        take_over=access.take_over,
        keeps=entered is None,
    )
    return tokens, access


def test_each_token_brings_the_secret_for_the_next_one() -> None:
    store, platform = a_store().pk, Platform()
    seal(f"store:{store}:refresh_token", "refresh 0", at=MONDAY)
    for hours, value in ((0, "access 1"), (0, "access 1"), (2, "access 2"), (4, "access 3")):
        tokens, access = tokens_of(store, platform, at=MONDAY + hours * HOUR)
        assert tokens.token_of("seller", access) == value
    assert platform.asked == ["refresh 0", "refresh 1", "refresh 2"]
    assert open_secret(f"store:{store}:refresh_token") == "refresh 3"


def test_a_token_lasts_until_the_time_that_was_told() -> None:
    store, platform = a_store().pk, Platform()
    seal(f"store:{store}:refresh_token", "refresh 0", at=MONDAY)
    until = MONDAY + 24 * HOUR
    for hours, value in ((0, "access 1"), (20, "access 1"), (24, "access 2")):
        tokens, access = tokens_of(store, platform, at=MONDAY + hours * HOUR, until=until)
        assert tokens.token_of("seller", access) == value


def test_one_that_was_refused_is_fetched_anew_unless_another_worker_has_one_already() -> None:
    store, platform = a_store().pk, Platform()
    seal(f"store:{store}:refresh_token", "refresh 0", at=MONDAY)
    tokens, access = tokens_of(store, platform)
    assert tokens.token_of("seller", access) == "access 1"
    assert tokens.token_of("seller", access, renew=True) == "access 2"


def test_what_is_only_tried_is_not_kept_and_its_successor_is_told() -> None:
    store, platform = a_store().pk, Platform()
    tokens, access = tokens_of(store, platform, entered={"refresh_token": "refresh 0"})

    assert [tokens.token_of("seller", access) for _ in range(2)] == ["access 1", "access 1"]
    assert tokens.token_of("seller", access, renew=True) == "access 2"

    assert access.entered == {"refresh_token": "refresh 2"}
    with pytest.raises(SecretMissing):
        open_secret(f"store:{store}:refresh_token")


def test_trying_what_is_kept_keeps_its_successor() -> None:
    store, platform = a_store().pk, Platform()
    seal(f"store:{store}:refresh_token", "refresh 0", at=MONDAY)
    tokens, access = tokens_of(store, platform, entered={})
    assert tokens.token_of("seller", access) == "access 1"
    assert open_secret(f"store:{store}:refresh_token") == "refresh 1"


def test_no_token_is_why_not() -> None:
    store = a_store().pk
    seal(f"store:{store}:refresh_token", "forged", at=MONDAY)
    tokens, access = tokens_of(store, Platform())
    assert tokens.token_of("seller", access) == Stopped(reason="401 void", reconnect=True)
    assert open_secret(f"store:{store}:refresh_token") == "forged"
