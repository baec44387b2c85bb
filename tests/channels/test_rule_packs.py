from datetime import UTC, date, datetime, timedelta

from tresen.channels.limits import Within
from tresen.channels.rule_packs import AppliesTo, CaseKind, Cliff, Region, RulePack, RulePacks, pack_at

FIRST, SECOND, THIRD = date(2026, 1, 1), date(2026, 6, 1), date(2027, 1, 1)


def edition(valid_from: date, region: str = "", *cliffs: Cliff) -> RulePack:
    return RulePack(platform="example", region=region, valid_from=valid_from, checked=valid_from, cliffs=cliffs)


PACKS = RulePacks(
    platform="example",
    regions=(Region(key="th", title="Thailand", marketplaces=frozenset({"shop.th"})), Region(key="us", title="States")),
    editions=(edition(FIRST), edition(SECOND), edition(THIRD), edition(SECOND, "th")),
)


def on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def test_the_edition_in_force_is_the_last_that_began() -> None:
    assert pack_at(PACKS, on(SECOND)).name == "example 2026-06-01"
    assert PACKS.at(on(SECOND) - timedelta(seconds=1)).name == "example 2026-01-01"


def test_before_the_first_edition_nobody_sets_a_time() -> None:
    assert PACKS.at(on(FIRST) - timedelta(seconds=1)).cliffs == ()


def test_the_marketplace_decides_the_region_and_a_region_without_rules_follows_those_for_everywhere() -> None:
    assert PACKS.at(on(THIRD), "Shop.TH").name == "example th 2026-06-01"
    assert PACKS.at(on(FIRST), "shop.th").name == "example 2026-01-01"
    assert PACKS.at(on(SECOND), "us").name == "example 2026-06-01"
    assert PACKS.at(on(SECOND), "somewhere").name == "example 2026-06-01"


def test_editions_that_are_still_to_come_are_known() -> None:
    assert [one.name for one in PACKS.coming(on(FIRST))] == ["example 2026-06-01", "example 2027-01-01"]
    assert [one.name for one in PACKS.coming(on(SECOND), "shop.th")] == []


def test_an_edition_is_found_by_the_name_that_the_ledger_keeps() -> None:
    for one in PACKS.editions:
        assert PACKS.named(one.name) is one
    assert PACKS.named("example 1999-01-01") is None


def test_limits_of_cases_are_none_of_messages() -> None:
    limit = Within(allowed=timedelta(hours=24))
    message = Cliff(key="rate", title="Rate", limit=limit)
    case = Cliff(key="claim", title="Claim", limit=limit, applies_to=AppliesTo(cases=frozenset({CaseKind.A_TO_Z})))
    pack = edition(FIRST, "", message, case)
    assert pack.reply_cliffs == (message,)
    assert pack.cliffs_for("a_to_z") == (case,)
    assert pack.cliffs_for("chargeback") == ()
