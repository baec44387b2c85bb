"""The web server by itself, as `tresen serve` starts it."""

import urllib.request

import pytest
from django.conf import settings
from django.test import Client

from tests.factories.shops import a_store, an_agent
from tests.servers.web import running
from tresen.local.web import who_is_answered

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("host", "told", "hint"),
    [
        ("127.0.0.1", {}, False),
        ("192.0.2.5", {}, False),
        ("0.0.0.0", {}, True),  # noqa: S104 (not bound)
        ("::", {"TRESEN_BASE_URL": "http://127.0.0.1:8000"}, True),
        ("0.0.0.0", {"TRESEN_BASE_URL": "https://desk.example"}, False),  # noqa: S104 (same)
        ("0.0.0.0", {"TRESEN_HOSTS": "desk.example"}, False),  # noqa: S104 (same)
    ],
)
def test_who_listens_for_others_is_told_what_lets_them_in(host, told, hint):
    assert bool(who_is_answered(host, told)) is hint


def test_it_ends_without_a_word_while_a_browser_watches(tmp_path):
    client = Client()
    client.force_login(an_agent(a_store().default_team))
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    with running(tmp_path) as web:
        watching = urllib.request.Request(f"{web.url}/live", headers={"Cookie": cookie})  # noqa: S310 (our own address)
        with urllib.request.urlopen(watching, timeout=30) as stream:  # noqa: S310 (same)
            assert stream.readline() == b"retry: 3000\n"
            web.process.terminate()
            stream.read()  # to its proper end: a stream that is cut off raises
        assert web.process.wait(60) == 0
    assert (tmp_path / "web.log").read_text() == ""
