"""A number in the whole product: what comes is signed, what leaves is told, and STOP holds for ever."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from tests.channels.sms.account import IDA
from tests.factories.connected import an_sms_store
from tests.factories.shops import MONDAY, an_agent
from tests.journeys.test_pages_and_accounts import Day, answers, sends
from tresen.accounts.actors import SYSTEM
from tresen.customers.models import Identity
from tresen.fakes.sales import Buyer, By, Letter, Talk
from tresen.fakes.sms import NUMBER, FakeTwilio
from tresen.fakes.sms.webhooks import of_letter, of_status, posted
from tresen.fakes.world import World
from tresen.intake.erasing.erasing import erase
from tresen.intake.erasing.finding import meant_by
from tresen.intake.models import StoredPayload
from tresen.intake.parsing import parse_kept
from tresen.outbox.models import Consent, Delivery, DeliveryState
from tresen.outbox.preparing import prepared
from tresen.outbox.told import stages_of
from tresen.replies.afterwards import Then
from tresen.replies.answering import CannotAnswer
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.stores.models import Store, StoreConnection
from tresen.tickets.models import ConversationTie, Message, Ticket, TicketEvent
from tresen.timekeeping import wall

pytestmark = pytest.mark.django_db
HERE = "http://testserver"


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def fake(day: Day) -> FakeTwilio:
    world = World(clock=day)
    world.fill(talks=[Talk(id="7", buyer=Buyer(key=IDA.key, name="", email=""), topic="")])
    return FakeTwilio(world=world)


@pytest.fixture
def store(fake: FakeTwilio) -> Iterator[Store]:
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    with an_sms_store(fake) as store:
        yield store


def post(form: dict[str, str], store: Store, *, base: str = HERE, token: str = "", **more: str) -> int:
    address = f"/hooks/{store.pk}/"
    sent = posted(form, to=f"{base}{address}", **({"token": token} if token else {}))
    answer = Client().post(
        address, sent.body, content_type="application/x-www-form-urlencoded", headers={**sent.headers, **more}
    )
    if answer.status_code == 200:
        assert (answer["Content-Type"], answer.content) == ("text/xml", b"<Response></Response>")
    return answer.status_code


def tells(form: dict[str, str], store: Store, day: Day) -> None:
    assert post(form, store) == 200
    day.now += timedelta(seconds=1)
    parse_kept(day.now)


def says(fake: FakeTwilio, store: Store, day: Day, text: str = "Wo ist mein Paket?") -> Ticket:
    letter = fake.world.write("7", by=By.BUYER, text=text)
    tells(of_letter(letter, person=IDA.key), store, day)
    return Message.objects.filter(direction="in").latest("pk").ticket


def last(fake: FakeTwilio) -> Letter:
    return fake.world.talks["7"].letters[-1]


def test_a_message_is_answered_and_says_when_it_arrived(store: Store, fake: FakeTwilio, day: Day) -> None:
    ticket = says(fake, store, day)
    delivery = answers(ticket, day)
    sends(day)
    tells(of_status(last(fake), "delivered", person=IDA.key), store, day)

    delivery.refresh_from_db()
    assert (delivery.state, last(fake).text) == (DeliveryState.ACCEPTED, "Es kommt morgen.")
    assert [stage.value for stage, _ in stages_of([delivery]).values()] == ["delivered"]
    assert Identity.objects.get().channel == "phone"
    assert says(fake, store, day, "Danke") == ticket


def test_who_writes_to_two_numbers_is_answered_from_the_one_he_wrote_to_last(
    store: Store, fake: FakeTwilio, day: Day
) -> None:
    other = "+4930000000002"
    for number in (NUMBER, other, NUMBER):
        letter = fake.world.write("7", by=By.BUYER, text=f"Und an {number}?")
        tells(of_letter(letter, person=IDA.key, number=number), store, day)
        assert prepared(answers(Ticket.objects.get(), day)).thread == f"{number}/{IDA.key}"


def test_what_is_told_twice_is_one_and_what_nobody_signed_is_none(store: Store, fake: FakeTwilio, day: Day) -> None:
    form = of_letter(fake.world.write("7", by=By.BUYER, text="?"), person=IDA.key)
    assert post(form, store, token="another") == 401
    assert not StoredPayload.objects.exists()
    assert [post(form, store), post(form, store)] == [200, 200]
    parse_kept(day.now + timedelta(seconds=1))
    assert Message.objects.count() == 1


@override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"), ALLOWED_HOSTS=["desk.example"])
def test_behind_a_proxy_the_outer_address_is_signed(store: Store, fake: FakeTwilio) -> None:
    form = of_letter(fake.world.write("7", by=By.BUYER, text="?"), person=IDA.key)
    outer = {"X-Forwarded-Proto": "https", "Host": "desk.example"}

    assert post(form, store, base="https://desk.example", **outer) == 200
    assert post(form, store, base="http://desk.example", **outer) == 401


def test_what_does_not_arrive_is_owed_again_over_sms(
    store: Store, fake: FakeTwilio, day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wall, "now", day)  # a status says nothing of its time: that is when it arrives
    ticket = says(fake, store, day)
    delivery = answers(ticket, day)
    sends(day)
    assert Clock.objects.get(ticket=ticket, kind="own", metric="first_reply").outcome == "met_provisional"
    tells(of_status(last(fake), "undelivered", person=IDA.key, error="30003"), store, day)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.answer) == (DeliveryState.BOUNCED, "30003")
    assert Clock.objects.get(ticket=ticket, kind="own", metric="first_reply").outcome == "running"


def test_who_has_said_stop_gets_nothing_until_start(store: Store, fake: FakeTwilio, day: Day) -> None:
    ticket = says(fake, store, day)
    waiting = answers(ticket, day)
    assert says(fake, store, day, "Stop") == ticket
    sends(day)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.answer) == (DeliveryState.REFUSED, "consent_withdrawn")
    with pytest.raises(CannotAnswer, match="STOP"):
        answers(ticket, day)
    assert fake.sent == []
    client = Client()
    client.force_login(an_agent(store.default_team))
    page = client.get(f"/tickets/{ticket.pk}/").content.decode()
    assert "has said STOP" in page
    assert "You can call, and log that under More, Log a call about this; keep a note" in page

    says(fake, store, day, "START")
    answers(ticket, day)
    sends(day)
    assert len(fake.sent) == 1


def test_stop_alone_is_shown_and_waits_for_nothing(store: Store, fake: FakeTwilio, day: Day) -> None:
    ticket = says(fake, store, day, "STOP")
    assert (Message.objects.get().text, ticket.status) == ("STOP", "solved")
    assert not Clock.objects.filter(ticket=ticket, outcome="running").exists()
    assert not Delivery.objects.exists()


def test_stop_outlives_being_forgotten(store: Store, fake: FakeTwilio, day: Day) -> None:
    says(fake, store, day, "STOP")
    erase(meant_by("sms", keys=[IDA.key], emails=[], orders=[]), named=[IDA.key], channel="sms")

    assert not Identity.objects.filter(key=IDA.key).exists()
    assert not ConversationTie.objects.filter(value__contains=IDA.key).exists()
    assert not StoredPayload.objects.exclude(blob=None).exists()
    assert IDA.key.encode() not in bytes(Consent.objects.get().person)
    again = says(fake, store, day, "Hallo?")
    with pytest.raises(CannotAnswer, match="STOP"):
        answers(again, day)


AT_NIGHT = MONDAY + timedelta(hours=13)
IN_THE_MORNING = MONDAY + timedelta(hours=22)
"""23:00 and 08:00 in Germany, where Ida's number is."""


def hears(fake: FakeTwilio, store: Store, day: Day) -> Ticket:
    """Ida writes now, by the test's day: what is posted has come by the machine's."""
    ticket = says(fake, store, day)
    Message.objects.filter(direction="in").update(occurred_at=day.now)
    return ticket


def test_at_night_an_answer_waits_for_the_morning_and_stops_no_clock(store: Store, fake: FakeTwilio, day: Day) -> None:
    ticket = hears(fake, store, day)
    day.now = AT_NIGHT
    delivery = answers(ticket, day, then=Then.SOLVE)
    sends(day)
    assert (delivery.state, delivery.next_attempt_at) == (DeliveryState.QUEUED, IN_THE_MORNING)
    assert fake.sent == []
    assert not TicketEvent.objects.filter(kind="reply_accepted").exists()
    assert Clock.objects.get(ticket=ticket, kind="own", metric="first_reply").met_at is None

    day.now = IN_THE_MORNING
    sends(day)
    assert len(fake.sent) == 1
    assert TicketEvent.objects.filter(kind="reply_accepted").count() == 1


def test_who_has_just_written_gets_an_answer_at_night_from_people_alone(
    store: Store, fake: FakeTwilio, day: Day
) -> None:
    day.now = AT_NIGHT
    ticket = hears(fake, store, day)
    assert answers(ticket, day, by=SYSTEM).next_attempt_at == IN_THE_MORNING
    day.now += timedelta(minutes=29)
    answers(ticket, day)
    sends(day)
    assert len(fake.sent) == 1


def test_what_was_queued_before_the_hours_were_set_waits_too(store: Store, fake: FakeTwilio, day: Day) -> None:
    StoreConnection.objects.filter(store=store).update(settings={**store.connection.settings, "quiet_hours": "0"})
    ticket = hears(fake, store, day)
    day.now = AT_NIGHT
    delivery = answers(ticket, day)
    StoreConnection.objects.filter(store=store).update(settings=store.connection.settings)
    sends(day)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.answer) == (DeliveryState.QUEUED, "quiet_hours")
    assert timedelta(0) <= delivery.next_attempt_at - IN_THE_MORNING < timedelta(minutes=1)
    assert fake.sent == []


def test_the_composer_says_when_it_would_leave(store: Store, fake: FakeTwilio, day: Day) -> None:
    settings = {**store.connection.settings, "quiet_hours": "00:00-23:59"}
    StoreConnection.objects.filter(store=store).update(settings=settings)
    ticket = hears(fake, store, day)
    client = Client()
    client.force_login(an_agent(store.default_team))
    assert "It is night there: sent now, it leaves" in client.get(f"/tickets/{ticket.pk}/").text

    newest = Message.objects.get()
    given = {"conversation": newest.conversation_id, "answers_up_to": newest.pk, "text": "Morgen.", "then": "keep_open"}
    page = client.post(reverse("reply", args=[ticket.pk]), given, follow=True).text
    assert re.search(r"Leaves [^<]*23:59: it is night there", page)
    assert "Undo" in page
