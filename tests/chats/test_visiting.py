"""A chat is its browser's, known by a key that nobody guesses and no row keeps."""

from datetime import timedelta

import pytest

from tests.factories.chats import a_key, a_website
from tests.factories.shops import MONDAY
from tresen.chats.models import Chat
from tresen.chats.visiting import KEPT_FOR, Visitor, begin, chat_by_key, is_key, leave, note_alive, note_written

pytestmark = pytest.mark.django_db

IDA = Visitor(email="ida@mail.example")
MINUTE = timedelta(minutes=1)


def test_begun_twice_it_is_one_chat_and_its_key_is_not_kept():
    store, key = a_website(), a_key()
    first, again = begin(store.pk, key, IDA, at=MONDAY), begin(store.pk, key, IDA, at=MONDAY + MINUTE)
    assert first.pk == again.pk
    assert key.encode() not in bytes(Chat.objects.get().key)


def test_it_opens_with_its_key_at_its_store_while_it_is_young():
    store, key = a_website(), a_key()
    chat = begin(store.pk, key, IDA, at=MONDAY)
    assert chat_by_key(store.pk, key, at=MONDAY + MINUTE) == chat
    assert chat_by_key(store.pk, a_key(), at=MONDAY) is None
    assert chat_by_key(a_website().pk, key, at=MONDAY) is None
    assert chat_by_key(store.pk, key, at=MONDAY + KEPT_FOR) is None


def test_a_key_that_opens_nothing_any_more_begins_a_chat_of_its_own():
    store, other, key = a_website(), a_website(), a_key()
    old = begin(store.pk, key, IDA, at=MONDAY)
    kai = Visitor(email="kai@mail.example")
    new = begin(store.pk, key, kai, at=MONDAY + KEPT_FOR)
    assert (new == old, new.email) == (False, "kai@mail.example")
    elsewhere = begin(other.pk, key, kai, at=MONDAY + KEPT_FOR)
    assert elsewhere.store == other
    assert chat_by_key(store.pk, key, at=MONDAY + KEPT_FOR) == new, "each store's pages have a chat of their own"


@pytest.mark.parametrize("key", ["", "short", "k" * 101, "ä" * 40, "k" * 40 + "\0"])
def test_what_no_browser_of_ours_makes_is_no_key(key):
    assert not is_key(key)
    assert chat_by_key(a_website().pk, key, at=MONDAY) is None


def test_who_has_ended_it_is_back_when_he_writes_and_not_by_a_request_that_was_under_way():
    chat = begin(a_website().pk, a_key(), IDA, at=MONDAY)
    leave(chat, at=MONDAY + MINUTE)
    note_alive(chat, at=MONDAY + 2 * MINUTE)
    chat.refresh_from_db()
    assert (chat.left_at, chat.seen_at) == (MONDAY + MINUTE, MONDAY)
    note_written(chat, at=MONDAY + 3 * MINUTE)
    chat.refresh_from_db()
    assert (chat.left_at, chat.seen_at) == (None, MONDAY + 3 * MINUTE)
