import re
from datetime import time

import pytest

from tresen.channels.sms.quiet import PATTERN, quiet_hours


def test_the_usual_hours_hold_where_the_number_is() -> None:
    italian = quiet_hours("+393312345678", {})
    assert italian is not None
    assert (italian.begins, italian.ends) == (time(21), time(8))
    assert "Europe/Rome" in italian.zones
    coasts = quiet_hours("+18005550100", {})
    assert coasts is not None
    assert {"America/New_York", "Pacific/Honolulu"} <= set(coasts.zones)


def test_a_seller_sets_others_or_none() -> None:
    set_so = quiet_hours("+4915112345678", {"quiet_hours": "22:30 – 7:00"})
    assert set_so is not None
    assert (set_so.begins, set_so.ends, set_so.zones) == (time(22, 30), time(7), ("Europe/Berlin",))
    assert quiet_hours("+4915112345678", {"quiet_hours": "0"}) is None


@pytest.mark.parametrize("person", ["3912", "+999123", "", "Ida"])
def test_where_nobody_knows_the_place_nothing_is_quiet(person: str) -> None:
    assert quiet_hours(person, {}) is None


@pytest.mark.parametrize(
    ("entered", "fits"), [("21:00-08:00", True), ("0", True), ("24:00-08:00", False), ("21-8", False), ("", False)]
)
def test_what_is_entered_is_from_and_until(entered: str, *, fits: bool) -> None:
    assert bool(re.fullmatch(PATTERN, entered)) is fits
