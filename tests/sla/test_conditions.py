import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.sla.conditions import (
    ALL,
    Between,
    Conditions,
    TicketFacts,
    as_json,
    described,
    fits,
    parse_conditions,
    read_conditions,
)
from tresen.sla.wording import Phrase, PolicyWrong

VIP_BOOK = TicketFacts(
    channel="amazon",
    marketplace="amazon.de",
    store=7,
    brand=3,
    language="de",
    risk_tier=1,
    segment="vip",
    order_value=12_990,
    currency="EUR",
    lines=2,
    fulfilled_by="platform",
    pre_sale=False,
    tags=frozenset({"battery", "gift"}),
)
QUESTION = TicketFacts(channel="website", store=8, brand=3, language="it", pre_sale=True)


def test_what_nothing_tells_is_neither_before_nor_after_buying():
    unknown = TicketFacts(channel="website", store=8, brand=3)
    assert not fits(parse_conditions({"pre_sale": True}), unknown)
    assert not fits(parse_conditions({"pre_sale": False}), unknown)


@pytest.mark.parametrize("facts", [VIP_BOOK, QUESTION])
def test_no_conditions_fit_every_ticket(facts):
    assert fits(parse_conditions({}), facts)


@pytest.mark.parametrize(
    ("stated", "fitting"),
    [
        ({"channels": ["amazon", "ebay"]}, True),
        ({"channels": ["ebay"]}, False),
        ({"marketplaces": ["amazon.de"]}, True),
        ({"marketplaces": ["amazon.it"]}, False),
        ({"stores": [7]}, True),
        ({"stores": [8]}, False),
        ({"brands": [3, 4]}, True),
        ({"brands": [4]}, False),
        ({"languages": ["de"]}, True),
        ({"languages": ["en"]}, False),
        ({"risk_tiers": [0, 1]}, True),
        ({"risk_tiers": [0]}, False),
        ({"segments": ["vip"]}, True),
        ({"segments": ["new", "regular"]}, False),
        ({"order_value": {"at_least": 12_990, "currency": "EUR"}}, True),
        ({"order_value": {"at_least": 12_991, "currency": "EUR"}}, False),
        ({"order_value": {"at_most": 12_990, "currency": "EUR"}}, True),
        ({"order_value": {"at_most": 12_989, "currency": "EUR"}}, False),
        ({"order_value": {"at_least": 1, "currency": "PLN"}}, False),
        ({"lines": {"at_least": 2, "at_most": 2}}, True),
        ({"lines": {"at_least": 3}}, False),
        ({"fulfilled_by": ["platform"]}, True),
        ({"fulfilled_by": ["us"]}, False),
        ({"pre_sale": False}, True),
        ({"pre_sale": True}, False),
        ({"tags": ["gift", "fragile"]}, True),
        ({"tags": ["fragile"]}, False),
        ({"channels": ["amazon"], "segments": ["vip"], "tags": ["gift"]}, True),
        ({"channels": ["amazon"], "segments": ["vip"], "tags": ["fragile"]}, False),
    ],
)
def test_all_conditions_must_hold(stated, fitting):
    assert fits(parse_conditions(stated), VIP_BOOK) is fitting


@pytest.mark.parametrize(
    "stated",
    [
        {"order_value": {"at_most": 5_000, "currency": "EUR"}},
        {"lines": {"at_most": 3}},
        {"fulfilled_by": ["us", "platform"]},
        {"segments": ["new", "regular", "vip"]},
    ],
)
def test_what_is_not_known_fits_no_condition_about_it(stated):
    assert not fits(parse_conditions(stated), QUESTION)


def test_a_language_means_its_variants_too():
    brazilian = TicketFacts(channel="email", store=1, brand=1, language="pt-BR")
    assert fits(parse_conditions({"languages": ["pt"]}), brazilian)
    assert fits(parse_conditions({"languages": ["pt-BR"]}), brazilian)
    assert not fits(parse_conditions({"languages": ["pt-PT"]}), brazilian)


@pytest.mark.parametrize(
    ("stated", "where", "sentence"),
    [
        ([], "conditions", "object"),
        ({"channel_list": ["amazon"]}, "conditions.channel_list", "not known. Known are: brands, channels"),
        ({"channels": "amazon"}, "conditions.channels", "list"),
        ({"channels": []}, "conditions.channels", "at least one"),
        ({"channels": ["amazon", ""]}, "conditions.channels", "must be a text"),
        ({"channels": ["amazon", "amazon"]}, "conditions.channels", "twice"),
        ({"tags": ["a\x00b"]}, "conditions.tags", "must be a text"),
        ({"stores": ["7"]}, "conditions.stores", "whole number"),
        ({"stores": [True]}, "conditions.stores", "whole number"),
        ({"risk_tiers": [4]}, "conditions.risk_tiers", "from 0 to 3"),
        ({"segments": ["gold"]}, "conditions.segments", "gold: not known. Known are: new, regular, vip"),
        ({"fulfilled_by": ["carrier"]}, "conditions.fulfilled_by", "Known are: us, platform"),
        ({"pre_sale": "yes"}, "conditions.pre_sale", "true or false"),
        ({"pre_sale": None}, "conditions.pre_sale", "true or false"),
        ({"order_value": {"at_least": 100}}, "conditions.order_value.currency", "currency"),
        ({"order_value": {"at_least": 1, "currency": "euro"}}, "conditions.order_value.currency", "three capital"),
        ({"order_value": {"currency": "EUR"}}, "conditions.order_value", "or both"),
        ({"order_value": {"at_least": 9.5, "currency": "EUR"}}, "conditions.order_value.at_least", "whole number"),
        ({"order_value": {"at_least": 1, "currency": "EUR", "to": 2}}, "conditions.order_value.to", "not known"),
        ({"order_value": 100}, "conditions.order_value", "object"),
        ({"lines": {"at_least": 5, "at_most": 2}}, "conditions.lines", "no ticket can ever fit"),
        ({"pre_sale": True, "lines": {"at_least": 2}}, "conditions.lines", "Before buying there is no order"),
        ({"pre_sale": True, "fulfilled_by": ["us"]}, "conditions.fulfilled_by", "Before buying"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(stated, where, sentence):
    with pytest.raises(PolicyWrong) as wrong:
        parse_conditions(stated)
    said = {problem.where: problem.sentence for problem in wrong.value.problems}
    assert sentence in said[where]


def test_everything_that_is_wrong_is_said_at_once():
    with pytest.raises(PolicyWrong) as wrong:
        parse_conditions({"channels": [], "lines": {"at_least": -1}, "colour": 1})
    assert {problem.where for problem in wrong.value.problems} == {
        "conditions.channels",
        "conditions.lines.at_least",
        "conditions.colour",
    }


def test_conditions_describe_themselves_as_keys_with_parameters():
    conditions = parse_conditions(
        {
            "channels": ["shopify", "website"],
            "order_value": {"at_least": 10_000, "currency": "EUR"},
            "pre_sale": False,
        }
    )
    assert described(conditions) == (
        Phrase("condition.channels", {"channels": ("shopify", "website")}),
        Phrase("condition.order_value", {"at_least": 10_000, "at_most": None, "currency": "EUR"}),
        Phrase("condition.post_sale", {}),
    )
    assert described(ALL) == (Phrase("condition.all", {}),)


texts = st.frozensets(st.text("abcdefg.-", min_size=1, max_size=8), max_size=4)
ids = st.frozensets(st.integers(1, 10**9), max_size=4)
spans = st.one_of(
    st.none(),
    st.builds(Between, st.integers(0, 50), st.one_of(st.none(), st.integers(50, 100))),
    st.builds(Between, st.none(), st.integers(0, 100)),
)


@st.composite
def any_conditions(draw):
    pre_sale = draw(st.sampled_from([None, True, False]))
    order_value = None if pre_sale else draw(spans)
    return Conditions(
        channels=draw(texts),
        marketplaces=draw(texts),
        stores=draw(ids),
        brands=draw(ids),
        languages=draw(texts),
        risk_tiers=draw(st.frozensets(st.integers(0, 3))),
        segments=draw(st.frozensets(st.sampled_from(["new", "regular", "vip"]))),
        order_value=order_value,
        currency="EUR" if order_value else "",
        lines=None if pre_sale else draw(spans),
        fulfilled_by=frozenset() if pre_sale else draw(st.frozensets(st.sampled_from(["us", "platform"]))),
        pre_sale=pre_sale,
        tags=draw(texts),
    )


@given(any_conditions())
def test_what_is_stored_reads_back_as_it_was(conditions):
    assert parse_conditions(json.loads(json.dumps(as_json(conditions)))) == conditions


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                *as_json(Conditions(channels=frozenset("a"))),
                "stores",
                "lines",
                "tags",
                "order_value",
                "pre_sale",
                "segments",
            ]
        ),
        json_values,
    )
)
def test_any_json_is_either_read_or_refused_with_reasons(value):
    problems = []
    conditions = read_conditions(value, where="conditions", problems=problems)
    if not problems:
        assert parse_conditions(as_json(conditions)) == conditions
    else:
        with pytest.raises(PolicyWrong):
            parse_conditions(value)
