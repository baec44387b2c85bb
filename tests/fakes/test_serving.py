"""Fake platforms answer over HTTP, and go wrong as they are told."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import pytest
from werkzeug.wrappers import Request, Response

from tests.fakes.test_world import a_sale
from tresen.fakes.faults import Bucket, Fault, Faults
from tresen.fakes.serving import Account, running
from tresen.fakes.world import World


@dataclass
class Counting:
    """A platform that counts how often it did something."""

    world: World
    title: str = "Counting"
    done: int = 0

    def answer(self, request: Request) -> Response:
        self.done += 1
        return Response(request.path)

    def too_many(self) -> Response:
        return Response(status=429, headers={"Retry-After": "2"})

    def broken(self) -> Response:
        return Response(status=502)


@pytest.fixture
def account() -> Account:
    world = World(clock=lambda: datetime(2026, 11, 30, tzinfo=UTC))
    world.fill(sales=[a_sale()])
    return Account(name="one", fake=Counting(world), faults=Faults(silence=0.05, slowness=0.05))


@pytest.fixture
def address(account: Account) -> Iterator[str]:
    with running([account]) as served:
        yield f"{served}/one"


def test_an_account_answers_below_its_own_path(account: Account, address: str) -> None:
    assert httpx.get(f"{address}/orders/1").text == "/orders/1"
    assert httpx.get(address.replace("/one", "/other")).status_code == 404


@pytest.mark.parametrize(
    ("fault", "status", "done"),
    [
        (Fault.TOO_MANY, 429, 0),
        (Fault.BROKEN, 502, 0),
        (Fault.BROKEN_AFTER, 502, 1),
        (Fault.SLOW, 200, 1),
        (Fault.SILENT, None, 0),
        (Fault.SILENT_AFTER, None, 1),
    ],
)
def test_what_is_demanded_happens_once(
    account: Account, address: str, fault: Fault, status: int | None, done: int
) -> None:
    httpx.post(f"{address}/control", json={"next": [fault.value]})

    if status is None:
        with pytest.raises(httpx.HTTPError):
            httpx.get(f"{address}/orders")
    else:
        assert httpx.get(f"{address}/orders").status_code == status
    assert isinstance(account.fake, Counting)
    assert account.fake.done == done
    assert httpx.get(f"{address}/orders").status_code == 200


def test_by_chance_it_goes_wrong_in_about_the_share_that_was_asked_for() -> None:
    faults = Faults(too_many=0.1, broken=0.1, silent=0.1, seed=7)
    drawn = [faults.next() for _ in range(3_000)]

    assert 250 < drawn.count(Fault.TOO_MANY) < 350
    assert 80 < drawn.count(Fault.BROKEN_AFTER) < 220
    assert 2_000 < drawn.count(Fault.NONE) < 2_200


def test_a_bucket_says_how_long_until_it_may_be_asked_again() -> None:
    bucket = Bucket(per_second=0.5, burst=2)

    assert [bucket.take(), bucket.take()] == [0.0, 0.0]
    assert 1.9 < bucket.take() <= 2.0


def test_what_buyers_see_can_be_looked_at(address: str) -> None:
    page = httpx.get(f"{address}/seen").text

    assert "<title>What buyers see: " in page
    assert "1001" in page
    assert "Ida Muster" in page
    assert '<a href="#orders">Orders</a>' in page
    assert '<section id="orders">' in page
    assert "Back to Tresen" not in page, "nobody knows where that is"


def test_an_order_is_found_among_what_buyers_see(address: str) -> None:
    found = httpx.get(f"{address}/seen", params={"find": "1001"}).text
    assert found.count("<article>") == 1
    assert "1001" in found

    assert "Nothing here names “404-404”" in httpx.get(f"{address}/seen", params={"find": "404-404"}).text


def test_they_answer_at_a_socket_that_goes_on_listening_when_they_stop(account: Account) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        for _ in range(2):
            with running([account], listening=listening) as base:
                assert base == f"http://127.0.0.1:{listening.getsockname()[1]}"
                assert httpx.get(f"{base}/one/seen").status_code == 200


def test_the_invented_website_runs_tresens_script_under_a_strict_policy_and_no_other(account: Account) -> None:
    desk = "http://127.0.0.1:8000"
    with running([account], desk=desk) as served:
        page = httpx.get(f"{served}/website", params={"script": f"{desk}/chat/key.js"})
        strange = httpx.get(f"{served}/website", params={"script": "http://evil.example/chat/key.js"})
    assert f'src="{desk}/chat/key.js"' in page.text
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith(f"default-src 'none'; script-src {desk}; connect-src {desk};")
    assert "<script" not in strange.text
    assert "script-src" not in strange.headers["Content-Security-Policy"]
