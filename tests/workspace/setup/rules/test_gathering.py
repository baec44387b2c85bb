from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tresen.channels.rule_files import all_rule_packs, load_rule_packs
from tresen.channels.rule_packs import RulePacks
from tresen.workspace.setup.rules.gathering import LineShown, RulesShown, gathered

AT = datetime(2026, 11, 29, 12, tzinfo=UTC)


def in_force(packs: RulePacks, at: datetime = AT) -> RulesShown:
    return gathered([pack for pack in packs.editions if pack.valid_from <= at.date()], packs, at)


def of(platform: str) -> RulesShown:
    return in_force(load_rule_packs(platform))


def told(lines: Sequence[LineShown]) -> list[tuple[str, list[tuple[tuple[str, ...], str, list[int]]]]]:
    """Each time, and where it holds, for what, by which sources."""
    return [
        (line.time, [(one.places, one.of, [source.number for source in one.sources]) for one in line.where])
        for line in lines
    ]


def test_what_all_regions_share_stands_once_and_what_differs_beside_the_region() -> None:
    duties = {rule.title: told(rule.lines) for rule in of("amazon").duties}
    assert list(duties) == [
        "Answer to the return request",
        "Answer to the A-to-z claim",
        "Answer to the chargeback",
        "Appeal against the decision",
    ]
    assert duties["Answer to the chargeback"] == [("7 days, around the clock", [((), "", [7])])]
    assert duties["Answer to the A-to-z claim"] == [
        ("3 days, around the clock", [(("everywhere else",), "", [4]), (("United States",), "", [5])]),
        ("2 days, around the clock", [(("Australia",), "", [6])]),
    ]


def test_six_regions_with_the_same_words_are_told_as_one() -> None:
    rules = of("ebay")
    assert [(dates.places, dates.checked) for dates in rules.dates] == [((), "22 Nov 2026")]
    assert [note.words for note in rules.notes] == ["No time is set for answers to messages."]
    assert told(rules.duties[0].lines) == [
        ("3 days, counted on Mon–Fri", [((), "item not received", [1]), ((), "return request", [2])])
    ]
    assert [source.number for source in rules.sources] == [1, 2]


def test_each_region_without_its_own_holidays_is_the_same_time() -> None:
    rules = of("kaufland")
    assert told(rules.answers[0].lines) == [
        ("2 days, counted on Mon–Fri, without the public holidays there", [((), "", [1])])
    ]
    assert [dates.places for dates in rules.dates] == [
        ("Germany", "Slovakia", "Czechia", "Poland", "Austria", "France", "Italy")
    ]


def test_a_single_edition_names_its_region_and_the_country_of_its_holidays() -> None:
    packs = load_rule_packs("kaufland")
    rules = gathered(packs.editions[:1], packs, AT)
    assert [dates.places for dates in rules.dates] == [("Germany",)]
    assert rules.answers[0].lines[0].time == "2 days, counted on Mon–Fri, without public holidays (Germany)"


def test_dates_and_notes_that_differ_stand_beside_their_region() -> None:
    rules = of("tiktok_shop")
    assert [(dates.places, dates.since) for dates in rules.dates] == [
        (("United States",), "1 Jan 2026"),
        (("Thailand",), "15 Aug 2025"),
    ]
    notes = {note.words: [one.places for one in note.where] for note in rules.notes}
    assert notes["A conversation counts once, from its first message."] == [()]
    assert notes["Only a person’s answer counts."] == [("United States",)]
    assert notes["Left out: “Holiday mode”, while a store says so."] == [("Thailand",)]


def test_how_sure_all_rules_are_is_said_once() -> None:
    law = of("legal")
    assert (law.sure.words, law.sure.is_sure) == ("from memory, please check", False)
    assert {one.sure.words for rule in law.duties for line in rule.lines for one in line.where} == {""}
    amazon = of("amazon")
    assert amazon.sure.words == ""
    marks = {one.sure.words for rule in (*amazon.answers, *amazon.duties) for line in rule.lines for one in line.where}
    assert marks == {"", "told by others", "seen in the platform’s mail"}


@pytest.mark.parametrize("packs", all_rule_packs(), ids=lambda packs: packs.platform)
def test_every_rule_has_its_source_and_every_source_stands_once(packs: RulePacks) -> None:
    rules = in_force(packs)
    for rule in (*rules.answers, *rules.duties):
        assert all(one.sources for line in rule.lines for one in line.where)
    written = [source for pack in packs.editions for source in (*pack.sources, *(one.source for one in pack.cliffs))]
    assert len({source.words for source in rules.sources}) == len(rules.sources) >= len(set(written))
    assert all(dates.checked for dates in rules.dates)


def test_what_was_checked_long_ago_says_so_beside_its_region() -> None:
    packs = load_rule_packs("kaufland")
    old = replace(packs.editions[0], checked=date(2026, 5, 1))
    mixed = replace(packs, editions=(old, *packs.editions[1:]))
    assert [(dates.old, len(dates.places)) for dates in in_force(mixed).dates] == [(True, 1), (False, 6)]
    assert all(dates.old for dates in in_force(packs, AT + timedelta(days=181)).dates)
