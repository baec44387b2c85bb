from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tresen.channels.dated_data import DatedDataError
from tresen.channels.rule_packs import (
    Author,
    NoResponse,
    Unit,
    load_rule_packs,
    pack_at,
    read_rule_packs,
)

EDITION = {
    "valid_from": "2026-01-01",
    "checked": "2026-02-01",
    "sources": "[https://rules.example/1]",
    "unit": "message",
    "counts_as_answer": "[person, template]",
    "no_response": "waives",
    "cliffs": "[{key: rate, title: Rate, within: 24 h, calendar: always}]",
}


def written(tmp_path: Path, *editions: dict[str, str], platform: str = "example") -> Path:
    path = tmp_path / "rules.yaml"
    lines = [f"platform: {platform}", "editions:"]
    for edition in editions:
        lines += [
            f"  {'-' if number == 0 else ' '} {key}: {value}" for number, (key, value) in enumerate(edition.items())
        ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_amazon_counts_each_message_with_two_cliffs_around_the_clock() -> None:
    pack = load_rule_packs("amazon").at(datetime(2026, 11, 22, tzinfo=UTC))
    assert [(cliff.key, cliff.within, cliff.calendar) for cliff in pack.cliffs] == [
        ("response_rate", timedelta(hours=24), "always"),
        ("a_to_z_eligibility", timedelta(hours=48), "always"),
    ]
    assert pack.unit is Unit.MESSAGE
    assert pack.counts_as_answer == {Author.PERSON}
    assert pack.no_response is NoResponse.AT_PLATFORM
    assert pack.checked == date(2026, 11, 22)


def test_a_channel_without_a_rules_file_has_no_platform_clock() -> None:
    pack = load_rule_packs("no_such_channel").at(datetime(2026, 11, 22, tzinfo=UTC))
    assert pack.cliffs == ()
    assert pack.no_response is NoResponse.WAIVES


def test_the_edition_in_force_is_the_last_that_began() -> None:
    packs = load_rule_packs("amazon")
    first = packs.editions[0].valid_from
    start = datetime(first.year, first.month, first.day, tzinfo=UTC)
    assert pack_at(packs, start).cliffs
    assert pack_at(packs, start - timedelta(seconds=1)).cliffs == ()


def test_several_editions_follow_each_other(tmp_path: Path) -> None:
    later = {
        **EDITION,
        "valid_from": "2026-06-01",
        "cliffs": "[{key: rate, title: Rate, within: 90 min, calendar: always}]",
    }
    packs = read_rule_packs(written(tmp_path, EDITION, later), platform="example")
    assert packs.at(datetime(2026, 5, 31, tzinfo=UTC)).cliffs[0].within == timedelta(hours=24)
    assert packs.at(datetime(2026, 6, 1, tzinfo=UTC)).cliffs[0].within == timedelta(minutes=90)


def cliff(key: str, within: str) -> str:
    return f"{{key: {key}, title: T, within: {within}, calendar: always}}"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"limit": "24 h"}, "editions 1: limit is not known here; known are checked, cliffs"),
        ({"valid_from": "soon"}, "valid_from must be a day such as 2026-11-22"),
        ({"checked": "2026-02-01 10:00:00"}, "checked must be a day"),
        ({"sources": "[]"}, "sources must name at least one source"),
        ({"sources": "[1]"}, "sources must be a list of texts"),
        ({"sources": "here"}, "sources must be a list"),
        ({"unit": "week"}, "unit cannot be 'week'; it is one of message, turn, conversation"),
        ({"unit": "turn"}, "unit must be message"),
        ({"cliffs": "[{key: a, title: A, within: 1 h, calendar: office}]"}, "calendar must be always"),
        ({"counts_as_answer": "[robot]"}, "counts_as_answer cannot be 'robot'"),
        ({"no_response": "maybe"}, "no_response cannot be 'maybe'; it is one of waives, at_platform"),
        ({"cliffs": "[24 h]"}, "cliffs 1: expected keys with values, found str"),
        ({"cliffs": "[{key: a, title: A, within: 24, calendar: always}]"}, "cliffs 1: within is missing or not a text"),
        ({"cliffs": "[{key: a, title: A, within: 0 h, calendar: always}]"}, "within must be a time such as 24 h"),
        ({"cliffs": "[{key: a, title: A, within: 1 week, calendar: always}]"}, "within must be a time such as 24 h"),
        ({"cliffs": "[{key: a, title: A, within: 24 h}]"}, "calendar is missing"),
        ({"cliffs": "[{key: a, title: A, until: Monday, within: 1 h, calendar: always}]"}, "until is not known here"),
        (
            {"cliffs": f"[{cliff('a', '2 d')}, {cliff('b', '1 d')}]"},
            "cliffs must stand in order",
        ),
        (
            {"cliffs": f"[{cliff('a', '1 d')}, {cliff('a', '2 d')}]"},
            "cliffs must each have their own key",
        ),
    ],
)
def test_a_wrong_rules_file_is_refused_with_file_and_key(tmp_path: Path, change: dict[str, str], sentence: str) -> None:
    path = written(tmp_path, EDITION | change)
    with pytest.raises(DatedDataError) as refusal:
        read_rule_packs(path, platform="example")
    assert str(path) in str(refusal.value)
    assert sentence in str(refusal.value)


def test_editions_out_of_order_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, EDITION, EDITION | {"valid_from": "2025-01-01"})
    with pytest.raises(DatedDataError, match="oldest first"):
        read_rule_packs(path, platform="example")


def test_a_rules_file_of_another_platform_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatedDataError, match="platform must be 'other'"):
        read_rule_packs(written(tmp_path, EDITION), platform="other")


@pytest.mark.parametrize("content", ["", "- 1", "platform: [", "platform: example"])
def test_a_file_that_is_no_rules_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DatedDataError):
        read_rule_packs(path, platform="example")
