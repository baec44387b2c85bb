"""Old chats forget who wrote; the tickets stay as they are."""

import pytest

from tests.factories.chats import a_chat, a_key, a_website
from tests.factories.shops import MONDAY
from tresen.chats.expiring import forget_old_chats
from tresen.chats.models import Chat
from tresen.chats.visiting import KEPT_FOR, Visitor, begin
from tresen.tickets.models import Message

pytestmark = pytest.mark.django_db


def test_a_chat_that_is_silent_for_a_month_knows_nobody_any_more():
    store = a_website()
    a_chat(store, at=MONDAY)
    begin(store.pk, a_key(), Visitor(email="nobody.wrote@mail.example"), at=MONDAY)
    begin(store.pk, a_key(), Visitor(email="fresh@mail.example"), at=MONDAY + KEPT_FOR)
    assert forget_old_chats(MONDAY + KEPT_FOR) == 2
    assert forget_old_chats(MONDAY + KEPT_FOR) == 0
    assert list(Chat.objects.order_by("pk").values_list("email", flat=True)) == ["", "fresh@mail.example"]
    assert Chat.objects.filter(key=None, name="").count() == 1
    assert Message.objects.get().text == "Is the stool in stock?"
