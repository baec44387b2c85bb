"""A store is let in, learns which shop it is, and keeps the tokens that take each other's place."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.channels.asking import OpenAccess
from tresen.channels.connections import Connected, Token
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpResponse
from tresen.channels.rule_files import load_rule_packs
from tresen.channels.tiktok_shop import CONNECTOR
from tresen.channels.tiktok_shop.asking import NO_MESSAGES
from tresen.channels.tiktok_shop.letting_in import ELSEWHERE, NO_SHOP, WHICH_SHOP, test
from tresen.channels.tiktok_shop.tokens import CONSENT, TOKEN
from tresen.fakes.tiktok_shop import CIPHER, REFRESH_TOKEN, SHOP_CODE, SHOP_ID, FakeTikTokShop

try_out = test
del test
GIVEN = HttpResponse(
    status=200,
    headers={},
    body=b'{"code": 0, "data": {"access_token": "a", "access_token_expire_in": 1896000000, "refresh_token": "next"}}',
)


def test_the_shop_is_known_by_name_and_its_cipher_is_learned(access: OpenAccess) -> None:
    access.settings = {name: value for name, value in access.settings.items() if not name.startswith("shop_")}
    assert try_out(access) == Connected(account="Birkenhof US", learned={"shop_cipher": CIPHER, "shop_id": SHOP_ID})


def test_without_customer_service_the_store_is_let_in_and_told_what_it_lacks(
    fake: FakeTikTokShop, access: OpenAccess
) -> None:
    fake.denied = ("/customer_service/",)
    known = try_out(access)
    assert isinstance(known, Connected)
    assert known.lacks == (NO_MESSAGES,)


def test_a_shop_of_another_country_is_told(fake: FakeTikTokShop, access: OpenAccess) -> None:
    fake.region = "GB"
    known = try_out(access)
    assert isinstance(known, Connected)
    assert known.lacks == (ELSEWHERE % {"region": "GB"},)


def test_one_of_several_shops_is_chosen_by_its_code(access: OpenAccess, answering: Callable[..., OpenAccess]) -> None:
    two = b'{"code": 0, "data": {"shops": [{"id": "1", "cipher": "x"}, {"id": "2", "cipher": "y", "code": "GB2"}]}}'
    shops = HttpResponse(status=200, headers={}, body=two)
    chats = HttpResponse(status=200, headers={}, body=b'{"code": 0, "data": {}}')
    several = answering(GIVEN, shops)
    assert try_out(several) == Stopped(reason=WHICH_SHOP)
    chosen = answering(GIVEN, shops, chats)
    chosen.settings = {**chosen.settings, "shop_code": "gb2"}
    known = try_out(chosen)
    assert isinstance(known, Connected)
    assert known.learned["shop_cipher"] == "y"
    assert ("shop_cipher", "y") in chosen.way.asked[-1].query

    access.settings = {**access.settings, "shop_code": SHOP_CODE}
    assert isinstance(try_out(access), Connected)
    access.settings = {**access.settings, "shop_code": "ANOTHER"}
    assert try_out(access) == Stopped(reason=NO_SHOP)


def test_a_token_holds_until_the_time_that_is_told_and_brings_a_refresh_token() -> None:
    token = TOKEN.read(GIVEN)
    assert token == Token(value="a", until=datetime.fromtimestamp(1896000000, UTC), renewed={"refresh_token": "next"})
    assert TOKEN.renews


@pytest.mark.parametrize(
    ("status", "body", "reconnect"),
    [
        (200, b'{"code": 36004004, "message": "refresh_token is not valid."}', True),
        (200, b'{"code": 36009003, "message": "Internal error."}', False),
        (200, b'{"code": 0, "data": {}}', False),
        (200, b"no JSON", False),
        (500, b"", False),
    ],
)
def test_what_is_no_token_is_why_not(status: int, body: bytes, *, reconnect: bool) -> None:
    stopped = TOKEN.read(HttpResponse(status=status, headers={}, body=body))
    assert isinstance(stopped, Stopped)
    assert stopped.reconnect == reconnect


@pytest.mark.parametrize(
    ("marketplace", "host"),
    [("tiktok.com/us", "services.us.tiktokshop.com"), ("tiktok.com/gb", "services.tiktokshop.com")],
)
def test_the_seller_agrees_at_the_host_of_his_country(access: OpenAccess, marketplace: str, host: str) -> None:
    access.marketplace, access.settings = marketplace, {**access.settings, "service_id": "7"}
    place = urlsplit(CONSENT.address(access, "word", "https://ours.example/consent"))
    assert (place.hostname, parse_qs(place.query)) == (host, {"service_id": ["7"], "state": ["word"]})


def test_the_code_is_exchanged_for_a_refresh_token(access: OpenAccess, fake: FakeTikTokShop) -> None:
    outcome = access.send(CONSENT.exchange(access, "code", ""))
    assert isinstance(outcome, HttpResponse)
    assert CONSENT.read(outcome) == "TTP_invented_refresh_1"
    assert fake.given == 1
    assert REFRESH_TOKEN not in str(outcome.body)


@pytest.mark.parametrize(("country", "region"), [("us", "us"), ("th", "th"), ("gb", ""), ("de", "")])
def test_the_stores_country_chooses_the_rules(country: str, region: str) -> None:
    assert f"tiktok.com/{country}" in dict(CONNECTOR.marketplaces)
    at = datetime(2026, 11, 30, tzinfo=UTC)
    pack = load_rule_packs("tiktok_shop").at(at, f"tiktok.com/{country}")
    assert (pack.region, pack.known) == (region, bool(region))
    hours = {"us": timedelta(hours=24), "th": timedelta(hours=12)}.get(country)
    assert [getattr(cliff.limit, "allowed", None) for cliff in pack.cliffs[:1]] == ([hours] if hours else [])
