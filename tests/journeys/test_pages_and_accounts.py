"""Pages and accounts in the whole product: one app's address for all of them, windows, answers typed elsewhere."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.channels.meta.accounts import BOTH
from tests.factories.connected import a_connected_page, a_meta_store
from tests.factories.replies import attempted
from tests.factories.sales import IDA
from tests.factories.shops import MONDAY, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.channels.contract import OutboundAttachment, Refused, Surface
from tresen.fakes.meta import ACCOUNT, APP, VERIFY_TOKEN, FakeMeta
from tresen.fakes.meta.webhooks import Delivery as Posted
from tresen.fakes.meta.webhooks import delivered, of_comment, of_letter
from tresen.fakes.sales import By, Letter, Talk
from tresen.fakes.world import World
from tresen.intake.erasing.erasing import erase
from tresen.intake.erasing.finding import meant_by
from tresen.intake.feeds.polling import poll_due
from tresen.intake.feeds.starting import start_feeds
from tresen.intake.models import StoredPayload
from tresen.intake.parsing import parse_kept
from tresen.outbox.models import Delivery, DeliveryState
from tresen.outbox.queueing import UNDO_WINDOW
from tresen.outbox.sending import send_due
from tresen.outbox.told import stages_of
from tresen.replies.answering import AnsweredMeanwhile, CannotAnswer, answer
from tresen.sla.defaults import create_defaults
from tresen.sla.models import Clock
from tresen.stores.models import Store
from tresen.stores.troubles import WINDOW_CLOSED
from tresen.tickets.models import Conversation, ConversationTie, Message, Ticket

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class Day:
    """Now, as a test says."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture(params=BOTH)
def channel(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def fake(channel: str, day: Day) -> FakeMeta:
    world = World(clock=day)
    world.fill(talks=[Talk(id="7", buyer=IDA, topic="")])
    return FakeMeta(world=world, of=BOTH[channel][0])


@pytest.fixture
def store(fake: FakeMeta, channel: str) -> Iterator[Store]:
    create_defaults(by=SYSTEM, at=MONDAY - 30 * DAY)
    with a_meta_store(fake, channel) as store:
        yield store


def post(posted: Posted, *, app: str = APP) -> int:
    headers = {name: value for name, value in posted.headers.items() if name != "Content-Type"}
    return (
        Client().post(f"/hooks/meta/{app}/", posted.body, content_type="application/json", headers=headers).status_code
    )


def tells(fake: FakeMeta, letter: Letter, day: Day) -> None:
    assert post(delivered(fake, [of_letter(fake, letter, person=IDA.key)])) == 200
    parse_kept(day.now + timedelta(seconds=1))


def asks(fake: FakeMeta, day: Day, text: str = "Wo ist mein Paket?") -> Ticket:
    tells(fake, fake.world.write("7", by=By.BUYER, text=text), day)
    return Ticket.objects.latest("pk")


def answers(ticket: Ticket, day: Day, *, by: Actor | None = None, **more: object) -> Delivery:
    newest = Message.objects.filter(ticket=ticket, direction="in").latest("pk")
    message = answer(
        ticket.pk,
        conversation_id=newest.conversation_id or 0,
        text="Es kommt morgen.",
        answers_up_to=newest.pk,
        by=by or Actor.agent(an_agent().pk),
        at=day.now,
        **more,  # type: ignore[arg-type]
    )
    return Delivery.objects.get(message=message)


def sends(day: Day) -> None:
    day.now += UNDO_WINDOW
    send_due(day.now)


def test_one_address_serves_all_pages_of_an_app(store: Store, fake: FakeMeta, day: Day, channel: str) -> None:
    other = a_connected_page(channel, address="https://meta.example", account="10000000000002")
    twin = FakeMeta(world=fake.world, of=fake.of, account="10000000000002")
    first = fake.world.write("7", by=By.BUYER, text="An die eine Seite")
    second = fake.world.write("7", by=By.BUYER, text="An die andere")
    entries = [of_letter(fake, first, person=IDA.key), of_letter(twin, second, person="2001")]

    assert post(delivered(fake, entries)) == 200
    assert post(delivered(fake, entries)) == 200
    parse_kept(day.now)

    found = Message.objects.values_list("conversation__store", "text")
    assert sorted(found) == sorted([(store.pk, "An die eine Seite"), (other.pk, "An die andere")])


def test_what_nobody_signed_and_what_is_of_nobody_is_not_kept(store: Store, fake: FakeMeta) -> None:
    letter = fake.world.write("7", by=By.BUYER, text="?")
    forged = delivered(fake, [of_letter(fake, letter, person=IDA.key)], secret="another")
    stranger = FakeMeta(world=fake.world, of=fake.of, account="10000000000009")

    assert post(forged) == 401
    assert post(delivered(stranger, [of_letter(stranger, letter, person=IDA.key)])) == 200
    assert post(delivered(fake, [of_letter(fake, letter, person=IDA.key)]), app="1") == 404
    assert not StoredPayload.objects.exists()
    assert store.pk


def test_at_a_stores_own_address_an_app_that_serves_several_is_not_heard(store: Store, fake: FakeMeta) -> None:
    posted = delivered(fake, [of_letter(fake, fake.world.write("7", by=By.BUYER, text="?"), person=IDA.key)])
    headers, address = {"X-Hub-Signature-256": posted.headers["X-Hub-Signature-256"]}, f"/hooks/{store.pk}/"
    asked = Client().get(address, {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "7"})
    assert asked.status_code == 404, "who enters it there hears so at once"
    assert Client().post(address, posted.body, content_type="application/json", headers=headers).status_code == 404
    assert not StoredPayload.objects.exists()


def test_meta_is_told_that_the_address_is_ours(store: Store) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "invented-word", "hub.challenge": "42"}
    said = Client().get(f"/hooks/meta/{APP}/", query)

    assert (said.status_code, said.content, said["Content-Type"]) == (200, b"42", "text/plain")
    assert Client().get(f"/hooks/meta/{APP}/", query | {"hub.verify_token": "?"}).status_code == 404
    assert store.pk


def test_a_person_answers_for_seven_days_and_a_bot_for_one(store: Store, fake: FakeMeta, day: Day) -> None:
    ticket = asks(fake, day)
    answers(ticket, day, by=SYSTEM)
    sends(day)
    day.now = MONDAY + 3 * DAY
    with pytest.raises(CannotAnswer):
        answers(ticket, day, by=SYSTEM)
    answers(ticket, day)
    sends(day)
    day.now = MONDAY + 7 * DAY
    with pytest.raises(CannotAnswer):
        answers(ticket, day)

    assert fake.tags == ["RESPONSE", "HUMAN_AGENT"]
    assert store.pk


def test_what_would_leave_too_late_is_held_for_a_person(store: Store, fake: FakeMeta, day: Day) -> None:
    ticket = asks(fake, day)
    day.now = MONDAY + DAY - timedelta(seconds=5)
    by_bot = answers(ticket, day, by=SYSTEM)
    sends(day)

    by_bot.refresh_from_db()
    assert (by_bot.state, by_bot.answer) == (DeliveryState.REFUSED, WINDOW_CLOSED)
    assert fake.tags == []
    assert store.pk


def test_a_new_message_opens_the_window_again(store: Store, fake: FakeMeta, day: Day) -> None:
    asks(fake, day)
    day.now = MONDAY + 8 * DAY
    ticket = asks(fake, day, "Hallo?")
    answers(ticket, day)
    sends(day)

    assert fake.tags == ["RESPONSE"]
    assert store.pk


def test_an_answer_typed_in_the_app_stops_the_clocks_and_warns_who_drafts(
    store: Store, fake: FakeMeta, day: Day
) -> None:
    ticket = asks(fake, day)
    seen = Message.objects.latest("pk").pk
    day.now += timedelta(minutes=30)
    tells(fake, fake.world.write("7", by=By.SELLER, text="Schon unterwegs."), day)

    clocks = Clock.objects.filter(ticket=ticket).exclude(metric="resolution")
    assert set(clocks.values_list("outcome", flat=True)) == {"met"}
    with pytest.raises(AnsweredMeanwhile):
        answers(ticket, day, seen=seen)
    assert store.pk


def test_our_own_answer_told_back_is_no_second_one_and_says_when_it_was_read(
    store: Store, fake: FakeMeta, day: Day
) -> None:
    ticket = asks(fake, day)
    delivery = answers(ticket, day)
    sends(day)
    letter = fake.world.talks["7"].letters[-1]
    tells(fake, letter, day)
    seen = {"sender": {"id": IDA.key}, "recipient": {"id": ACCOUNT}, "timestamp": int(day.now.timestamp() * 1000)}
    entry = {"id": ACCOUNT, "time": 1, "messaging": [{**seen, "read": {"mid": letter.id}}]}
    assert post(delivered(fake, [entry])) == 200
    parse_kept(day.now)

    delivery.refresh_from_db()
    assert Message.objects.filter(ticket=ticket, direction="out").count() == 1
    assert [stage.value for stage, _ in stages_of([delivery]).values()] == ["read"]
    assert store.pk


def test_files_told_back_are_no_answers_and_what_was_sent_by_hand_is_one_however_it_is_told(
    store: Store, fake: FakeMeta, day: Day
) -> None:
    ticket = asks(fake, day)
    file = OutboundAttachment(name="Beleg.pdf", content_type="application/pdf", content=b"%PDF")
    delivery = answers(ticket, day, attachments=[file] if fake.of.files else [])
    sends(day)
    by_hand = fake.world.write("7", by=By.SELLER, text="", files=[("Foto", 4)])
    for letter in fake.world.talks["7"].letters[1:]:
        tells(fake, letter, day)
    start_feeds(store.pk, past=DAY, at=day.now)
    assert poll_due(day.now)
    parse_kept(day.now)

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.ACCEPTED
    elsewhere = Message.objects.filter(ticket=ticket, kind="own_answer")
    assert [(one.external_id, one.text) for one in elsewhere] == [(by_hand.id, "[file]")]


def test_a_comment_is_answered_as_was_chosen(store: Store, fake: FakeMeta, day: Day) -> None:
    comment = fake.comment("Gibt es die in Blau?", writer=IDA)
    assert post(delivered(fake, [of_comment(fake, comment)])) == 200
    parse_kept(day.now + timedelta(seconds=1))
    ticket = Ticket.objects.latest("pk")
    assert Conversation.objects.get(ticket=ticket).surface == Surface.COMMENT

    with pytest.raises(CannotAnswer):
        answers(ticket, day)
    answers(ticket, day, way="public")
    sends(day)
    answers(ticket, day, way="private")
    sends(day)

    assert [one.below for one in fake.comments.values()] == ["", comment.id]
    assert [letter.text for letter in fake.world.talks["7"].letters] == ["Es kommt morgen."]
    client = Client()
    client.force_login(an_agent(store.default_team))
    shown = client.get(f"/tickets/{ticket.pk}/").content.decode()
    counts = shown.count("for all to read</span>"), shown.count("to its writer alone</span>")
    assert counts == (3, 1), "the comment, our answer, and the choice in the composer"
    assert store.pk


def test_a_comment_and_a_message_of_the_same_person_are_one_ticket_and_two_conversations(
    store: Store, fake: FakeMeta, day: Day
) -> None:
    assert post(delivered(fake, [of_comment(fake, fake.comment("Gibt es die in Blau?", writer=IDA))])) == 200
    parse_kept(day.now + timedelta(seconds=1))
    day.now += timedelta(minutes=5)
    asks(fake, day, "Sie hatten mir geschrieben?")

    assert Ticket.objects.count() == 1
    assert sorted(Conversation.objects.values_list("surface", flat=True)) == ["", "comment"]
    assert store.pk


def test_who_is_forgotten_is_named_in_no_thread_and_no_servers_words(
    store: Store, fake: FakeMeta, day: Day, channel: str
) -> None:
    ticket = asks(fake, day)
    delivery = answers(ticket, day)
    attempted(delivery, Refused(reason=f"No user {IDA.key}"), at=day.now)
    assert ConversationTie.objects.filter(value__contains=IDA.key).count() == 2
    erase(meant_by(channel, keys=[IDA.key], emails=[], orders=[]), named=[IDA.key], channel=channel)

    assert not ConversationTie.objects.filter(value__contains=IDA.key).exists()
    delivery.refresh_from_db()
    assert delivery.answer == ""
    assert store.pk
