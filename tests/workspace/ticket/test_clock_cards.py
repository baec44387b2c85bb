from datetime import timedelta

from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY
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
