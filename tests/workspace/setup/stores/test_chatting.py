"""An admin sets up the chat of a website and gets the one line to copy."""

from django.urls import reverse

from tests.factories.chats import a_website
from tests.factories.mailboxes import a_mailbox
from tests.factories.shops import a_store
from tresen.stores.chatting import chat_of
from tresen.stores.models import Store
from tresen.stores.publishing import form_of


def given(**more):
    return {
        "on": "on",
        "origins": "https://neu.example",
        "colour": "#aa3300",
        "left_after": "4",
        "take_within": "40",
        "answer_within": "6",
        **more,
    }


def test_what_is_entered_is_how_the_chat_is_from_now(by_admin):
    store = a_website()
    address = reverse("setup-store-chat", args=[store.pk])
    page = by_admin.get(address).text
    assert f"http://testserver/chat/{form_of(store).key}.js" in page
    assert "script-src http://testserver; connect-src http://testserver" in page
    by_admin.post(address, given(greeting="  Guten   Tag! "))
    kept = Store.objects.get()
    assert (chat_of(kept).greeting, chat_of(kept).colour, chat_of(kept).left_after) == ("Guten Tag!", "#aa3300", 4)
    assert form_of(kept).origins == ("https://neu.example",)


def test_what_cannot_be_is_said_at_its_field_and_nothing_is_kept(by_admin):
    store = a_website()
    address = reverse("setup-store-chat", args=[store.pk])
    for wrong in ({"origins": "shop"}, {"colour": "red"}, {"left_after": "0"}):
        assert by_admin.post(address, given(**wrong)).status_code == 422
    store.refresh_from_db()
    assert form_of(store).origins == ("https://shop.example",)
    assert chat_of(store).left_after == 3


def test_a_marketplace_has_no_chat(by_admin):
    assert by_admin.get(reverse("setup-store-chat", args=[a_store().pk])).status_code == 404


def test_the_page_says_what_keeps_visitors_from_the_chat_or_from_answers(by_admin):
    store = a_website()
    address = reverse("setup-store-chat", args=[store.pk])
    page = by_admin.get(address).text
    assert "This store has no mailbox: whoever leaves the chat gets no answer" in page
    assert "Whoever leaves gets the answer by mail" not in page
    assert "No visitor sees the chat" not in page

    a_mailbox(store)
    Store.objects.update(shadow=True)
    page = by_admin.get(address).text
    assert "No visitor sees the chat while this store only watches" in page
    assert "has no mailbox" not in page
