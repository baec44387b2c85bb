from tresen.sla.choosing import BookEntry, ChosenPolicy, PolicyBook, choose
from tresen.sla.conditions import TicketFacts, parse_conditions
from tresen.sla.targets import parse_targets


def entry(number, minutes, **conditions):
    policy = ChosenPolicy(
        policy_id=number,
        policy_version_id=number * 10,
        name=f"Policy {number}",
        number=1,
        targets=parse_targets({"first_reply": {"minutes": minutes, "hours": "always"}}),
    )
    return BookEntry(parse_conditions(conditions), policy)


AMAZON = entry(9, 840, channels=["amazon"])
RISK = entry(5, 15, risk_tiers=[0])
ALL = entry(1, 480)


def chosen(book, **facts):
    policy = choose(book, TicketFacts(**{"channel": "amazon", "store": 1, "brand": 1, **facts}))
    return policy and policy.policy_id


def test_the_first_policy_that_fits_applies():
    book = PolicyBook((RISK, AMAZON, ALL))
    assert chosen(book, risk_tier=0) == 5
    assert chosen(book) == 9
    assert chosen(book, channel="ebay") == 1


def test_the_order_is_the_books_whatever_the_numbers_and_names():
    assert chosen(PolicyBook((AMAZON, RISK, ALL)), risk_tier=0) == 9
    assert chosen(PolicyBook((ALL, RISK, AMAZON)), risk_tier=0) == 1


def test_a_ticket_that_nothing_fits_has_no_policy():
    assert chosen(PolicyBook((RISK, AMAZON)), channel="ebay") is None
    assert chosen(PolicyBook()) is None


def test_the_chosen_policy_carries_the_version_that_counts_and_its_targets():
    policy = choose(PolicyBook((AMAZON,)), TicketFacts(channel="amazon", store=1, brand=1))
    assert (policy.policy_version_id, policy.name, policy.targets.first_reply.minutes) == (90, "Policy 9", 840)
