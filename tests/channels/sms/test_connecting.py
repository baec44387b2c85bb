"""The account says who it is; its files are fetched there, and its token goes nowhere else."""

import pytest

from tests.channels.sms.account import access_to, an_account, answering
from tresen.channels.connections import Connected
from tresen.channels.feeds import Stopped
from tresen.channels.files import ELSEWHERE, GONE, FileBrought, FileNotHad
from tresen.channels.http import HttpResponse
from tresen.channels.sms.connecting import NOT_ACTIVE, NOT_TOLD_BACK
from tresen.channels.sms.connecting import test as ask
from tresen.channels.sms.files import fetch_file
from tresen.fakes.sms import ACCOUNT

FILE = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media/ME1"


def test_the_account_tells_its_name_and_what_it_lacks() -> None:
    fake = an_account()
    assert ask(access_to(fake)) == Connected(account="Birkenhof")
    fake.status = "suspended"
    assert ask(access_to(fake, webhook="http://x.example/")) == Connected(
        account="Birkenhof", lacks=(NOT_ACTIVE, NOT_TOLD_BACK)
    )
    refused = ask(answering(HttpResponse(status=401, headers={}, body=b"{}")))
    assert isinstance(refused, Stopped)
    assert refused.reconnect
    assert isinstance(ask(answering(HttpResponse(status=200, headers={}, body=b"<html>"))), Stopped)


def test_a_file_is_brought_from_twilio() -> None:
    fake = an_account()
    fake.media["ME1"] = b"jpg"
    assert fetch_file(FILE, access_to(fake)) == FileBrought(b"jpg")
    assert fetch_file(f"{FILE}0", access_to(fake)) == FileNotHad(GONE)


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/x",
        "http://api.twilio.com/x",
        "https://api.twilio.com.evil.example/x",
        "https://api.twilio.com@evil.example/x",
        "https://api.twilio.com:8443/x",
        "https://[x",
        "",
    ],
)
def test_where_it_lies_at_somebody_elses_nobody_asks_there(address: str) -> None:
    access = answering()
    assert fetch_file(address, access) == FileNotHad(ELSEWHERE)
    assert access.way.asked == []


@pytest.mark.parametrize("host", ["mms.twiliocdn.com", "s3-external-1.amazonaws.com"])
def test_where_twilio_keeps_the_bytes_they_are_fetched_without_our_token(host: str) -> None:
    sent_on = HttpResponse(status=307, headers={"location": f"https://{host}/AC1/Media/ME1?Expires=1"}, body=b"")
    access = answering(sent_on, HttpResponse(status=200, headers={}, body=b"jpg"))
    assert fetch_file(FILE, access) == FileBrought(b"jpg")
    assert "Authorization" in access.way.asked[0].headers
    assert "Authorization" not in access.way.asked[1].headers


def test_nobody_follows_to_another_host_and_what_fails_is_asked_for_again() -> None:
    sent_on = HttpResponse(status=307, headers={"location": "https://evil.example/x"}, body=b"")
    access = answering(sent_on)
    assert fetch_file(FILE, access) == FileNotHad(ELSEWHERE)
    assert len(access.way.asked) == 1
    assert isinstance(fetch_file(FILE, answering(HttpResponse(status=500, headers={}, body=b""))), Stopped)
