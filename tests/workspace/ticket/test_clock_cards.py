from datetime import timedelta

from django.urls import reverse

from tests.factories.replies import a_ticket, answered, leaves
from tests.factories.shops import MONDAY
from tresen.accounts.actors import SYSTEM
from tresen.sla.defaults import create_defaults
from tresen.workspace.ticket.clock_cards import clock_cards


def test_a_platforms_chip_names_its_limit(ticket):
    cards = clock_cards(ticket, at=MONDAY + timedelta(hours=2))

    assert (cards.platform.chip, cards.lost) == ("Amazon: Late response rate", None)


def test_a_limit_that_is_lost_stays_beside_the_next_one(store):
    ticket = a_ticket(store)

    cards = clock_cards(ticket, at=MONDAY + timedelta(hours=30))

    assert cards.lost.chip == "Amazon: Late response rate"
    assert cards.lost.face.state == "breached"
    assert cards.platform.chip == "Amazon: A-to-z claim possible"
    assert cards.platform.face.state != "breached"
    assert not {cards.lost.key, cards.platform.key} & {card.key for card in cards.others}


def test_a_target_that_was_answered_late_is_no_later_two_days_after(store, screen):
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=1))
    ticket = a_ticket(store)
    leaves(answered(ticket, at=MONDAY + timedelta(hours=14, minutes=9)), at=MONDAY + timedelta(hours=14, minutes=9))

    card = clock_cards(ticket, at=MONDAY + timedelta(days=3)).own
    assert (card.face.state, card.face.left, card.face.ticks) == ("breached", "9 min late", False)
    assert "9 min late, done" in screen.get(reverse("ticket", args=[ticket.pk])).text
