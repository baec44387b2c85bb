from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tresen.workspace.ticket.offers import presets


@pytest.mark.parametrize(
    ("now", "names"),
    [
        ("2026-11-24T09:30", ["In one hour", "This afternoon", "Tomorrow morning", "In three days", "Next Monday"]),
        ("2026-11-24T12:07", ["In one hour", "Tomorrow morning", "In three days", "Next Monday"]),
        ("2026-11-24T12:00", ["In one hour", "Tomorrow morning", "In three days", "Next Monday"]),
    ],
)
def test_what_is_offered_goes_by_time_and_nothing_comes_before_the_hour(now, names):
    with timezone.override(ZoneInfo("Europe/Berlin")):
        found = presets(datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert [preset.name for preset in found] == names
    assert [preset.until for preset in found] == sorted(preset.until for preset in found)
