"""Files beside members' messages are asked of eBay's own hosts alone, without our token."""

import pytest

from tests.channels.asking import CheckedHttp, OpenAccess
from tresen.channels.contract import FileBrought, FileNotHad, Stopped
from tresen.channels.ebay import CONNECTOR
from tresen.channels.ebay.interface.messages.files import fetch_file
from tresen.channels.files import ELSEWHERE, GONE
from tresen.channels.http import HttpOutcome, HttpResponse, Unreached

OWN = "https://i.ebayimg.com/00/s/abc/$_12.JPG"


def opened(*answers: HttpOutcome, **settings: str) -> OpenAccess:
    way = CheckedHttp(answers=list(answers))
    return OpenAccess(way=way, connection=CONNECTOR.connection, settings=settings, secrets={})


def test_at_ebays_own_host_it_is_brought_and_our_token_stays_here() -> None:
    access = opened(HttpResponse(status=200, headers={}, body=b"bytes"))

    assert fetch_file(OWN, access) == FileBrought(b"bytes")
    (asked,) = access.way.asked
    assert not asked.holder
    assert "authorization" not in {name.lower() for name in asked.headers}


@pytest.mark.parametrize(
    "address",
    [
        "https://tracker.example/pixel.png",
        "https://ebayimg.com.tracker.example/pixel.png",
        "https://notebayimg.com/pixel.png",
        "http://i.ebayimg.com/plain.png",
        "https://i.ebayimg.com:8443/odd.png",
        "https://user:word@i.ebayimg.com/a.png",
        "https://[broken/a.png",
        "http://127.0.0.1:5432/",
        "https://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "",
    ],
)
def test_nobody_else_is_asked(address: str) -> None:
    access = opened()

    assert fetch_file(address, access) == FileNotHad(ELSEWHERE)
    assert access.way.asked == []


def test_where_the_store_is_connected_to_another_place_its_own_files_are_asked_there() -> None:
    connected = "http://127.0.0.1:9/seller"

    assert fetch_file(
        f"{connected}/media/a.png", opened(HttpResponse(status=200, headers={}, body=b"x"), address=connected)
    )
    elsewhere = fetch_file("http://127.0.0.1:9/other/a.png", opened(address=connected))
    assert elsewhere == FileNotHad(ELSEWHERE)


@pytest.mark.parametrize("status", [302, 403, 404, 410])
def test_what_is_gone_or_leads_away_is_not_had(status: int) -> None:
    assert fetch_file(OWN, opened(HttpResponse(status=status, headers={}, body=b""))) == FileNotHad(GONE)


@pytest.mark.parametrize("outcome", [HttpResponse(status=500, headers={}, body=b""), Unreached(reason="no route")])
def test_what_may_come_right_is_tried_again(outcome: HttpOutcome) -> None:
    assert isinstance(fetch_file(OWN, opened(outcome)), Stopped)
