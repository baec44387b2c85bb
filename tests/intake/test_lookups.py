"""What leads a message back to its conversation, where the stores of one brand share a mailbox."""

from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import Actor
from tresen.channels.contract import IdentityKind, ThreadKey, ThreadKeyKind
from tresen.replies.answering import answer
from tresen.tickets.models import Message

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=3)


def _asked_in_the_shop(shop):
    (filing,) = filed(shop, a_message(sender="petra@mail.example", kind=IdentityKind.EMAIL))
    return filing


def _answered(shop, filing) -> str:
    by = Actor.agent(an_agent(shop.default_team).pk)
    reply = answer(
        filing.ticket.id,
        conversation_id=filing.conversation.id,
        text="Es ist unterwegs.",
        answers_up_to=filing.message,
        by=by,
        at=MONDAY + timedelta(hours=1),
    )
    return reply.external_id


def _reply_to(message_id: str, *, sender: str = "petra@mail.example"):
    tie = ThreadKey(kind=ThreadKeyKind.REFERENCE, value=message_id)
    return a_message(at=LATER, text="Danke!", sender=sender, kind=IdentityKind.EMAIL, ties=(tie,))


def test_a_reply_to_our_answer_comes_home_also_through_another_store_of_the_brand():
    shop = a_store("shopify", "")
    plain_mail = a_store("email", "", brand=shop.brand, team=shop.default_team)
    asked = _asked_in_the_shop(shop)
    (reply,) = filed(plain_mail, _reply_to(_answered(shop, asked)))
    assert reply.ticket.id == asked.ticket.id
    assert Message.objects.get(pk=reply.message).conversation_id == asked.conversation.id


def test_a_stranger_who_knows_the_id_of_our_answer_starts_a_ticket_of_his_own():
    shop = a_store("shopify", "")
    plain_mail = a_store("email", "", brand=shop.brand, team=shop.default_team)
    asked = _asked_in_the_shop(shop)
    (reply,) = filed(plain_mail, _reply_to(_answered(shop, asked), sender="stranger@mail.example"))
    assert reply.ticket.id != asked.ticket.id


def test_another_brand_does_not_join_the_ticket():
    shop = a_store("shopify", "")
    asked = _asked_in_the_shop(shop)
    (reply,) = filed(a_store("email", ""), _reply_to(_answered(shop, asked)))
    assert reply.ticket.id != asked.ticket.id


def test_the_id_of_somebody_elses_mail_leads_only_to_its_own_store():
    shop = a_store("shopify", "")
    plain_mail = a_store("email", "", brand=shop.brand, team=shop.default_team)
    first = a_message(sender="petra@mail.example", kind=IdentityKind.EMAIL, external_id="first@mail.example")
    (asked,) = filed(shop, first)
    (reply,) = filed(plain_mail, _reply_to("first@mail.example"))
    assert reply.ticket.id != asked.ticket.id
