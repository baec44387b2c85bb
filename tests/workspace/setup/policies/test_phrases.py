import pytest
from django.utils import translation

from tresen.clock.facts import Metric
from tresen.sla import conditions, targets
from tresen.sla.conditions import Between, Conditions
from tresen.sla.targets import Target, Targets
from tresen.workspace.setup.naming import Names
from tresen.workspace.setup.policies.phrases import put_in_words

NAMES = Names(stores={1: "Leuchtwerk DE"}, brands={2: "Leuchtwerk"}, timetables={3: "Office"}, channels={})
EVERY_CONDITION = Conditions(
    channels=frozenset({"amazon", "ebay"}),
    marketplaces=frozenset({"amazon.de"}),
    stores=frozenset({1, 9}),
    brands=frozenset({2}),
    languages=frozenset({"de", "it"}),
    risk_tiers=frozenset({0, 1}),
    segments=frozenset({"vip"}),
    order_value=Between(10_000, None),
    currency="EUR",
    lines=Between(2, 3),
    fulfilled_by=frozenset({"us"}),
    pre_sale=False,
    tags=frozenset({"urgent"}),
)


def words(said):
    return put_in_words(conditions.described(said), NAMES)


def test_a_policy_says_in_plain_words_for_whom_it_is():
    assert words(EVERY_CONDITION) == [
        "Amazon or eBay",
        "Amazon.de",
        "store Leuchtwerk DE or #9",
        "brand Leuchtwerk",
        "written in German or Italian",
        "risk tier 0 or 1",
        "VIP customers",
        "shipped by us",
        "tagged urgent",
        "order of €100.00 or more",
        "2 to 3 order lines",
        "with an order",
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Conditions(), "every ticket"),
        (Conditions(pre_sale=True), "before buying"),
        (Conditions(order_value=Between(None, 5_000), currency="EUR"), "order of at most €50.00"),
        (Conditions(order_value=Between(1_000, 5_000), currency="JPY"), "order of JP¥1,000 to JP¥5,000"),
        (Conditions(lines=Between(1, None)), "1 order line or more"),
        (Conditions(lines=Between(None, 5)), "at most 5 order lines"),
        (Conditions(channels=frozenset({"tiktok_shop"})), "TikTok Shop"),
    ],
)
def test_each_condition_has_its_words(said, expected):
    assert words(said) == [expected]


def test_a_policy_says_what_it_promises_and_when_it_warns():
    said = Targets(
        first_reply=Target(minutes=150, hours=3),
        next_reply=Target(minutes=15, hours="coverage"),
        resolution=Target(minutes=4320, hours="always"),
        warn_percent=(50, 75),
        warn_before=(30,),
    )
    assert put_in_words(targets.described(said), NAMES) == [
        "First reply: 2 h 30 min, Office",
        "Each further reply: 15 min, while the team works",
        "Solved: 3 days, around the clock",
        "Warns after 50 %, after 75 %, 30 min before the end",
    ]


@pytest.mark.parametrize("language", ["de", "it"])
def test_every_statement_is_spoken_in_every_language(language):
    promised = {metric.value: Target(minutes=90, hours="coverage") for metric in Metric}
    said = [*conditions.described(EVERY_CONDITION), *targets.described(Targets(**promised, warn_percent=(50,)))]
    english = put_in_words(said, NAMES)
    with translation.override(language):
        spoken = put_in_words(said, NAMES)
    unchanged = {"Amazon.de"}
    assert [text for text, other in zip(english, spoken, strict=True) if text == other and text not in unchanged] == []


@pytest.mark.parametrize(
    ("minutes", "hours", "expected"),
    [
        (24 * 60, 3, "Solved: 24 working hours, Office"),
        (48 * 60, 3, "Solved: 48 working hours, Office"),
        (60, "coverage", "Solved: 1 working hour, while the team works"),
        (240, "store", "Solved: 4 working hours, in the store’s hours"),
        (48 * 60, "always", "Solved: 2 days, around the clock"),
    ],
)
def test_working_hours_are_never_taken_for_days(minutes, hours, expected):
    said = Targets(resolution=Target(minutes=minutes, hours=hours))
    assert put_in_words(targets.described(said), NAMES) == [expected]
