import pytest

from tresen.sla.applying import applied, covered, hours_key, in_version, on_call_in, version_in
from tresen.sla.choosing import ChosenPolicy
from tresen.sla.targets import parse_targets
from tresen.tickets.events import PolicyApplied


def policy(**targets):
    return ChosenPolicy(policy_id=1, policy_version_id=11, name="Own shop", number=2, targets=parse_targets(targets))


def test_the_event_keeps_a_copy_of_the_targets_in_the_versions_that_count_now():
    own_shop = policy(
        first_reply={"minutes": 240, "hours": 5},
        next_reply={"minutes": 60, "hours": "coverage"},
        resolution={"minutes": 1440, "hours": 6},
        warn_percent=[75],
        warn_before=[30],
    )
    assert applied(
        own_shop, timetable_versions={5: 50, 6: 61}, pack="amazon 2026-11-22", zone_data="2026f"
    ) == PolicyApplied(
        policy_version=11,
        first_reply=14_400,
        first_reply_hours="timetable:50",
        next_reply=3_600,
        next_reply_hours="coverage",
        resolution=86_400,
        resolution_hours="timetable:61",
        warn_percent=(75,),
        warn_before=(1_800,),
        pack="amazon 2026-11-22",
        zone_data="2026f",
    )


def test_without_a_policy_no_own_clock_is_promised_but_the_platforms_rules_are_named():
    event = applied(None, timetable_versions={}, pack="amazon 2026-11-22")
    assert (event.policy_version, event.first_reply, event.next_reply, event.resolution) == (None, None, None, None)
    assert event.pack == "amazon 2026-11-22"


@pytest.mark.parametrize(("hours", "version"), [("always", None), ("coverage", None), (7, 70)])
def test_an_events_hours_lead_back_to_the_timetable_version(hours, version):
    assert version_in(hours_key(hours, {7: 70})) == version


def test_who_is_on_call_is_frozen_beside_the_timetable_and_outlives_its_next_version():
    key = covered(50, on_call=3)("coverage")
    assert key == "timetable:50+on_call:3"
    assert (version_in(key), on_call_in(key)) == (50, 3)
    assert in_version(key, 51) == "timetable:51+on_call:3"
    assert in_version("timetable:50", 51) == covered(51)("coverage") == "timetable:51"
    assert covered(50, on_call=3)("always") == "always"
    assert on_call_in("timetable:50") is None


def test_a_timetable_without_a_version_is_a_bug_that_shows():
    with pytest.raises(KeyError):
        applied(policy(first_reply={"minutes": 5, "hours": 9}), timetable_versions={})
