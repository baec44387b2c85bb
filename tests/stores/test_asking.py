"""Asking a platform over HTTP, on a real server."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from tests.factories.shops import MONDAY, a_store
from tests.servers import platform as platforms
from tests.servers.platform import Answer, Platform
from tresen.channels.http import Allowance, HeldBack, HttpRequest, HttpResponse, Unanswered, Unreached
from tresen.stores import asking
from tresen.stores.asking import StoreHttp, new_client

pytestmark = pytest.mark.django_db

MANY = Allowance(name="orders", per_second=100, burst=100)
FEW = Allowance(name="orders", per_second=0.1, burst=1)


@pytest.fixture
def platform() -> Iterator[Platform]:
    with platforms.running() as running:
        yield running


@pytest.fixture
def http() -> Iterator[StoreHttp]:
    with new_client() as client:
        yield StoreHttp(store=a_store().pk, clock=lambda: MONDAY, client=client)


def request(platform: Platform, *, allowance: Allowance = MANY, **more: object) -> HttpRequest:
    return HttpRequest(method="GET", address=f"{platform.address}/orders", allowance=allowance, **more)  # type: ignore[arg-type]


def test_an_answer_comes_back_with_its_status_headers_and_bytes(http: StoreHttp, platform: Platform) -> None:
    platform.answers = [Answer(status=404, headers={"X-Limit": "2"}, body=b'{"no": "order"}')]

    found = http.send(request(platform, query=(("since", "2026-11-02T08:00:00Z"),), headers={"Accept": "text/x"}))

    assert isinstance(found, HttpResponse)
    assert (found.status, found.headers["x-limit"], found.body) == (404, "2", b'{"no": "order"}')
    (asked,) = platform.asked
    assert (asked.method, asked.path) == ("GET", "/orders?since=2026-11-02T08%3A00%3A00Z")
    assert asked.headers["Accept"] == "text/x"


def test_bytes_leave_as_they_were_given(http: StoreHttp, platform: Platform) -> None:
    http.send(HttpRequest(method="POST", address=f"{platform.address}/x", allowance=MANY, body=b'{"a":  1}'))

    assert platform.asked[0].body == b'{"a":  1}'


def test_nothing_is_asked_beyond_the_allowance(http: StoreHttp, platform: Platform) -> None:
    assert isinstance(http.send(request(platform, allowance=FEW)), HttpResponse)

    held = http.send(request(platform, allowance=FEW))

    assert isinstance(held, HeldBack)
    assert held.after == timedelta(seconds=10)
    assert len(platform.asked) == 1


def test_a_short_wait_is_waited(http: StoreHttp, platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(asking, "sleep", slept.append)
    ticking = [MONDAY, MONDAY, MONDAY + timedelta(seconds=2)]
    http.clock = lambda: ticking.pop(0)
    quick = Allowance(name="orders", per_second=0.5, burst=1)
    http.send(request(platform, allowance=quick))

    assert isinstance(http.send(request(platform, allowance=quick)), HttpResponse)
    assert slept == [2.0]


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ({"Retry-After": "12"}, timedelta(seconds=12)),
        ({"Retry-After": format_datetime(MONDAY + timedelta(seconds=20), usegmt=True)}, timedelta(seconds=20)),
        ({"Retry-After": "soon"}, asking.AFTER_A_REFUSAL),
        ({}, asking.AFTER_A_REFUSAL),
    ],
)
def test_too_many_closes_the_allowance_for_all(
    http: StoreHttp, platform: Platform, said: dict[str, str], after: timedelta
) -> None:
    platform.answers = [Answer(status=429, headers=said)]

    first = http.send(request(platform))
    second = http.send(request(platform))

    assert isinstance(first, HeldBack)
    assert isinstance(second, HeldBack)
    assert first.after == second.after == after
    assert len(platform.asked) == 1


def test_no_connection_means_that_nothing_was_taken(http: StoreHttp) -> None:
    with platforms.running() as gone:
        pass

    assert isinstance(http.send(request(gone)), Unreached)


@pytest.mark.parametrize("answer", [Answer(hangs=True), Answer(breaks=True)])
def test_no_whole_answer_means_that_nobody_knows(
    store_that_waits_little: StoreHttp, platform: Platform, answer: Answer
) -> None:
    platform.answers = [answer]

    assert isinstance(store_that_waits_little.send(request(platform)), Unanswered)
    assert len(platform.asked) == 1


@pytest.fixture
def store_that_waits_little() -> Iterator[StoreHttp]:
    with httpx.Client(timeout=0.5, trust_env=False) as client:
        yield StoreHttp(store=a_store().pk, clock=lambda: datetime.now(tz=MONDAY.tzinfo), client=client)


def test_nobody_is_followed_elsewhere(http: StoreHttp, platform: Platform) -> None:
    platform.answers = [Answer(status=302, headers={"Location": "https://elsewhere.example/"})]

    found = http.send(request(platform))

    assert isinstance(found, HttpResponse)
    assert (found.status, len(platform.asked)) == (302, 1)


def test_an_answer_beyond_all_measure_is_not_read_to_its_end(
    http: StoreHttp, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_BYTES", 1000)
    platform.answers = [Answer(body=b"x" * 5000)]

    assert isinstance(http.send(request(platform)), Unanswered)


def test_a_platform_is_asked_by_https_alone(http: StoreHttp) -> None:
    with pytest.raises(ValueError, match="https"):
        http.send(HttpRequest(method="GET", address="http://platform.example/", allowance=MANY))


def test_a_server_that_is_not_found_is_named(http: StoreHttp) -> None:
    gone = http.send(HttpRequest(method="GET", address="https://interface.invalid/orders", allowance=MANY))

    assert isinstance(gone, Unreached)
    assert gone.reason.startswith("ConnectError: interface.invalid: ")
