import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.sla.targets import (
    ALWAYS,
    COVERAGE,
    Metric,
    Target,
    Targets,
    WarnAt,
    as_json,
    described,
    parse_targets,
)
from tresen.sla.wording import Phrase, PolicyWrong


def test_a_target_says_how_long_in_which_hours():
    targets = parse_targets({"first_reply": {"minutes": 840, "hours": "always"}})
    assert targets.first_reply == Target(metric=Metric.FIRST_REPLY, minutes=840, hours=ALWAYS)
    assert targets.first_reply.allowed == timedelta(hours=14)
    assert targets.resolution is None


def test_the_next_reply_is_promised_like_the_first_where_nothing_else_is_said():
    targets = parse_targets({"first_reply": {"minutes": 15, "hours": "coverage", "warnings": [{"percent": 50}]}})
    assert targets.next_reply == Target(
        metric=Metric.NEXT_REPLY, minutes=15, hours=COVERAGE, warnings=(WarnAt(percent=50),)
    )


def test_a_next_reply_of_its_own_is_kept():
    targets = parse_targets({"first_reply": {"minutes": 60, "hours": 3}, "next_reply": {"minutes": 120, "hours": 4}})
    assert (targets.of(Metric.FIRST_REPLY).minutes, targets.of(Metric.NEXT_REPLY).minutes) == (60, 120)
    assert targets.timetables == {3, 4}


def test_a_resolution_alone_promises_no_reply():
    targets = parse_targets({"resolution": {"minutes": 1440, "hours": 5}})
    assert targets.first_reply is None
    assert targets.next_reply is None
    assert described(targets) == (Phrase("target.resolution", {"minutes": 1440, "hours": 5}),)


@pytest.mark.parametrize(
    ("warning", "used"),
    [
        (WarnAt(percent=75), timedelta(minutes=180)),
        (WarnAt(minutes_before=30), timedelta(minutes=210)),
        (WarnAt(percent=1), timedelta(seconds=144)),
        (WarnAt(minutes_before=300), timedelta(0)),
    ],
)
def test_a_warning_comes_when_so_much_of_the_allowed_time_is_used(warning, used):
    assert warning.used(timedelta(hours=4)) == used


def test_warnings_stand_in_the_order_in_which_they_come():
    warnings = [{"minutes_before": 5}, {"percent": 75}, {"percent": 50}, {"minutes_before": 45}]
    target = parse_targets({"first_reply": {"minutes": 120, "hours": "always", "warnings": warnings}}).first_reply
    assert target.warnings == (
        WarnAt(percent=50),
        WarnAt(minutes_before=45),
        WarnAt(percent=75),
        WarnAt(minutes_before=5),
    )


ALLOWED = {"minutes": 60, "hours": "always"}


@pytest.mark.parametrize(
    ("stated", "where", "sentence"),
    [
        (None, "targets", "object"),
        ({}, "targets", "at least one target"),
        ({"reply": ALLOWED}, "targets.reply", "Known are: first_reply, next_reply, resolution"),
        ({"first_reply": 60}, "targets.first_reply", "object"),
        ({"first_reply": {"hours": "always"}}, "targets.first_reply.minutes", "how many minutes"),
        ({"first_reply": {"minutes": 0, "hours": "always"}}, "targets.first_reply.minutes", "from 1 to"),
        ({"first_reply": {"minutes": True, "hours": "always"}}, "targets.first_reply.minutes", "whole number"),
        ({"first_reply": {"minutes": 90.5, "hours": "always"}}, "targets.first_reply.minutes", "whole number"),
        ({"first_reply": {"minutes": 600_000, "hours": "always"}}, "targets.first_reply.minutes", "to 527040"),
        ({"first_reply": {"minutes": 60}}, "targets.first_reply.hours", "“always”, “coverage”"),
        ({"first_reply": {"minutes": 60, "hours": "office"}}, "targets.first_reply.hours", "timetable"),
        ({"first_reply": {"minutes": 60, "hours": True}}, "targets.first_reply.hours", "timetable"),
        ({"first_reply": {"minutes": 60, "hours": 0}}, "targets.first_reply.hours", "timetable"),
        ({"first_reply": {**ALLOWED, "unit": "h"}}, "targets.first_reply.unit", "not known"),
        ({"first_reply": {**ALLOWED, "warnings": 75}}, "targets.first_reply.warnings", "list"),
        ({"first_reply": {**ALLOWED, "warnings": [{}]}}, "targets.first_reply.warnings.0", "either"),
        ({"first_reply": {**ALLOWED, "warnings": [75]}}, "targets.first_reply.warnings.0", "object"),
        (
            {"first_reply": {**ALLOWED, "warnings": [{"percent": 50, "minutes_before": 5}]}},
            "targets.first_reply.warnings.0",
            "either percent or minutes_before",
        ),
        (
            {"first_reply": {**ALLOWED, "warnings": [{"percent": 50}, {"percent": 100}]}},
            "targets.first_reply.warnings.1.percent",
            "from 1 to 99",
        ),
        (
            {"first_reply": {**ALLOWED, "warnings": [{"minutes_before": 60}]}},
            "targets.first_reply.warnings.0.minutes_before",
            "60 minutes before the end",
        ),
        ({"first_reply": ALLOWED, "next_reply": None}, "targets.next_reply", "object"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(stated, where, sentence):
    with pytest.raises(PolicyWrong) as wrong:
        parse_targets(stated)
    said = {problem.where: problem.sentence for problem in wrong.value.problems}
    assert sentence in said[where]


def any_target(metric):
    return st.builds(
        lambda minutes, hours, percents: Target(
            metric=metric,
            minutes=minutes,
            hours=hours,
            warnings=tuple(WarnAt(percent=percent) for percent in sorted(percents)),
        ),
        st.integers(1, 500_000),
        st.one_of(st.sampled_from([ALWAYS, COVERAGE]), st.integers(1, 10**6)),
        st.sets(st.integers(1, 99), max_size=4),
    )


any_targets = st.builds(
    Targets,
    first_reply=any_target(Metric.FIRST_REPLY),
    next_reply=any_target(Metric.NEXT_REPLY),
    resolution=st.one_of(st.none(), any_target(Metric.RESOLUTION)),
)


@given(any_targets)
def test_the_copy_that_an_event_keeps_reads_back_as_it_was(targets):
    assert parse_targets(json.loads(json.dumps(as_json(targets)))) == targets
