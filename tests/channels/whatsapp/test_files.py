"""Files are fetched by their ids, and our token goes to Meta alone."""

from tests.channels.whatsapp.numbers import ADDRESS, a_number, access_to, answering
from tresen.channels.connections import Connected
from tresen.channels.feeds import Stopped
from tresen.channels.files import ELSEWHERE, GONE, FileBrought, FileNotHad
from tresen.channels.http import HttpResponse
from tresen.channels.whatsapp.connecting import CONNECTION, NOT_TOLD
from tresen.channels.whatsapp.files import fetch_file


def said(body: bytes, status: int = 200) -> HttpResponse:
    return HttpResponse(status=status, headers={}, body=body)


def test_a_file_is_brought_in_two_steps() -> None:
    fake = a_number()
    fake.media["2700000000001"] = b"jpg"

    assert fetch_file("2700000000001", access_to(fake)) == FileBrought(b"jpg")


def test_where_it_lies_at_somebody_elses_nobody_asks_there() -> None:
    for address in (b"https://evil.example/x", b"http://lookaside.fbsbx.com/x", b"https://lookaside.fbsbx.com.evil/x"):
        access = answering(said(b'{"url": "%s"}' % address))
        assert fetch_file("1", access) == FileNotHad(ELSEWHERE)
        assert len(access.way.asked) == 1


def test_what_is_gone_is_gone_and_what_fails_is_asked_for_again() -> None:
    assert fetch_file("1", answering(said(b"{}", 404))) == FileNotHad(GONE)
    assert isinstance(fetch_file("1", answering(said(b"{}", 500))), Stopped)
    assert isinstance(fetch_file("1", answering(said(b"<html>"))), Stopped)
    told = said(b'{"url": "%s/media/1"}' % ADDRESS.encode())
    assert fetch_file("1", answering(told, said(b"", 404))) == FileNotHad(GONE)


def test_the_connection_tells_as_whom_and_whether_we_are_told() -> None:
    fake = a_number()
    assert CONNECTION.test(access_to(fake)) == Connected(account="Birkenhof +49 30 1234567")
    fake.subscribed = False
    assert CONNECTION.test(access_to(fake)) == Connected(account="Birkenhof +49 30 1234567", lacks=(NOT_TOLD,))
    assert isinstance(CONNECTION.test(answering(said(b'{"error": {"code": 190, "message": "no"}}', 401))), Stopped)
