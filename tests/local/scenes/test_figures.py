from datetime import UTC, datetime, timedelta

from tresen.local.scenes.figures import Kept, starved, too_early
from tresen.local.scenes.playing import Served

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_what_was_late_while_a_patient_claim_was_served_was_starved():
    late = [(MONDAY, MONDAY + 3 * HOUR)]
    claim = Served(MONDAY + HOUR, 7, claim=True)
    assert starved(late, [claim], {7: MONDAY + 60 * HOUR}) == 1
    assert starved(late, [claim], {7: MONDAY + 10 * HOUR}) == 0


def test_a_claim_served_before_it_came_or_after_it_was_late_starved_nothing():
    late = [(MONDAY, MONDAY + 3 * HOUR)]
    served = [Served(MONDAY - HOUR, 7, claim=True), Served(MONDAY + 3 * HOUR, 8, claim=True)]
    assert starved(late, served, {7: MONDAY + 60 * HOUR, 8: MONDAY + 60 * HOUR}) == 0


def test_an_ordinary_ticket_starves_nobody():
    assert starved([(MONDAY, MONDAY + 3 * HOUR)], [Served(MONDAY + HOUR, 9, claim=False)], {}) == 0


def test_who_rests_and_is_served_again_before_the_day_was_served_too_early():
    served = [Served(MONDAY, 7, claim=True), Served(MONDAY + HOUR, 7, claim=True)]
    assert too_early(served, {7: MONDAY + 2 * HOUR}) == 1
    assert too_early(served, {7: MONDAY + HOUR}) == 0


def test_the_share_of_nothing_is_all_of_it():
    assert Kept().percent == 100
    assert Kept(kept=3, all=4).percent == 75
