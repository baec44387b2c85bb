"""A number in the whole product: free words for a day, approved templates after it, and what became of each."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from tests.channels.whatsapp.numbers import IDA
from tests.factories.connected import a_whatsapp_store
from tests.factories.shops import MONDAY, a_store, an_agent
from tests.journeys.test_pages_and_accounts import Day, answers, post, sends
from tresen.accounts.actors import SYSTEM
from tresen.channels.contract import OutboundAttachment
from tresen.customers.models import Identity
from tresen.fakes.meta.webhooks import Delivery as Posted
from tresen.fakes.sales import Buyer, By, Letter, Talk
from tresen.fakes.whatsapp import FakeWhatsApp
from tresen.fakes.whatsapp.platform import a_template
from tresen.fakes.whatsapp.webhooks import delivered, of_letter, of_status
from tresen.fakes.world import World
from tresen.intake.models import StoredPayload
from tresen.intake.parsing import parse_kept
from tresen.outbox.models import Delivery, DeliveryState
from tresen.outbox.told import stages_of
from tresen.replies.answering import CannotAnswer
from tresen.replies.approved import answer_in_template
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.stores.models import Store
from tresen.tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db
UPDATE = a_template("ship_update", "Guten Tag {{1}}, Ihr Paket kommt am {{2}}.")


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def fake(day: Day) -> FakeWhatsApp:
    world = World(clock=day)
    world.fill(talks=[Talk(id="7", buyer=Buyer(key=IDA.key, name=IDA.name, email=""), topic="")])
    return FakeWhatsApp(world=world, templates=[UPDATE])


@pytest.fixture
def store(fake: FakeWhatsApp) -> Iterator[Store]:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    with a_whatsapp_store(fake) as store:
        yield store


def told(posted: Posted, day: Day) -> None:
    assert post(posted) == 200
    parse_kept(day.now + timedelta(seconds=1))


def asks(fake: FakeWhatsApp, day: Day) -> Ticket:
    letter = fake.world.write("7", by=By.BUYER, text="Wo ist mein Paket?")
    told(delivered([of_letter(letter, person=IDA)]), day)
    return Ticket.objects.latest("pk")


def last(fake: FakeWhatsApp) -> Letter:
    return fake.world.talks["7"].letters[-1]


def test_a_message_is_answered_and_says_when_it_arrived(store: Store, fake: FakeWhatsApp, day: Day) -> None:
    delivery = answers(asks(fake, day), day)
    sends(day)
    told(delivered([of_status(last(fake), "delivered", at=day.now)]), day)

    delivery.refresh_from_db()
    assert (delivery.state, last(fake).text) == (DeliveryState.ACCEPTED, "Es kommt morgen.")
    assert [stage.value for stage, _ in stages_of([delivery]).values()] == ["delivered"]
    assert store.pk


def test_what_threatens_the_right_to_write_reaches_the_numbers_of_that_business_alone(store: Store, day: Day) -> None:
    assert store.pk
    flagged = {"display_phone_number": "49301234567", "event": "FLAGGED", "current_limit": "TIER_10K"}
    change = {"field": "phone_number_quality_update", "value": flagged}
    told(delivered([change], business="102290129340399"), day)
    assert not StoredPayload.objects.exists()
    told(delivered([change]), day)

    notice = Message.objects.get()
    assert (notice.kind, notice.subject) == ("platform_notice", "WhatsApp: FLAGGED")


def test_a_file_that_does_not_arrive_takes_its_answer_back(store: Store, fake: FakeWhatsApp, day: Day) -> None:
    file = OutboundAttachment(name="Beleg.pdf", content_type="application/pdf", content=b"%PDF")
    delivery = answers(asks(fake, day), day, attachments=[file])
    sends(day)
    assert [bool(one.files) for one in fake.world.talks["7"].letters[-2:]] == [False, True]
    wrong = [{"code": 131053, "title": "Media upload error"}]
    told(delivered([of_status(last(fake), "failed", at=day.now, errors=wrong)]), day)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.answer) == (DeliveryState.BOUNCED, "131053 Media upload error")
    assert store.pk


def test_what_does_not_arrive_is_owed_again(store: Store, fake: FakeWhatsApp, day: Day) -> None:
    ticket = asks(fake, day)
    delivery = answers(ticket, day)
    sends(day)
    assert Clock.objects.get(ticket=ticket, kind="own", metric="first_reply").outcome == "met_provisional"
    wrong = [{"code": 131026, "title": "Message undeliverable"}]
    told(delivered([of_status(last(fake), "failed", at=day.now, errors=wrong)]), day)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.answer) == (DeliveryState.BOUNCED, "131026 Message undeliverable")
    assert Clock.objects.get(ticket=ticket, kind="own", metric="first_reply").outcome == "running"
    assert store.pk


def test_after_a_day_only_an_approved_template_leaves(store: Store, fake: FakeWhatsApp, day: Day) -> None:
    ticket = asks(fake, day)
    conversation = ticket.conversations.get()
    day.now = MONDAY + timedelta(days=2)
    with pytest.raises(CannotAnswer):
        answers(ticket, day)
    with pytest.raises(CannotAnswer):
        in_template(ticket, conversation.pk, day, {"1": "Ida", "2": " "})
    with pytest.raises(CannotAnswer):
        in_template(ticket, conversation.pk, day, {"1": "Ida", "2": "Montag"}, key="other/de")
    message = in_template(ticket, conversation.pk, day, {"1": "Ida", "2": "Montag"})
    sends(day)

    assert message.text == last(fake).text == "Guten Tag Ida, Ihr Paket kommt am Montag."
    assert Delivery.objects.get(message=message).state == DeliveryState.ACCEPTED
    assert store.pk


def in_template(
    ticket: Ticket, conversation: int, day: Day, values: dict[str, str], key: str = "ship_update/de"
) -> Message:
    return answer_in_template(
        ticket.pk,
        conversation_id=conversation,
        key=key,
        values=values,
        answers_up_to=Message.objects.filter(ticket=ticket, direction="in").latest("pk").pk,
        by=SYSTEM,
        at=day.now,
    )


def test_an_agent_finds_the_templates_where_free_words_end(store: Store, fake: FakeWhatsApp, day: Day) -> None:
    ticket = asks(fake, day)
    client = Client()
    client.force_login(an_agent(store.default_team))
    address = f"/tickets/{ticket.pk}/replies/template/?conversation={ticket.conversations.get().pk}"

    shown = client.get(f"/tickets/{ticket.pk}/").content.decode()
    assert "Send an approved template" in shown
    page = client.get(address).content.decode()
    assert ", Ihr Paket kommt am " in page
    newest = Message.objects.latest("pk").pk
    given = {"template": "ship_update/de", "answers_up_to": newest, "value-1": "Ida", "value-2": ""}
    refused = client.post(address, given)
    assert refused.status_code == 422
    assert 'value="Ida"' in refused.content.decode()
    assert client.post(address, given | {"value-2": "Montag"}).status_code == 302
    assert Message.objects.latest("pk").text == "Guten Tag Ida, Ihr Paket kommt am Montag."


def test_where_there_are_no_templates_there_is_no_page(store: Store, fake: FakeWhatsApp, day: Day) -> None:
    ticket = asks(fake, day)
    client = Client()
    client.force_login(an_agent(store.default_team))
    fake.templates = []
    base = f"/tickets/{ticket.pk}/replies/template/?conversation="

    assert "No template is approved yet" in client.get(f"{base}{ticket.conversations.get().pk}").content.decode()
    assert client.get(f"{base}0").status_code == 404
    assert client.get(base).status_code == 404


def test_a_telephone_is_the_same_person_on_every_channel(store: Store, fake: FakeWhatsApp, day: Day) -> None:
    asks(fake, day)
    assert Identity.objects.get().channel == "phone"
    assert a_store("email", "").pk != store.pk
