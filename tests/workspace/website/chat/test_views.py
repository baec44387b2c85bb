"""What a page of the store's website may ask of its chat, and what nobody else may."""

import json

import pytest
from django.test import Client

from tests.factories.chats import WEBSITE, a_key, a_website
from tests.factories.mailboxes import a_mailbox
from tests.factories.shops import MONDAY
from tresen.accounts.actors import SYSTEM
from tresen.chats.models import Chat
from tresen.intake.models import StoredPayload
from tresen.intake.parsing import parse_kept
from tresen.stores.adding import set_shadow
from tresen.stores.chatting import ChatSettings, set_chat
from tresen.stores.publishing import form_of, publish_form
from tresen.tickets.models import Message
from tresen.workspace.website.chat.script import SCRIPT
from tresen.workspace.website.chat.taking import MOST_BYTES, NEW_PER_ADDRESS, PER_CHAT

pytestmark = pytest.mark.django_db

FIRST = {"email": "ida@mail.example", "name": "Ida", "order_number": "1042", "language": "en"}


@pytest.fixture
def store():
    return a_website()


@pytest.fixture
def anybody():
    return Client(enforce_csrf_checks=True)


def address(store, what=""):
    return f"/chat/{form_of(store).key}/{what}"


def post(client, store, *, what="messages", origin=WEBSITE, body=None, **content):
    given = {"key": a_key(), "number": "n-00000001", "message": "Is it in stock?", **FIRST, **content}
    text = json.dumps(given) if body is None else body
    headers = {"Origin": origin} if origin else {}
    return client.post(address(store, what), text, content_type="text/plain", headers=headers)


def test_the_script_has_one_lasting_address_and_is_small(anybody, store):
    served = anybody.get(f"/chat/{form_of(store).key}.js")
    assert served.headers["Content-Type"].startswith("text/javascript")
    assert served.content == SCRIPT
    assert len(served.content) < 30_000
    again = anybody.get(f"/chat/{form_of(store).key}.js", headers={"If-None-Match": served.headers["ETag"]})
    assert (again.status_code, again.cookies) == (304, {})
    assert anybody.get("/chat/nobodys.js").status_code == 404


def test_a_first_message_is_kept_raw_and_read_as_its_senders(anybody, store):
    answer = post(anybody, store)
    assert (answer.status_code, answer.cookies) == (201, {})
    assert answer.headers["Access-Control-Allow-Origin"] == WEBSITE
    assert StoredPayload.objects.get().about == "chat"
    parse_kept(MONDAY)
    message = Message.objects.get()
    assert (message.text, message.reply_to, message.facts["reply_by"]) == (
        "Is it in stock?",
        "ida@mail.example",
        "chat",
    )
    assert message.ticket.orders.get().number == "#1042"
    assert Chat.objects.get().conversation == message.conversation


def test_what_is_sent_again_is_taken_and_kept_once(anybody, store):
    key = a_key()
    assert [post(anybody, store, key=key).status_code for _twice in range(2)] == [201, 201]
    assert (StoredPayload.objects.count(), Chat.objects.count()) == (1, 1)


@pytest.mark.parametrize("origin", ["", "null", "https://evil.example", "https://shop.example.evil.example"])
def test_other_websites_are_told_and_give_nothing(anybody, store, origin):
    answer = post(anybody, store, origin=origin)
    assert (answer.status_code, answer.json()) == (403, {"error": "origin_not_allowed"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*", "a script that can read this asks no more"
    assert anybody.get(address(store), headers={"Origin": origin} if origin else {}).status_code == 403
    assert StoredPayload.objects.count() == 0


def test_a_chat_that_is_off_is_not_there(anybody, store):
    set_chat(store.pk, ChatSettings(on=False), by=SYSTEM, at=MONDAY)
    assert post(anybody, store).status_code == 404
    answer = anybody.get(address(store), headers={"Origin": WEBSITE})
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (404, "*")


def test_a_store_that_only_watches_offers_no_chat(anybody, store):
    assert anybody.get(address(store), headers={"Origin": WEBSITE}).status_code == 200
    set_shadow(store.pk, shadow=True, by=SYSTEM, at=MONDAY)
    answer = anybody.get(address(store), headers={"Origin": WEBSITE})
    assert (answer.status_code, answer.json()) == (404, {"error": "no_chat"})
    assert post(anybody, store).status_code == 404
    assert StoredPayload.objects.count() == 0


def test_the_window_promises_mail_only_where_mail_can_leave(anybody, store):
    assert anybody.get(address(store), headers={"Origin": WEBSITE}).json()["mails"] is False
    a_mailbox(store)
    assert anybody.get(address(store), headers={"Origin": WEBSITE}).json()["mails"] is True


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"email": "ida"}, ["email"]),
        ({"message": " "}, ["message"]),
        ({"message": "x" * 4001}, ["message"]),
        ({"key": "short", "number": "?"}, ["key", "number"]),
        ({"message": ["x"]}, ["message"]),
    ],
)
def test_what_cannot_be_meant_is_named_and_not_kept(anybody, store, given, fields):
    answer = post(anybody, store, **given)
    assert (answer.status_code, answer.json()["fields"]) == (422, fields)
    assert StoredPayload.objects.count() + Chat.objects.count() == 0


def test_who_must_agree_is_asked_and_what_he_agreed_to_is_kept(anybody, store):
    publish_form(store.pk, origins=[WEBSITE], consent="I agree.", by=SYSTEM, at=MONDAY)
    assert post(anybody, store).json()["fields"] == ["consent"]
    assert post(anybody, store, consent=True).status_code == 201
    parse_kept(MONDAY)
    assert Message.objects.get().facts["consent"] == "I agree."


@pytest.mark.parametrize("body", ["", "[]", "{", "[" * 9000, " " * (MOST_BYTES + 1)])
def test_what_is_no_message_is_refused(anybody, store, body):
    assert post(anybody, store, body=body).status_code == 400


def test_one_address_begins_few_chats_and_one_chat_says_little_at_once(anybody, store):
    keys = [a_key() for _each in range(NEW_PER_ADDRESS + 1)]
    begun = [post(anybody, store, key=key, email=f"{key}@mail.example") for key in keys]
    assert [one.status_code for one in begun] == [201] * NEW_PER_ADDRESS + [429]
    assert begun[-1].json()["seconds"] > 0
    said = [post(anybody, store, key=keys[0], number=f"n-{at:08d}").status_code for at in range(PER_CHAT + 1)]
    assert said == [201] * PER_CHAT + [429]


def test_a_page_is_told_how_the_chat_looks_and_may_end_it(anybody, store):
    set_chat(store.pk, ChatSettings(on=True, title="Hilfe", colour="#AA3300"), by=SYSTEM, at=MONDAY)
    look = anybody.get(address(store), headers={"Origin": WEBSITE}).json()
    assert (look["title"], look["colour"], look["language"]) == ("Hilfe", "#aa3300", "en")
    key = a_key()
    post(anybody, store, key=key)
    assert post(anybody, store, what="end", key=key).status_code == 204
    assert Chat.objects.get().left_at is not None


def test_the_demos_invented_website_may_show_it_and_no_nameless_page_by_that(anybody, store, settings):
    settings.DEMO_PLATFORMS = "http://127.0.0.1:9999"
    assert post(anybody, store, origin="http://127.0.0.1:9999").status_code == 201
    settings.DEMO_PLATFORMS = ""
    assert post(anybody, store, origin="").status_code == 403
