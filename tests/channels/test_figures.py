from decimal import Decimal

import pytest

from tresen.channels.figures import per_cent
from tresen.channels.health_measures import health_measures
from tresen.channels.registry import CONNECTORS


def test_whoever_tells_figures_tells_them_of_measures_that_the_channel_has() -> None:
    doors = {one.key: one.figures for one in CONNECTORS if one.figures}
    assert set(doors) == {"tiktok_shop", "walmart"}
    for channel, door in doors.items():
        assert set(door.measures) <= {one.key for one in health_measures(channel)}


@pytest.mark.parametrize("told", [None, True, "97.5", -1, 100.5, 97.5, Decimal("100.01"), Decimal("NaN"), {}])
def test_what_is_no_number_of_per_cent_is_none(told: object) -> None:
    assert per_cent(told) is None


def test_a_number_of_per_cent_has_two_places() -> None:
    assert [per_cent(told) for told in (0, 100, Decimal("93.456"))] == [0, 100, Decimal("93.46")]
