import itertools
import zoneinfo
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import _zoneinfo  # type: ignore[attr-defined]  # the slow one, which shows its table

import pytest

from tresen.clock.zones import SAMPLE, in_utc, stretches, zone

HOUR = timedelta(hours=1)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize("name", ["Middle-earth/Shire", "", "Europe", "../etc/passwd", "/etc/localtime", "europe\0"])
def test_an_unknown_zone_is_refused_with_a_sentence(name):
    with pytest.raises(ValueError, match="is not a time zone"):
        zone(name)


def test_zones_come_from_the_tzdata_package_alone():
    assert zone("Europe/Berlin").key == "Europe/Berlin"
    assert zoneinfo.TZPATH == ()


def test_no_zone_changes_its_offset_twice_within_one_sample():
    closest = []
    for name in zoneinfo.available_timezones():
        # The pure Python twin is the only one that lets its transitions be read.
        changes = [second for second in _zoneinfo.ZoneInfo(name)._trans_utc if second >= 0]
        closest += [after - before for before, after in itertools.pairwise(changes)]
    assert min(closest) > SAMPLE.total_seconds()


def test_a_stretch_ends_to_the_second_where_the_clocks_change():
    cut = list(stretches(zone("Europe/Berlin"), utc(2026, 3, 23), utc(2026, 11, 2)))
    assert cut == [
        (utc(2026, 3, 23), utc(2026, 3, 29, 1), HOUR),
        (utc(2026, 3, 29, 1), utc(2026, 10, 25, 1), 2 * HOUR),
        (utc(2026, 10, 25, 1), utc(2026, 11, 2), HOUR),
    ]


def test_lord_howe_moves_by_half_an_hour():
    cut = list(stretches(zone("Australia/Lord_Howe"), utc(2026, 4, 1), utc(2026, 4, 8)))
    assert cut == [
        (utc(2026, 4, 1), utc(2026, 4, 4, 15), 11 * HOUR),
        (utc(2026, 4, 4, 15), utc(2026, 4, 8), 10.5 * HOUR),
    ]


def test_a_change_at_the_very_end_belongs_to_the_next_stretch():
    assert list(stretches(zone("Europe/Berlin"), utc(2026, 3, 29), utc(2026, 3, 29, 1))) == [
        (utc(2026, 3, 29), utc(2026, 3, 29, 1), HOUR),
    ]


def test_nothing_is_cut_into_no_stretch():
    assert list(stretches(zone("Europe/Berlin"), utc(2026, 3, 29), utc(2026, 3, 29))) == []


def test_any_aware_time_is_understood_as_its_instant():
    assert in_utc(datetime(2026, 5, 4, 12, tzinfo=timezone(2 * HOUR))) == utc(2026, 5, 4, 10)
    assert in_utc(datetime(2026, 5, 4, 12, tzinfo=zone("Asia/Tokyo"))).tzinfo is UTC


def test_a_time_without_zone_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="has no time zone"):
        in_utc(datetime(2026, 5, 4, 12))  # noqa: DTZ001
