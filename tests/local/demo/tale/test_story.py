from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from tresen.automation.understanding import risk_in
from tresen.local.demo.tale.happenings import Answered, AnsweredThere, Bounced, Noted, Waived, Wrote
from tresen.local.demo.tale.story import story

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def told():
    return story(seed=1, now=NOW)


def _all(told, *kinds):
    return [one for plot in told.plots for one in plot.happenings if isinstance(one, kinds)]


def test_the_same_seed_tells_the_same_story():
    assert story(seed=3, now=NOW, tickets=60) == story(seed=3, now=NOW, tickets=60)
    assert story(seed=3, now=NOW, tickets=60) != story(seed=4, now=NOW, tickets=60)


def test_six_weeks_bring_two_thousand_matters_that_end_now(told):
    began = [plot.happenings[0].at for plot in told.plots]
    assert len(told.plots) == 2000
    assert min(began) >= NOW - timedelta(days=42)
    assert max(one.at for plot in told.plots for one in plot.happenings) <= NOW


@pytest.mark.parametrize("seed", range(12))
def test_who_writes_this_very_minute_has_written(seed):
    told = story(seed=seed, now=NOW, tickets=120, days=1)
    assert all(plot.happenings for plot in told.plots)


def test_everything_happens_in_its_order(told):
    for plot in told.plots:
        times = [one.at for one in plot.happenings]
        assert times == sorted(times)


@pytest.mark.parametrize("kind", [Wrote, Answered])
def test_no_text_is_met_more_often_than_once_in_a_hundred(told, kind):
    texts = Counter(one.text for one in _all(told, kind))
    assert texts.most_common(1)[0][1] <= sum(texts.values()) / 100


def test_no_placeholder_is_left_in_any_text(told):
    for one in _all(told, Wrote, Answered, AnsweredThere, Noted):
        assert "{" not in one.text
        assert one.text.strip()


def test_german_italian_and_english_are_spoken(told):
    spoken = Counter(plot.thread.buyer.language for plot in told.plots)
    assert set(spoken) == {"de", "it", "en"}
    assert min(spoken.values()) > 150


def test_most_is_answered_within_a_day_some_is_not_and_some_is_open(told):
    waits = [
        next((one.at for one in plot.happenings if isinstance(one, Answered | AnsweredThere)), NOW)
        - plot.happenings[0].at
        for plot in told.plots
        if isinstance(plot.happenings[0], Wrote)
    ]
    late = sum(wait > timedelta(days=1) for wait in waits)
    waiting = [plot for plot in told.plots if isinstance(plot.happenings[-1], Wrote)]
    assert 0.02 < late / len(waits) < 0.2
    assert 50 < len(waiting) < 350


def test_nothing_stands_unanswered_for_a_week(told):
    speaking = (Wrote, Bounced, Answered, AnsweredThere, Waived)
    said = [[one for one in plot.happenings if isinstance(one, speaking)] for plot in told.plots]
    open_since = [one[-1].at for one in said if one and isinstance(one[-1], Wrote | Bounced)]
    assert _all(told, Bounced)
    assert min(open_since) > NOW - timedelta(days=7)


def test_threats_of_every_kind_are_made_and_recognised(told):
    made = {risk.reason for one in _all(told, Wrote) if (risk := risk_in(one.text, ""))}
    assert made >= {
        "a_to_z_threat",
        "claim_threat",
        "chargeback_threat",
        "bad_review_threat",
        "legal_threat",
        "injury",
        "third_contact",
        "vip_escalation",
        "thanks",
        "compliment",
        "newsletter",
    }


def test_few_matters_are_urgent(told):
    firsts = [plot.happenings[0].text for plot in told.plots if isinstance(plot.happenings[0], Wrote)]
    urgent = sum(1 for text in firsts if (risk := risk_in(text, "")) and risk.tier == 0)
    assert 0.01 < urgent / len(firsts) < 0.08


def test_nobody_has_real_contact_details(told):
    for plot in told.plots:
        host = plot.thread.buyer.address.rpartition("@")[2]
        relay = host.startswith(("marketplace.amazon.", "members.ebay."))
        assert relay or host.endswith(".example") or host in {"example.com", "example.net", "example.org"}
