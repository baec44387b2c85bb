import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tresen.channels.dated_data import DatedDataError, Mark
from tresen.channels.limits import Author, Average, SendWindow, Until, Weekday, Within
from tresen.channels.rule_files import LISTED, all_rule_packs, load_rule_packs, read_rule_packs
from tresen.channels.rule_packs import AppliesTo, CaseKind, NoResponse, Unit
from tresen.channels.surfaces import Surface

FOLDER = Path(__file__).parents[2] / "tresen" / "channels"


def cliff(limit: str = "{within: 24 h, calendar: always}", **change: str) -> str:
    keys = {"key": "rate", "title": "Rate", "limit": limit, "sure": "documented", "source": "https://rules.example/1"}
    return "{" + ", ".join(f"{key}: {value}" for key, value in (keys | change).items()) + "}"


EDITION = {
    "valid_from": "2026-01-01",
    "checked": "2026-02-01",
    "sources": "[https://rules.example/1]",
    "unit": "message",
    "counts_as_answer": "[person, template]",
    "no_response": "waives",
    "cliffs": f"[{cliff()}]",
}
WEEKEND = "[{key: bots, title: Bots, sure: guessed, source: Me, days: [saturday, sunday], zone: America/New_York}]"
OFFICE = "[{key: office, zone: Europe/Berlin, days: [monday], country: DE}]"


def written(tmp_path: Path, *editions: dict[str, str], platform: str = "example") -> Path:
    path = tmp_path / "rules.yaml"
    lines = [f"platform: {platform}", "regions: [{key: th, title: Thailand, marketplaces: [Shop.TH]}]", "editions:"]
    for edition in editions:
        lines += [
            f"  {'-' if number == 0 else ' '} {key}: {value}" for number, (key, value) in enumerate(edition.items())
        ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_every_file_with_rules_is_listed_and_can_be_read() -> None:
    assert sorted(LISTED) == sorted(path.parent.name for path in FOLDER.glob("*/rules.yaml"))
    assert [packs.platform for packs in all_rule_packs()] == list(LISTED)


def test_every_rule_says_where_it_is_written_and_when_somebody_looked() -> None:
    for packs in all_rule_packs():
        for edition in packs.editions:
            assert date(2026, 1, 1) <= edition.checked
            assert all(one.source for one in edition.cliffs), edition.name
            assert all(one.source for one in edition.exclusions), edition.name
            assert re.fullmatch(r"[a-z0-9][a-z0-9_ -]{0,59}", edition.name)


def test_amazon_counts_each_message_with_two_cliffs_around_the_clock() -> None:
    pack = load_rule_packs("amazon").at(datetime(2026, 11, 22, tzinfo=UTC))
    assert [(cliff.key, cliff.limit) for cliff in pack.reply_cliffs] == [
        ("response_rate", Within(allowed=timedelta(hours=24))),
        ("a_to_z_eligibility", Within(allowed=timedelta(hours=48))),
    ]
    assert pack.unit is Unit.MESSAGE
    assert pack.counts_as_answer == {Author.PERSON}
    assert pack.no_response is NoResponse.AT_PLATFORM
    assert pack.checked == date(2026, 11, 22)


def test_a_channel_without_a_rules_file_has_no_platform_clock() -> None:
    pack = load_rule_packs("no_such_channel").at(datetime(2026, 11, 22, tzinfo=UTC))
    assert pack.cliffs == ()
    assert pack.no_response is NoResponse.WAIVES


@pytest.mark.parametrize(
    ("limit", "meant"),
    [
        ("{within: 90 min, calendar: always}", Within(allowed=timedelta(minutes=90))),
        ("{within: 2 d, calendar: office}", Within(allowed=timedelta(days=2), calendar="office")),
        ("{within: 1 month, calendar: always}", Within(months=1)),
        (
            '{until: monday, time: "12:00", zone: America/New_York, when: bots}',
            Until(weekday=Weekday.MONDAY, time="12:00", zone="America/New_York", when="bots"),
        ),
        ("{average: 24 h, window: 30 d}", Average(below=timedelta(hours=24), window=timedelta(days=30))),
        (
            "{send_window: 7 d, authors: [person]}",
            SendWindow(open_for=timedelta(days=7), authors=frozenset({Author.PERSON})),
        ),
    ],
)
def test_the_grammar_knows_four_kinds_of_limit(tmp_path: Path, limit: str, meant: object) -> None:
    change = {"cliffs": f"[{cliff(limit)}]", "calendars": OFFICE, "exclusions": WEEKEND}
    (edition,) = read_rule_packs(written(tmp_path, EDITION | change), platform="example").editions
    assert [one.limit for one in edition.cliffs] == [meant]


def test_a_limit_says_what_it_is_for_how_sure_it_is_and_when_it_warns(tmp_path: Path) -> None:
    one = cliff(applies_to="{cases: [a_to_z], reasons: [threat]}", sure="third_party", warn_before="[4 h, 30 min]")
    (edition,) = read_rule_packs(written(tmp_path, EDITION | {"cliffs": f"[{one}]"}), platform="example").editions
    (read,) = edition.cliffs
    assert read.applies_to == AppliesTo(cases=frozenset({CaseKind.A_TO_Z}), reasons=frozenset({"threat"}))
    assert (read.sure, read.source) == (Mark.THIRD_PARTY, "https://rules.example/1")
    assert read.warn_before == (timedelta(hours=4), timedelta(minutes=30))


def limited(limit: str) -> dict[str, str]:
    return {"cliffs": f"[{cliff(limit)}]"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"limit": "24 h"}, "editions 1: limit is not known here; known are calendars, checked, cliffs"),
        ({"valid_from": "soon"}, "valid_from must be a day such as 2026-11-22"),
        ({"checked": "2026-02-01 10:00:00"}, "checked must be a day"),
        ({"sources": "[]"}, "sources must name at least one source"),
        ({"sources": "[1]"}, "sources must be a list of texts"),
        ({"sources": "here"}, "sources must be a list"),
        ({"region": "mars"}, "region cannot be 'mars'; it is one of the regions above"),
        ({"unit": "week"}, "unit cannot be 'week'; it is one of message, turn, conversation"),
        ({"counts_as_answer": "[robot]"}, "counts_as_answer cannot be 'robot'"),
        ({"no_response": "maybe"}, "no_response cannot be 'maybe'; it is one of waives, at_platform"),
        ({"cliffs": "[24 h]"}, "cliffs 1: expected keys with values, found str"),
        ({"cliffs": f"[{cliff(key='Rate')}]"}, "cliffs 1: key must be a short word of small letters"),
        ({"cliffs": f"[{cliff(sure='very')}]"}, "sure cannot be 'very'; it is one of seen, code, documented"),
        ({"cliffs": f"[{cliff(source='')}]"}, "source is missing"),
        ({"cliffs": f"[{cliff(applies_to='{cases: [murder]}')}]"}, "applies_to: cases cannot be 'murder'"),
        ({"cliffs": f"[{cliff(warn_before='[soon]')}]"}, "warn_before must be a time such as 24 h"),
        (limited("24 h"), "cliffs 1, limit: expected keys with values, found str"),
        (limited("{}"), "limit must be one of average, send_window, until, within"),
        (limited("{within: 24 h, average: 2 h}"), "limit must be one of average, send_window, until, within"),
        (limited("{within: 24, calendar: always}"), "limit: within is missing or not a text"),
        (limited("{within: 0 h, calendar: always}"), "within must be a time such as 24 h"),
        (limited("{within: 1 week, calendar: always}"), "within must be a time such as 24 h"),
        (limited("{within: 0 months, calendar: always}"), "within can count months only around the clock"),
        (limited("{within: 24 h}"), "calendar is missing"),
        (limited("{within: 24 h, calendar: office}"), "calendar cannot be 'office'; it is always or one of"),
        (limited('{until: someday, time: "12:00", zone: UTC, when: bots}'), "when cannot be 'bots'"),
        (limited('{until: monday, time: "25:00", zone: UTC, when: bots}'), "time must be a time of day"),
        (limited("{average: 24 h}"), "window is missing"),
        (limited("{send_window: 24 h, authors: []}"), "authors must name at least one kind of author"),
        ({"calendars": "[{key: office, zone: UTC, days: []}]"}, "days must name at least one day of the week"),
        ({"calendars": "[{key: office, zone: Mars, days: [monday]}]"}, "zone cannot be 'Mars'; it is a time zone"),
        (
            {"cliffs": f"[{cliff('{within: 2 d, calendar: always}')}, {cliff(key='b')}]"},
            "cliffs must stand in order",
        ),
        ({"cliffs": f"[{cliff()}, {cliff()}]"}, "cliffs must each have their own key"),
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


def test_each_region_has_editions_of_its_own(tmp_path: Path) -> None:
    path = written(tmp_path, EDITION, EDITION | {"region": "th", "valid_from": "2025-01-01"})
    packs = read_rule_packs(path, platform="example")
    assert [edition.name for edition in packs.editions] == ["example 2026-01-01", "example th 2025-01-01"]


def test_a_rules_file_of_another_platform_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatedDataError, match="platform must be 'other'"):
        read_rule_packs(written(tmp_path, EDITION), platform="other")


@pytest.mark.parametrize("content", ["", "- 1", "platform: [", "platform: example"])
def test_a_file_that_is_no_rules_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DatedDataError):
        read_rule_packs(path, platform="example")


def test_comments_have_rules_of_their_own() -> None:
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    for channel in ("facebook", "instagram"):
        packs = load_rule_packs(channel)
        assert packs.at(monday, surface=Surface.COMMENT).reply_cliffs == ()
        assert [one.key for one in packs.at(monday).reply_cliffs] == ["standard_window", "human_agent_window"]
