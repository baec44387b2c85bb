"""A store is let in, and what is lacking is said."""

from base64 import b64encode
from datetime import timedelta

import pytest

from tests.channels.ebay.interface.shop import HOME, a_fake, answer, opened
from tresen.channels.connections import Connected, Token
from tresen.channels.ebay import CONNECTOR
from tresen.channels.ebay.interface import asking
from tresen.channels.ebay.interface.letting_in import read_token, token_request
from tresen.channels.ebay.interface.proof import SCOPES
from tresen.channels.feeds import Stopped
from tresen.channels.http import APPLICATION, NOBODY, SELLER, HttpResponse
from tresen.fakes.ebay.platform import APP_ID, CERT_ID, REFRESH_TOKEN
from tresen.fakes.ebay.signatures import Signer


def test_the_account_is_known_by_its_name() -> None:
    assert CONNECTOR.connection
    assert CONNECTOR.connection.test(opened(a_fake())) == Connected(account="birkenhof")


@pytest.mark.parametrize(
    "scope", ["commerce.message", "sell.fulfillment", "sell.payment.dispute", "sell.inventory.readonly"]
)
def test_a_scope_that_is_missing_is_named(scope: str) -> None:
    assert CONNECTOR.connection
    fake = a_fake()
    fake.granted.remove(scope)
    access = opened(fake)
    access.way.interfaces = ()  # the specifications leave out that eBay answers 403
    found = CONNECTOR.connection.test(access)
    assert isinstance(found, Connected)
    (lack,) = found.lacks
    assert lack.endswith(f"the scope {scope} is missing.")
    assert f"https://api.ebay.com/oauth/api_scope/{scope}" in SCOPES


@pytest.mark.parametrize(
    "secrets",
    [{"signing_key": "x"}, {"signing_jwe": "x"}, {"signing_key": "x", "signing_jwe": "x"}],
)
def test_a_signing_key_that_cannot_sign_is_told(secrets: dict[str, str]) -> None:
    assert CONNECTOR.connection
    access = opened(a_fake())
    access.secrets = {**access.secrets, **secrets}
    found = CONNECTOR.connection.test(access)
    assert isinstance(found, Connected)
    assert [lack.partition(":")[0] for lack in found.lacks] == ["Refunds cannot be signed"]
    signer = Signer()
    access.secrets = {**access.secrets, "signing_key": signer.private_key, "signing_jwe": signer.token}
    assert CONNECTOR.connection.test(access) == Connected(account="birkenhof")


def test_calls_that_are_used_up_are_named() -> None:
    assert CONNECTOR.connection
    fake = a_fake()
    fake.used_up.add("fulfillment")
    found = CONNECTOR.connection.test(opened(fake))
    assert isinstance(found, Connected)
    assert [lack.partition(" are ")[0] for lack in found.lacks] == ["Today’s calls of fulfillment"]


@pytest.mark.parametrize(
    ("outcome", "reconnect"), [(answer(401), True), (answer(500), False), (answer(200, b"garbage"), False)]
)
def test_why_nobody_was_let_in_is_told(outcome: HttpResponse, reconnect: bool) -> None:  # noqa: FBT001
    assert CONNECTOR.connection
    known = answer(200, b'{"username": "birkenhof"}')
    answers = ([outcome], [known, outcome]) if outcome.status != 200 else ([outcome],)
    for each in answers:
        found = CONNECTOR.connection.test(opened(None, *each))
        assert isinstance(found, Stopped)
        assert found.reconnect is reconnect


def test_the_sellers_token_comes_from_his_consent_and_the_applications_from_its_keys() -> None:
    access = opened(a_fake())
    seller, application = token_request(access, SELLER), token_request(access, APPLICATION)
    basic = b64encode(f"{APP_ID}:{CERT_ID}".encode()).decode()

    for request in (seller, application):
        assert request.address == f"{HOME}/identity/v1/oauth2/token"
        assert request.headers["authorization"] == f"Basic {basic}"
        assert request.holder == NOBODY
    assert seller.body == f"grant_type=refresh_token&refresh_token={REFRESH_TOKEN}".encode()
    assert application.body.startswith(b"grant_type=client_credentials&scope=https%3A%2F%2Fapi.ebay.com")


def test_a_token_lasts_as_long_as_ebay_says() -> None:
    found = read_token(answer(200, b'{"access_token": "v^1.1#x", "expires_in": 7200}'))
    assert found == Token(value="v^1.1#x", lasts=timedelta(hours=2))


@pytest.mark.parametrize(
    ("outcome", "reconnect"),
    [
        (answer(400, b'{"error": "invalid_grant"}'), True),
        (answer(401, b'{"error": "invalid_client"}'), True),
        (answer(429), False),
        (answer(503), False),
        (answer(200, b"garbage"), False),
        (answer(200, b'{"access_token": "", "expires_in": 7200}'), False),
        (answer(200, b'{"access_token": "x", "expires_in": 0}'), False),
    ],
)
def test_what_is_no_token_says_why(outcome: HttpResponse, reconnect: bool) -> None:  # noqa: FBT001
    found = read_token(outcome)
    assert isinstance(found, Stopped)
    assert found.reconnect is reconnect


def test_a_consent_that_was_withdrawn_wants_an_administrator() -> None:
    fake = a_fake()
    fake.refresh_token = "another"
    access = opened(fake)
    outcome = access.way.send(token_request(access, SELLER))
    assert isinstance(outcome, HttpResponse)
    found = read_token(outcome)
    assert isinstance(found, Stopped)
    assert found.reconnect


def test_no_secret_stands_in_an_address_or_is_shown() -> None:
    access = opened(a_fake())
    request = token_request(access, SELLER)
    assert all(secret not in f"{request!r}" for secret in (CERT_ID, REFRESH_TOKEN))


@pytest.mark.parametrize(
    ("home", "path", "address"),
    [
        ("", f"{asking.ORDERS}/order", "https://api.ebay.com/sell/fulfillment/v1/order"),
        (
            "",
            f"{asking.ORDERS}/payment_dispute_summary",
            "https://apiz.ebay.com/sell/fulfillment/v1/payment_dispute_summary",
        ),
        (
            "https://api.sandbox.ebay.com/",
            f"{asking.IDENTITY}/user/",
            "https://apiz.sandbox.ebay.com/commerce/identity/v1/user/",
        ),
        (
            "http://127.0.0.1:9000/shop",
            f"{asking.IDENTITY}/user/",
            "http://127.0.0.1:9000/shop/commerce/identity/v1/user/",
        ),
    ],
)
def test_two_hosts_serve_the_interfaces(home: str, path: str, address: str) -> None:
    access = opened()
    access.settings = {"address": home}
    assert asking.address_of(access, path) == address


@pytest.mark.parametrize(
    ("site", "word"),
    [
        ("ebay.de", "EBAY_DE"),
        ("ebay.com", "EBAY_US"),
        ("ebay.co.uk", "EBAY_GB"),
        ("ebay.com.au", "EBAY_AU"),
        ("", "EBAY_US"),
    ],
)
def test_a_site_has_ebays_own_word(site: str, word: str) -> None:
    assert asking.marketplace_id(site) == word
