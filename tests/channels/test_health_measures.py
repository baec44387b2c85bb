from datetime import date

import pytest

from tresen.channels.dated_data import channel_file
from tresen.channels.health_measures import Side, Tells, health_measures, measures_in
from tresen.channels.rule_files import LISTED, load_rule_packs

DAY = date(2026, 11, 28)
WITH_HEALTH = [platform for platform in LISTED if channel_file(platform, "health.yaml").is_file()]


@pytest.mark.parametrize("platform", WITH_HEALTH)
def test_every_share_counts_a_limit_that_the_platforms_rules_know(platform):
    packs = load_rule_packs(platform)
    limits = {cliff.key for edition in packs.editions for cliff in edition.cliffs}
    regions = {"", *(region.key for region in packs.regions)}

    for measure in health_measures(platform):
        assert measure.limit in {"", *limits}
        assert measure.region in regions


def test_amazon_looks_back_seven_thirty_and_ninety_days_and_wants_less_than_ten_per_cent_late():
    shares = [one for one in measures_in("amazon", "", DAY) if one.tells is Tells.LATE]

    assert [one.window.days for one in shares] == [7, 30, 90]
    assert {(one.wanted.side, one.wanted.value) for one in shares} == {(Side.BELOW, 10)}


def test_tiktok_wants_ninety_per_cent_in_the_united_states_and_eighty_five_in_thailand():
    assert [one.wanted.value for one in measures_in("tiktok_shop", "us", DAY)] == [90]
    assert [one.wanted.value for one in measures_in("tiktok_shop", "th", DAY)] == [85]
    assert measures_in("tiktok_shop", "", DAY) == ()


def test_a_measure_counts_from_the_day_it_is_known_to_hold():
    assert measures_in("walmart", "", date(2025, 12, 31)) == ()
    assert measures_in("walmart", "", date(2026, 1, 1)) != ()


def test_a_channel_without_measures_has_none():
    assert health_measures("website") == ()
    assert health_measures("nowhere") == ()
