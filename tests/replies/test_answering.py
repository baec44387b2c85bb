from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.factories.messages import a_message, filed
from tests.factories.replies import a_ticket, answered
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.channels.contract import (
    REPLY_BY_EMAIL_UNVERIFIED,
    NoticeKind,
    OutboundAttachment,
    PlatformLink,
    PlatformNotice,
    ReplyBy,
)
from tresen.mail.thread_keys import is_own_message_id
from tresen.outbox.models import Delivery, DeliveryState
from tresen.outbox.queueing import UNDO_WINDOW
from tresen.outbox.sending import send_due
from tresen.replies.answering import CannotAnswer, Then, answer, withdraw
from tresen.replies.drafting import drafts_of, keep_draft
from tresen.tickets.models import Attachment, Conversation, ConversationTie, Message, Ticket, TicketEvent
from tresen.tickets.solving import solve

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)


def kinds(ticket: Ticket) -> list[str]:
    return list(TicketEvent.objects.filter(ticket=ticket).order_by("sequence").values_list("kind", flat=True))


def status(ticket: Ticket) -> str:
    return Ticket.objects.get(pk=ticket.pk).status


def test_an_answer_is_a_message_with_a_fixed_id_that_leaves_after_the_undo_window() -> None:
    ticket = a_ticket()
    delivery = answered(ticket, at=LATER)
    message = delivery.message
    assert (message.direction, message.kind, message.text) == ("out", "message", "Ihr Paket ist unterwegs.")
    assert is_own_message_id(message.external_id)
    assert delivery.idempotency_key == message.external_id
    assert message.external_id.endswith("@nordlicht.example")
    assert (delivery.state, delivery.next_attempt_at) == (DeliveryState.QUEUED, LATER + UNDO_WINDOW)
    assert delivery.recipient == "q7w2e9r4t1@marketplace.amazon.de"
    assert ConversationTie.objects.filter(kind="reference", value=message.external_id).exists()
    assert "reply_queued" in kinds(ticket)
    assert status(ticket) == "open"


def test_a_store_in_shadow_holds_its_answers() -> None:
    delivery = answered(a_ticket(a_store(channel="console", marketplace="", shadow=True)), at=LATER)
    assert (delivery.state, delivery.next_attempt_at) == (DeliveryState.HELD, None)
    assert send_due(LATER + timedelta(days=1)) == 0


def test_a_store_put_in_shadow_later_holds_what_was_queued() -> None:
    store = a_store(channel="console", marketplace="")
    delivery = answered(a_ticket(store), at=LATER)
    store.shadow = True
    store.save(update_fields=["shadow"])
    assert send_due(LATER + timedelta(minutes=1)) == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.HELD, 0)


@pytest.mark.parametrize(("then", "becomes"), [(Then.SOLVE, "solved"), (Then.WAIT, "waiting")])
def test_an_answer_taken_back_undoes_what_it_did_and_is_a_draft_again(then: Then, becomes: str) -> None:
    ticket = a_ticket()
    agent = Actor.agent(an_agent().pk)
    delivery = answered(ticket, at=LATER, by=agent, then=then)
    assert status(ticket) == becomes
    assert withdraw(delivery.message_id, by=agent, at=LATER + timedelta(seconds=3))
    assert status(ticket) == "open"
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.WITHDRAWN
    assert [draft.text for draft in drafts_of(ticket.pk, by=agent, at=MONDAY).values()] == ["Ihr Paket ist unterwegs."]
    assert withdraw(delivery.message_id, by=agent, at=LATER + timedelta(seconds=4))
    assert send_due(LATER + timedelta(hours=1)) == 0


def test_what_was_solved_before_the_answer_stays_solved_when_it_is_taken_back() -> None:
    ticket = a_ticket()
    agent = Actor.agent(an_agent().pk)
    solve(ticket.pk, by=agent, at=MONDAY + timedelta(minutes=5))
    delivery = answered(ticket, at=LATER, by=agent, then=Then.SOLVE)
    assert kinds(ticket).count("ticket_solved") == 1
    assert withdraw(delivery.message_id, by=agent, at=LATER + timedelta(seconds=3))
    assert status(ticket) == "solved"


def test_an_answer_that_is_on_its_way_can_no_longer_be_taken_back() -> None:
    ticket = a_ticket(a_store(channel="console", marketplace=""))
    delivery = answered(ticket, at=LATER, then=Then.SOLVE)
    send_due(LATER + timedelta(minutes=1))
    assert not withdraw(delivery.message_id, by=Actor.agent(an_agent().pk), at=LATER + timedelta(minutes=2))
    assert status(ticket) == "solved"


def test_answering_drops_the_draft() -> None:
    ticket = a_ticket()
    agent = Actor.agent(an_agent().pk)
    keep_draft(Conversation.objects.get(ticket=ticket).pk, text="Ihr Pak", by=agent, at=MONDAY)
    answered(ticket, by=agent)
    assert drafts_of(ticket.pk, by=agent, at=MONDAY) == {}


def test_files_are_kept_with_the_answer() -> None:
    ticket = a_ticket()
    message = answer(
        ticket.pk,
        conversation_id=Conversation.objects.get(ticket=ticket).pk,
        text="Anbei die Rechnung.",
        answers_up_to=Message.objects.get(ticket=ticket).pk,
        by=Actor.agent(an_agent().pk),
        at=LATER,
        attachments=[OutboundAttachment(name="Rechnung.pdf", content_type="application/pdf", content=b"%PDF")],
    )
    file = Attachment.objects.get(message=message)
    assert (file.name, file.size) == ("Rechnung.pdf", 4)


def refused(ticket: Ticket, *, text: str = "Gern.", conversation: int | None = None, up_to: int | None = None) -> str:
    with pytest.raises(CannotAnswer) as no:
        answer(
            ticket.pk,
            conversation_id=conversation or Conversation.objects.filter(ticket=ticket).latest("pk").pk,
            text=text,
            answers_up_to=up_to or Message.objects.filter(ticket=ticket).latest("pk").pk,
            by=Actor.agent(an_agent().pk),
            at=LATER,
        )
    assert not Delivery.objects.exists()
    return f"{no.value} {no.value.link}".strip()


def test_an_empty_answer_is_refused() -> None:
    assert refused(a_ticket(), text=" \n\0") == "The answer is empty."


def test_an_answer_longer_than_the_channel_takes_says_by_how_much() -> None:
    ticket = a_ticket(a_store("ebay", "ebay.de"), sender="abc@members.ebay.de")
    assert refused(ticket, text="x" * 1_000_000).endswith("characters too long: eBay takes 2000.")


def test_a_conversation_of_another_ticket_is_refused() -> None:
    ticket, other = a_ticket(), a_ticket(sender="another@marketplace.amazon.de")
    assert "another ticket" in refused(ticket, conversation=Conversation.objects.get(ticket=other).pk)


def test_a_page_that_shows_messages_of_another_ticket_is_out_of_date() -> None:
    ticket, other = a_ticket(), a_ticket(sender="another@marketplace.amazon.de")
    assert "out of date" in refused(ticket, up_to=Message.objects.get(ticket=other).pk)


def test_a_notice_of_the_platform_cannot_be_answered() -> None:
    notice = PlatformNotice(
        external_id="n@mail.example",
        kind=NoticeKind.A_TO_Z_OPENED,
        occurred_at=MONDAY,
        subject="Claim received on order",
        text="A claim.",
        order_ids=("302-1234567-1234567",),
    )
    filing, *_ = filed(a_store(), notice)
    assert "notices can't be answered" in refused(Ticket.objects.get(pk=filing.ticket.id))


def test_what_can_only_be_answered_on_the_platform_leads_there() -> None:
    link = PlatformLink(kind="thread", url="https://platform.example/messages/7")
    message = replace(a_message(), reply_by=ReplyBy.PLATFORM, links=(link,))
    filing, *_ = filed(a_store(), message)
    said = refused(Ticket.objects.get(pk=filing.ticket.id))
    assert (
        said
        == "Amazon takes no answers by mail here: answer on the platform itself. https://platform.example/messages/7"
    )


def test_where_mail_may_work_beside_the_platform_an_answer_can_leave() -> None:
    said = {REPLY_BY_EMAIL_UNVERIFIED: "true"}
    filing, *_ = filed(a_store(), replace(a_message(), reply_by=ReplyBy.PLATFORM, extra=said))
    ticket = Ticket.objects.get(pk=filing.ticket.id)
    assert answered(ticket).recipient == "q7w2e9r4t1@marketplace.amazon.de"


def test_an_answer_given_in_twice_from_one_page_is_one_answer() -> None:
    ticket = a_ticket()
    page = uuid4()
    first, second = (given_in(ticket, page) for _ in range(2))
    assert first == second
    assert Delivery.objects.count() == 1
    assert kinds(ticket).count("reply_queued") == 1


def test_another_text_from_the_same_page_is_another_answer() -> None:
    ticket = a_ticket()
    page = uuid4()
    assert given_in(ticket, page) != given_in(ticket, page, text="Und die Rechnung liegt bei.")
    assert Delivery.objects.count() == 2


def test_an_answer_taken_back_can_be_given_in_again_from_the_same_page() -> None:
    ticket = a_ticket()
    page = uuid4()
    first = given_in(ticket, page)
    withdraw(first, by=SYSTEM, at=LATER)
    assert given_in(ticket, page) != first
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["queued", "withdrawn"]


def given_in(ticket: Ticket, page: UUID, *, text: str = "Es kommt morgen.") -> int:
    conversation = Conversation.objects.get(ticket=ticket)
    asked = Message.objects.get(ticket=ticket, direction="in")
    message = answer(
        ticket.pk,
        conversation_id=conversation.pk,
        text=text,
        answers_up_to=asked.pk,
        by=SYSTEM,
        at=LATER,
        submission=page,
    )
    return message.pk
