import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.intake.models import StoredPayload
from tresen.intake.parsing import parse_kept
from tresen.stores.adding import retire_store
from tresen.stores.publishing import publish_form
from tresen.tickets.models import Ticket
from tresen.workspace.website.taking import MOST_BYTES, PER_ADDRESS
from tresen.workspace.website.tokens import make_token

pytestmark = pytest.mark.django_db

SHOP = "https://shop.example"
FILLED = {"name": "Ida", "email": "ida@mail.example", "message": "Gibt es den Hocker in rot?"}


@pytest.fixture
def public():
    store = a_store("website", "", language="de")
    return publish_form(store.pk, origins=[SHOP], consent="", by=SYSTEM, at=MONDAY)


@pytest.fixture
def anybody():
    return Client(enforce_csrf_checks=True)


def token(public, age=timedelta(seconds=30)):
    return make_token(public.key, at=datetime.now(UTC) - age)


def post_json(client, public, content, **headers):
    body = content if isinstance(content, str) else json.dumps(content)
    return client.post(f"/form/{public.key}/messages", body, content_type="application/json", headers=headers)


def test_anybody_may_write_without_signing_in_and_without_scripts(anybody, public):
    page = anybody.get(f"/form/{public.key}/")
    assert page.status_code == 200
    assert page.headers["Content-Language"] == "de"
    assert '<html lang="de">' in page.text
    assert public.title in page.text
    assert "<script" not in page.text
    sent = anybody.post(f"/form/{public.key}/", {**FILLED, "token": token(public)})
    assert sent.headers["Location"] == f"/form/{public.key}/thanks/"
    assert anybody.get(sent.headers["Location"]).status_code == 200
    assert StoredPayload.objects.get().store_id == public.store


def test_whoever_watches_over_the_form_may_ask_for_its_headers_alone(anybody, public):
    for address in (f"/form/{public.key}/", f"/form/{public.key}/thanks/"):
        asked = anybody.head(address)
        assert (asked.status_code, asked.text) == (200, "")


def test_what_was_typed_stays_when_something_is_wrong(anybody, public):
    page = anybody.post(f"/form/{public.key}/", {**FILLED, "email": "ida", "token": token(public)})
    assert page.status_code == 422
    assert "Gibt es den Hocker in rot?" in page.text
    assert 'id="id_email_error"' in page.text
    assert not StoredPayload.objects.exists()


def test_who_is_too_quick_or_too_slow_presses_once_more(anybody, public):
    for age in (timedelta(0), timedelta(days=2)):
        page = anybody.post(f"/form/{public.key}/", {**FILLED, "token": token(public, age)})
        assert page.status_code == 409
        assert "Gibt es den Hocker in rot?" in page.text
    assert not StoredPayload.objects.exists()
    fresh = page.text.split('name="token" value="')[1].split('"')[0]
    assert fresh != ""
    page = anybody.post(f"/form/{public.key}/", {**FILLED, "token": fresh})
    assert page.status_code == 409


def test_a_page_of_the_shop_may_frame_the_form_and_nobody_else(anybody, public):
    page = anybody.get(f"/form/{public.key}/")
    assert f"frame-ancestors {SHOP}" in page.headers["Content-Security-Policy"]
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in page.headers
    alone = publish_form(a_store("website", "").pk, origins=(), consent="", by=SYSTEM, at=MONDAY)
    page = anybody.get(f"/form/{alone.key}/")
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


def test_a_page_of_the_shop_sends_by_script(anybody, public):
    given = anybody.get(f"/form/{public.key}/messages", headers={"Origin": SHOP})
    assert given.headers["Access-Control-Allow-Origin"] == SHOP
    assert post_json(anybody, public, {**FILLED, "token": given.json()["token"]}, Origin=SHOP).status_code == 409
    sent = post_json(anybody, public, {**FILLED, "token": token(public)}, Origin=SHOP)
    assert (sent.status_code, sent.json()) == (201, {"received": True})
    assert sent.headers["Access-Control-Allow-Origin"] == SHOP
    assert StoredPayload.objects.count() == 1


def test_a_browser_that_asks_first_is_answered(anybody, public):
    asked = anybody.options(f"/form/{public.key}/messages", headers={"Origin": SHOP})
    assert asked.status_code == 204
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, POST"
    assert asked.headers["Access-Control-Allow-Headers"] == "Content-Type"


def test_a_page_of_somebody_else_may_not_send_by_script(anybody, public):
    for method in ("get", "post", "options"):
        refused = getattr(anybody, method)(f"/form/{public.key}/messages", headers={"Origin": "https://evil.example"})
        assert refused.status_code == 403
        assert "Access-Control-Allow-Origin" not in refused.headers


@pytest.mark.parametrize("body", ["", "[]", "{", "null", '"x"', "[" * 60_000])
def test_what_is_no_form_is_refused(anybody, public, body):
    assert post_json(anybody, public, body).status_code == 400


def test_wrong_fields_are_named(anybody, public):
    answer = post_json(anybody, public, {"email": 7, "message": ["a"], "token": token(public)})
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"name", "email"}


def test_what_is_too_long_is_refused_before_it_is_read(anybody, public):
    assert post_json(anybody, public, "x" * (MOST_BYTES + 1)).status_code == 413
    huge = anybody.post(f"/form/{public.key}/", {**FILLED, "message": "x" * (MOST_BYTES + 1)})
    assert huge.status_code == 413


def test_who_sends_without_end_is_told_to_wait(anybody, public):
    for number in range(PER_ADDRESS + 1):
        sent = post_json(anybody, public, {**FILLED, "email": f"a{number}@mail.example", "token": token(public)})
    assert sent.status_code == 429
    assert "message" in sent.json()


@pytest.mark.parametrize(
    "address", ["/form/nothing/", "/form/nothing/messages", "/form/nothing/thanks/", "/form/a%00b/"]
)
def test_a_form_that_is_not_there_is_not_found(anybody, address):
    assert anybody.get(address).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_what_was_sent_becomes_a_ticket_of_the_store_and_spam_is_marked_on_it(anybody, public):
    links = "https://a.example https://b.example https://c.example https://d.example"
    anybody.post(f"/form/{public.key}/", {**FILLED, "order_number": "1042", "token": token(public)})
    spam = {**FILLED, "email": "spam@mail.example", "message": links}
    anybody.post(f"/form/{public.key}/", {**spam, "token": token(public)})
    while parse_kept(datetime.now(UTC)):
        pass
    question, marked = Ticket.objects.order_by("pk")
    assert question.store_id == marked.store_id == public.store
    assert question.messages.get().text == FILLED["message"]
    assert question.messages.get().problems == []
    assert marked.messages.get().problems == ["looks_like_spam"]


@pytest.mark.parametrize(
    ("follows", "asked", "spoken"),
    [(False, "it", "de"), (True, "it,de;q=0.5", "it"), (True, "en-GB", "en"), (True, "fi", "en"), (False, "fi", "de")],
)
def test_the_form_speaks_the_stores_language_or_the_visitors_by_choice(anybody, public, follows, asked, spoken):
    publish_form(public.store, origins=[SHOP], consent="", follows_visitor=follows, by=SYSTEM, at=MONDAY)
    page = anybody.get(f"/form/{public.key}/", headers={"Accept-Language": asked})
    assert page.headers["Content-Language"] == spoken
    assert f'<html lang="{spoken}">' in page.text


def test_where_the_stores_language_is_none_of_ours_the_visitors_is_spoken(anybody):
    store = a_store("website", "", language="nl")
    public = publish_form(store.pk, origins=[], consent="", by=SYSTEM, at=MONDAY)
    page = anybody.get(f"/form/{public.key}/", headers={"Accept-Language": "it"})
    assert page.headers["Content-Language"] == "it"


def test_the_page_brings_its_own_empty_icon(anybody, public):
    assert '<link rel="icon" href="data:,">' in anybody.get(f"/form/{public.key}/").text


def test_a_customer_reads_that_there_is_no_form_any_more_and_nothing_of_the_agents(anybody, public):
    retire_store(public.store, by=SYSTEM, at=MONDAY)
    for address in (f"/form/{public.key}/", f"/form/{public.key}/thanks/", "/form/nobodys/"):
        answer = anybody.get(address, headers={"Accept-Language": "de"})
        assert answer.status_code == 404
        assert "Hier gibt es kein Kontaktformular mehr" in answer.text
        assert 'class="contact"' in answer.text
        assert 'href="/"' not in answer.text, "no way to the agents' desk"
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert anybody.post(f"/form/{public.key}/", {**FILLED, "token": token(public)}).status_code == 404
    assert StoredPayload.objects.count() == 0


def test_a_script_is_told_that_there_is_no_form(anybody):
    answer = anybody.get("/form/nobodys/messages", headers={"Origin": SHOP})
    assert (answer.status_code, answer.json()) == (404, {"error": "no_form"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
