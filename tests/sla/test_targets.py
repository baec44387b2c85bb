import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.clock.facts import Metric
from tresen.sla.targets import ALWAYS, COVERAGE, Target, Targets, Warnings, as_json, described, parse_targets
from tresen.sla.wording import Phrase, PolicyWrong


def test_a_target_says_how_long_in_which_hours():
    targets = parse_targets({"first_reply": {"minutes": 840, "hours": "always"}})
    assert targets.first_reply == Target(minutes=840, hours=ALWAYS)
    assert targets.first_reply.allowed == timedelta(hours=14)
    assert targets.resolution is None


def test_the_next_reply_is_promised_like_the_first_where_nothing_else_is_said():
    targets = parse_targets({"first_reply": {"minutes": 15, "hours": "coverage"}})
    assert targets.next_reply == targets.first_reply == Target(minutes=15, hours=COVERAGE)


def test_a_target_may_count_in_the_stores_hours():
    targets = parse_targets({"first_reply": {"minutes": 15, "hours": "store"}})
    assert targets.by_store
    assert targets.timetables == frozenset()
    assert not parse_targets({"first_reply": {"minutes": 15, "hours": "coverage"}}).by_store


def test_a_next_reply_of_its_own_is_kept():
    targets = parse_targets({"first_reply": {"minutes": 60, "hours": 3}, "next_reply": {"minutes": 120, "hours": 4}})
    assert (targets.of(Metric.FIRST_REPLY).minutes, targets.of(Metric.NEXT_REPLY).minutes) == (60, 120)
    assert targets.timetables == {3, 4}


def test_a_resolution_alone_promises_no_reply():
    targets = parse_targets({"resolution": {"minutes": 1440, "hours": 5}})
    assert targets.first_reply is None
    assert targets.next_reply is None
    assert described(targets) == (Phrase("target.resolution", {"minutes": 1440, "hours": 5}),)


def test_warnings_stand_in_the_order_in_which_they_come():
    allowed = {"minutes": 120, "hours": "always"}
    targets = parse_targets({"first_reply": allowed, "warn_percent": [75, 50], "warn_before": [5, 45]})
    assert targets.warn_percent == (50, 75)
    assert targets.warn_before == (45, 5)
    assert described(targets)[-1] == Phrase("target.warnings", {"percent": (50, 75), "minutes_before": (45, 5)})


ALLOWED = {"minutes": 60, "hours": "always"}


@pytest.mark.parametrize(
    ("stated", "where", "sentence"),
    [
        (None, "targets", "object"),
        ({}, "targets", "at least one target"),
        ({"reply": ALLOWED}, "targets.reply", "Known are: first_reply, ladder, next_reply, resolution"),
        ({"first_reply": 60}, "targets.first_reply", "object"),
        ({"first_reply": {"hours": "always"}}, "targets.first_reply.minutes", "how many minutes"),
        ({"first_reply": {"minutes": 0, "hours": "always"}}, "targets.first_reply.minutes", "At least 1 minute"),
        ({"first_reply": {"minutes": True, "hours": "always"}}, "targets.first_reply.minutes", "whole number"),
        ({"first_reply": {"minutes": 90.5, "hours": "always"}}, "targets.first_reply.minutes", "whole number"),
        ({"first_reply": {"minutes": 600_000, "hours": "always"}}, "targets.first_reply.minutes", "at most 366 days"),
        ({"first_reply": {"minutes": 60}}, "targets.first_reply.hours", "“always”, “coverage”"),
        ({"first_reply": {"minutes": 60, "hours": "office"}}, "targets.first_reply.hours", "timetable"),
        ({"first_reply": {"minutes": 60, "hours": True}}, "targets.first_reply.hours", "timetable"),
        ({"first_reply": {"minutes": 60, "hours": 0}}, "targets.first_reply.hours", "timetable"),
        ({"first_reply": {**ALLOWED, "unit": "h"}}, "targets.first_reply.unit", "not known"),
        ({"first_reply": ALLOWED, "warn_percent": 75}, "targets.warn_percent", "list"),
        ({"first_reply": ALLOWED, "warn_percent": [75, 100]}, "targets.warn_percent", "from 1 to 99"),
        ({"first_reply": ALLOWED, "warn_before": [0]}, "targets.warn_before", "whole number"),
        ({"first_reply": ALLOWED, "warn_before": [5, 60]}, "targets.warn_before", "60 minutes before the end"),
        (
            {"first_reply": ALLOWED, "resolution": {"minutes": 30, "hours": "always"}, "warn_before": [30]},
            "targets.warn_before",
            "target of 30 minutes",
        ),
        ({"first_reply": ALLOWED, "next_reply": None}, "targets.next_reply", "object"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(stated, where, sentence):
    with pytest.raises(PolicyWrong) as wrong:
        parse_targets(stated)
    said = {problem.where: problem.sentence for problem in wrong.value.problems}
    assert sentence in said[where]


any_target = st.builds(
    Target,
    minutes=st.integers(100, 500_000),
    hours=st.one_of(st.sampled_from([ALWAYS, COVERAGE]), st.integers(1, 10**6)),
)
any_targets = st.builds(
    Targets,
    first_reply=any_target,
    next_reply=any_target,
    resolution=st.one_of(st.none(), any_target),
    warn_percent=st.sets(st.integers(1, 99), max_size=4).map(lambda found: tuple(sorted(found))),
    warn_before=st.sets(st.integers(1, 99), max_size=4).map(lambda found: tuple(sorted(found, reverse=True))),
)


@given(any_targets)
def test_what_is_stored_reads_back_as_it_was(targets):
    assert parse_targets(json.loads(json.dumps(as_json(targets)))) == targets


def test_a_target_can_have_warnings_of_its_own_or_none_at_all():
    said = {"first_reply": {"minutes": 60, "hours": "always", "warnings": {"percent": [90], "before": [5, 20]}},
            "resolution": {"minutes": 600, "hours": "always", "warnings": {}}, "warn_percent": [50]}  # fmt: skip
    targets = parse_targets(said)
    assert targets.first_reply.warnings == targets.next_reply.warnings == Warnings(percent=(90,), before=(20, 5))
    assert targets.resolution.warnings == Warnings()
    assert parse_targets(as_json(targets)) == targets
    with pytest.raises(PolicyWrong) as refusal:
        parse_targets({"first_reply": {"minutes": 60, "hours": "always", "warnings": {"before": [60]}}})
    assert [problem.where for problem in refusal.value.problems] == ["targets.first_reply.warnings.before"]


def test_a_long_warning_of_the_policy_is_none_of_a_short_targets_business_that_has_its_own():
    short = {"minutes": 30, "hours": "always", "warnings": {"percent": [50]}}
    said = {"first_reply": short, "resolution": {"minutes": 600, "hours": "always"}, "warn_before": [60]}
    assert parse_targets(said).warn_before == (60,)
