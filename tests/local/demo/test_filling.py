"""A small story, told into a database by the real operations."""

from datetime import UTC, datetime, timedelta

import pytest

from tresen.accounts.models import Agent, Team
from tresen.duties.models import UnknownNotice
from tresen.intake.models import StoredPayload
from tresen.local.demo.filling import fill
from tresen.local.demo.founding import Shop, found, known_shop
from tresen.local.demo.platforms.address import address_of, listen
from tresen.local.demo.platforms.opening import begin_to_sell
from tresen.local.demo.platforms.worlds import told_to_platforms
from tresen.local.demo.tale.happenings import After, Answered, AnsweredThere, Bounced, Noticed, Outcome, Waived, Wrote
from tresen.local.demo.tale.story import Story, story
from tresen.local.demoing import PASSWORD
from tresen.local.verifying import verify
from tresen.orders.models import Fulfilment, Order, OrderLine
from tresen.outbox.models import Delivery, DeliveryState
from tresen.partners.models import Question
from tresen.routing.models import QueuePlace
from tresen.sla.models import Clock
from tresen.tickets.models import Message, MessageKind, Ticket, TicketOrder
from tresen.timekeeping import wall
from tresen.vault.models import SealedSecret

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = datetime.now(UTC).replace(microsecond=0)
DAYS = 6
PAST = timedelta(days=13)
AMAZON_TELLS_AFTER = timedelta(minutes=4)


@pytest.fixture(scope="module")
def shop(kept_for_all) -> Shop:
    return found(at=NOW - timedelta(days=170), smtp_port=2525)


@pytest.fixture(scope="module")
def told(shop, tmp_path_factory) -> Story:
    made = story(seed=11, now=NOW, tickets=45, days=DAYS)
    home = tmp_path_factory.mktemp("platforms")
    shares: list[float] = []
    with listen(home) as listening:
        begin_to_sell(made, shop, home=home, listening=listening, now=NOW, clock=wall.now, past=PAST)
        fill(
            made,
            shop,
            address=address_of(listening),
            now=NOW,
            progress=lambda share, _tickets: shares.append(share),
            days=DAYS,
        )
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    return made


def test_the_ledger_of_the_demo_replays_to_the_same_rows(told, capsys):
    assert verify() == 0
    assert "no differences" in capsys.readouterr().out


def test_everything_that_happened_is_there(told):
    happened = [one for plot in told.plots for one in plot.happenings]
    written = sum(isinstance(one, Wrote) for one in happened)
    answered = sum(isinstance(one, Answered) for one in happened)
    messages = Message.objects.filter(kind=MessageKind.MESSAGE)
    assert messages.filter(direction="in").count() == written
    assert messages.filter(direction="out").count() == answered == Delivery.objects.filter(mailbox=None).count()
    assert 30 <= Ticket.objects.count() <= 50


def _is_owed(plot) -> bool:
    """Whether somebody wrote, or an answer came back, after what we did last."""
    owed = False
    for one in plot.happenings:
        if isinstance(one, Wrote | Bounced | Noticed):
            owed = owed or not isinstance(one, Noticed) or one.kind == "opted_out"
        elif isinstance(one, AnsweredThere | Waived) or (isinstance(one, Answered) and one.outcome is Outcome.SENT):
            owed = False
    return owed


def test_what_the_story_answered_is_answered(told):
    owed = sum(_is_owed(plot) for plot in told.plots)
    besides = ["mark_at_platform", "settle_delivery", "case", "case_told"]
    asked = Question.objects.values("ticket")  # a partner is to be chased, or has answered
    assert QueuePlace.objects.exclude(task__in=besides).exclude(ticket__in=asked).count() <= owed


def test_what_was_solved_with_its_last_answer_is_solved(told):
    solved = [plot for plot in told.plots if _ends_solved(plot)]
    assert solved
    resting = Ticket.objects.filter(status__in=["solved", "closed"])
    assert resting.count() >= len(solved)


def _ends_solved(plot) -> bool:
    last = plot.happenings[-1]
    return isinstance(last, Answered) and last.after is After.SOLVE and last.outcome is Outcome.SENT


def test_answers_left_when_the_story_says_and_stopped_the_clocks(told):
    sent = Delivery.objects.filter(state=DeliveryState.ACCEPTED, mailbox=None)
    assert sent.exists()
    for delivery in sent.select_related("message"):
        assert delivery.accepted_at - delivery.message.occurred_at == timedelta(seconds=8)
    assert Clock.objects.filter(outcome__in=["met", "met_provisional"]).exists()


def test_no_store_goes_on_with_a_token_that_its_platform_has_forgotten(told):
    assert SealedSecret.objects.exists()
    assert not SealedSecret.objects.filter(name__contains=":token:").exists()


def test_what_came_in_lately_went_the_workers_own_way(told):
    recent = StoredPayload.objects.filter(external_key__startswith="demo/")
    assert recent.exists()
    assert set(recent.values_list("state", flat=True)) == {"filed"}


def test_tickets_lie_beside_orders_with_lines_and_parcels(told):
    sold = [sale for one in told_to_platforms(told, now=NOW).values() for sale in one.sales]
    to_be_told = {sale.number for sale in sold if NOW - PAST < sale.changed_at < NOW - AMAZON_TELLS_AFTER}
    assert TicketOrder.objects.filter(order__isnull=False).exists()
    assert to_be_told <= set(Order.objects.values_list("number", flat=True))
    assert len(to_be_told) > 20
    assert OrderLine.objects.count() >= len(to_be_told)
    assert Fulfilment.objects.filter(state="delivered", delivered_at__lte=NOW).exists()


def test_fourteen_agents_in_three_teams_can_sign_in(shop):
    assert Agent.objects.count() == 14
    assert Team.objects.count() == 3
    jana = Agent.objects.get(email="jana@tannlicht.example")
    assert jana.check_password(PASSWORD)
    assert jana.role == "lead"


def test_a_second_start_finds_the_same_shop(shop):
    assert known_shop() == shop


def test_what_no_reader_understands_waits_for_a_person(told):
    stores = set(UnknownNotice.objects.values_list("store__channel", flat=True))
    assert stores == {"amazon", "ebay"}
