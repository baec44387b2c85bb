from datetime import UTC, datetime

import pytest

from tresen.sla.conditions import Between, Conditions
from tresen.sla.conditions import as_json as conditions_json
from tresen.sla.queries import ListedPolicy
from tresen.sla.targets import Target, Targets, Warnings
from tresen.sla.targets import as_json as targets_json
from tresen.workspace.setup.naming import Names
from tresen.workspace.setup.policies.entering import field_of, initial_of
from tresen.workspace.setup.policies.forms import PolicyForm

NAMES = Names(
    stores={1: "S", 2: "T"}, brands={3: "B"}, timetables={4: "Office"}, channels={"amazon": "Amazon", "email": "E-mail"}
)
PLAIN = Targets(first_reply=Target(minutes=60, hours="always"), next_reply=Target(minutes=60, hours="always"))
FULL = Targets(
    first_reply=Target(minutes=15, hours="coverage"),
    next_reply=Target(minutes=125, hours=4, warnings=Warnings()),
    resolution=Target(minutes=2880, hours="always", warnings=Warnings(percent=(90,), before=(120, 45))),
    warn_percent=(50, 75),
    warn_before=(10, 5),
)


def listed(said, promised):
    return ListedPolicy(
        id=1, name="Some", position=1, enabled=True, number=1, since=datetime(2026, 11, 23, tzinfo=UTC),
        changed_by="", conditions=said, targets=promised,
    )  # fmt: skip


def as_posted(initial):
    return {name: value for name, value in initial.items() if value is not None}


@pytest.mark.parametrize(
    ("said", "promised"),
    [
        (Conditions(), PLAIN),
        (Conditions(channels=frozenset({"amazon"}), pre_sale=True), FULL),
        (Conditions(order_value=Between(12_050, None), currency="EUR", pre_sale=False), PLAIN),
        (Conditions(order_value=Between(None, 5_000), currency="JPY"), PLAIN),
        (Conditions(lines=Between(2, 3), fulfilled_by=frozenset({"us", "platform"})), PLAIN),
        (
            Conditions(
                stores=frozenset({1, 2}),
                brands=frozenset({3}),
                marketplaces=frozenset({"amazon.de"}),
                languages=frozenset({"de", "pt-BR"}),
                risk_tiers=frozenset({0, 3}),
                segments=frozenset({"vip", "new"}),
                tags=frozenset({"urgent", "b2b"}),
            ),
            FULL,
        ),
    ],
)
def test_a_policy_that_is_opened_and_saved_says_the_same(said, promised):
    policy = listed(said, promised)
    form = PolicyForm(as_posted(initial_of(policy)), names=NAMES, policy=policy)
    assert form.is_valid(), form.errors
    assert form.conditions() == conditions_json(said)
    assert form.targets() == targets_json(promised)


@pytest.mark.parametrize(
    ("where", "field"),
    [
        ("name", "name"),
        ("conditions.stores", "stores"),
        ("conditions.order_value", "value_from"),
        ("conditions.order_value.at_least", "value_from"),
        ("conditions.order_value.currency", "currency"),
        ("conditions.lines.at_most", "lines_from"),
        ("conditions.pre_sale", "sale"),
        ("targets.first_reply.minutes", "first_reply_h"),
        ("targets.next_reply.hours", "next_reply_in"),
        ("targets.resolution", "resolution_h"),
        ("targets.warn_before", "warn_before"),
        ("targets.first_reply.warnings.before", "first_reply_warn"),
    ],
)
def test_a_problem_is_shown_where_it_was_entered(where, field):
    assert field_of(where) == field
    assert field in PolicyForm(names=NAMES).fields


@pytest.mark.parametrize("where", ["policy", "targets", "conditions"])
def test_a_problem_of_the_whole_policy_belongs_to_no_field(where):
    assert field_of(where) not in PolicyForm(names=NAMES).fields


def test_every_condition_that_is_set_is_a_part_of_the_sentence():
    said = Conditions(channels=frozenset({"amazon"}), stores=frozenset({1}), risk_tiers=frozenset({0, 1}))
    shown = {group.title: group.words for group in PolicyForm(names=NAMES, policy=listed(said, PLAIN)).groups()}
    set_ones = {str(title): words for title, words in shown.items() if words}
    assert set_ones == {
        "Channel": "Amazon",
        "Store": "S",
        "Risk tier": "0 – claim, chargeback, threat, 1 – raised",
    }
