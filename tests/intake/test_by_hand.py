"""What is logged by hand is kept raw, filed as any message, and leaves behind what the agent said of it."""

from datetime import timedelta

import msgspec
import pytest

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.scope import EVERYTHING, NOTHING
from tresen.channels.by_hand.log import Ended, Kind, Log
from tresen.channels.contract import IdentityKind, InboundAttachment
from tresen.duties.models import Promise
from tresen.intake.by_hand import LogHidden, receive_log, thread_of, whereabouts
from tresen.intake.models import PayloadState, StoredPayload
from tresen.intake.parsing import parse_kept
from tresen.replies.owing import is_owed
from tresen.sla.models import Clock
from tresen.tickets.models import Conversation, Message, Ticket

pytestmark = pytest.mark.django_db(transaction=True)

HOUR = timedelta(hours=1)


@pytest.fixture
def store():
    return a_store("website", "")


@pytest.fixture
def agent(store):
    return an_agent(store.default_team, name="Jana Meier")


def logged(store, agent, ended=Ended.OPEN, at=MONDAY, *, filed=True, **more):
    log = Log(
        id=f"{more.pop('id', 'a1')}@by-hand",
        agent=agent.pk,
        kind=Kind.PHONE,
        ended=ended,
        at=at,
        text=more.pop("text", "Where is the lamp?"),
        who_kind=IdentityKind.PHONE,
        who_key="+493023125014",
        who_name="Ida Muster",
    )
    kept = receive_log(store.pk, msgspec.structs.replace(log, **more), at=at + HOUR)
    if filed:
        parse_kept(at + HOUR)
    return kept


def test_a_call_saved_twice_is_kept_raw_once_and_owes_an_answer_from_its_own_time(store, agent):
    assert logged(store, agent)
    assert not logged(store, agent)
    ticket = Ticket.objects.get()
    assert (ticket.status, ticket.identity.customer.name) == ("open", "Ida Muster")
    assert (ticket.identity.channel, ticket.identity.key) == ("phone", "+493023125014")
    assert is_owed(ticket.pk)
    assert StoredPayload.objects.get().source == "by_hand"
    assert Message.objects.get().occurred_at == MONDAY


def test_what_was_answered_at_once_is_solved_by_who_logged_it(store, agent):
    logged(store, agent, Ended.ANSWERED)
    ticket = Ticket.objects.get()
    assert ticket.status == "solved"
    assert not is_owed(ticket.pk)
    assert Message.objects.get(direction="out").agent == agent
    assert not Clock.objects.filter(ticket=ticket, outcome__in=["running", "breached"]).exists()


def test_what_was_promised_stays_open_until_the_call_back_keeps_it(store, agent):
    logged(store, agent, Ended.PROMISED, promise_due=MONDAY + 5 * HOUR, promise="call back")
    ticket = Ticket.objects.get()
    assert (ticket.status, is_owed(ticket.pk)) == ("open", False)
    assert Promise.objects.get().what == "call back"
    assert Clock.objects.get(ticket=ticket, kind="promise").outcome == "running"

    logged(store, agent, Ended.GIVEN, at=MONDAY + 2 * HOUR, id="b2", text="It leaves today.", thread=thread_of(ticket))
    assert Clock.objects.get(ticket=ticket, kind="promise").outcome == "met"
    assert Message.objects.filter(ticket=ticket, direction="out").count() == 2


def test_a_promise_whose_date_passed_before_it_was_read_is_kept_all_the_same(store, agent):
    logged(store, agent, Ended.PROMISED, promise_due=MONDAY + timedelta(minutes=5))
    assert Promise.objects.count() == 1


def test_a_call_about_a_ticket_stands_in_it_beside_the_mail_and_stops_no_clock_of_the_platform(agent):
    store = a_store()
    filed(store, a_message(subject="Wo ist mein Paket?", at=MONDAY - HOUR))
    ticket = Ticket.objects.get()
    who = ticket.identity
    logged(
        store,
        agent,
        Ended.ANSWERED,
        who_kind=IdentityKind(who.kind),
        who_key=who.key,
        who_name=who.name,
        thread=thread_of(ticket),
    )
    assert Ticket.objects.get() == ticket
    mail, call = Conversation.objects.order_by("pk")
    assert (mail.surface, call.surface, call.identity) == ("", "by_hand", mail.identity)
    assert is_owed(ticket.pk)
    assert not Clock.objects.filter(conversation=call, kind="platform").exists()
    assert Clock.objects.filter(conversation=mail, kind="platform", outcome="running").exists()


def test_a_second_call_of_the_same_number_joins_what_is_open(store, agent):
    logged(store, agent)
    logged(store, agent, at=MONDAY + HOUR, id="b2", text="And now?")
    assert Message.objects.filter(ticket=Ticket.objects.get()).count() == 2


def test_a_call_of_one_who_is_known_at_another_channel_is_his(store, agent):
    ebay = a_store("ebay", "ebay.de", brand=store.brand)
    filed(ebay, a_message(sender="klein_m", kind=IdentityKind.USERNAME, name="Matthias Klein"))
    known = Ticket.objects.get().identity
    mine = {"who_kind": IdentityKind.USERNAME, "who_key": known.key, "who_channel": "ebay", "who_realm": known.realm}
    logged(store, agent, who_name="Matthias Klein", **mine)
    call = Ticket.objects.get(store=store)
    assert (call.identity, call.identity.customer) == (known, known.customer)
    logged(store, agent, at=MONDAY + HOUR, id="b2", text="And now?", who_name="Klein", **mine)
    assert Message.objects.filter(ticket=call).count() == 2


def test_one_of_whom_there_is_a_name_only_can_be_chosen_again_and_his_open_ticket_goes_on(store, agent):
    logged(store, agent, who_kind=IdentityKind.USERNAME, who_key="")
    known = Ticket.objects.get().identity
    logged(
        store,
        agent,
        at=MONDAY + HOUR,
        id="b2",
        who_kind=IdentityKind.USERNAME,
        who_key=known.key,
        who_channel=known.channel,
        who_realm=known.realm,
    )
    assert Message.objects.filter(ticket=Ticket.objects.get(), identity=known).count() == 2


def test_a_scan_of_our_own_letter_is_kept_with_it(store, agent):
    logged(store, agent)
    scan = InboundAttachment(name="letter.pdf", content_type="application/pdf", content=b"%PDF")
    answer = Log(
        id="c3@by-hand",
        agent=agent.pk,
        kind=Kind.LETTER,
        ended=Ended.GIVEN,
        at=MONDAY + HOUR,
        text="We wrote back.",
        thread=thread_of(Ticket.objects.get()),
    )
    receive_log(store.pk, answer, attachments=[scan], at=MONDAY + 2 * HOUR)
    parse_kept(MONDAY + 2 * HOUR)

    assert [one.name for one in Message.objects.get(direction="out").attachments.all()] == ["letter.pdf"]


def test_a_log_waits_and_is_then_where_its_ticket_is(store, agent):
    logged(store, agent, filed=False)
    waiting = whereabouts("a1@by-hand", scope=EVERYTHING)
    assert (waiting.ticket, waiting.since, waiting.aside) == (None, MONDAY + HOUR, False)

    parse_kept(MONDAY + HOUR)
    ticket = Ticket.objects.get()
    assert whereabouts("a1@by-hand", scope=EVERYTHING).ticket == ticket.pk
    logged(store, agent, Ended.GIVEN, id="b2", text="It leaves today.", thread=thread_of(ticket))
    assert whereabouts("b2@by-hand", scope=EVERYTHING).ticket == ticket.pk


def test_the_ticket_of_a_log_is_known_after_the_log_itself_has_expired(store, agent):
    logged(store, agent)
    StoredPayload.objects.all().delete()
    assert whereabouts("a1@by-hand", scope=EVERYTHING).ticket == Ticket.objects.get().pk


def test_a_log_that_could_not_be_filed_is_said_to_be_set_aside(store, agent):
    logged(store, agent, filed=False)
    StoredPayload.objects.update(state=PayloadState.QUARANTINED)
    assert whereabouts("a1@by-hand", scope=EVERYTHING).aside


def test_a_log_that_was_filed_as_unreadable_is_found_all_the_same(store, agent):
    logged(store, agent, text=" ")
    assert whereabouts("a1@by-hand", scope=EVERYTHING).ticket == Ticket.objects.get().pk


@pytest.mark.parametrize("filed", [True, False])
def test_out_of_scope_there_is_no_such_log(store, agent, filed):
    logged(store, agent, filed=filed)
    with pytest.raises(LogHidden):
        whereabouts("a1@by-hand", scope=NOTHING)
    with pytest.raises(LogHidden):
        whereabouts("c3@by-hand", scope=EVERYTHING)
