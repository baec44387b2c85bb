from tests.clock.telling import (
    AMAZON_CHAT,
    EBAY_CHAT,
    OFFICE,
    RULES,
    answers,
    asks,
    begins,
    clocks_of,
    comes_back,
    ends,
    moves,
    policy,
    risks,
    state_of,
    voids,
    was_no_end,
    written,
)
from tresen.clock.alarms import notices
from tresen.clock.explaining import explain
from tresen.clock.queue import QueueTier, place

CLAIM = begins("case:7", "Mon 10:00", "Thu 10:00", critical=True)


def place_of(story, as_of):
    return place(state_of(story, as_of, RULES), OFFICE)


def open_duties(story, as_of="Sun2 20:00"):
    return [duty.key for duty in state_of(story, as_of).duties]


def test_a_case_runs_until_its_deadline_and_is_breached_when_it_was_due():
    assert clocks_of([CLAIM], "Wed 10:00") == {"case:7": "running, due Thu 10:00"}
    assert clocks_of([CLAIM], "Sun 10:00") == {"case:7": "breached, due Thu 10:00"}


def test_a_cases_own_answer_discharges_it_and_an_answer_to_the_buyer_never_does():
    asked = [asks(1, "Mon 09:00"), CLAIM]
    told = clocks_of([*asked, answers(9, "Mon 11:00", 1)], "Tue 10:00")
    assert told["case:7"] == "running, due Thu 10:00"
    told = clocks_of([*asked, ends("case:7", "Mon 11:00", "answered")], "Mon 12:00")
    assert told["case:7"] == "met, due Thu 10:00, met Mon 11:00"
    assert told["platform:1:rate"] == "running, due Tue 09:00"


def test_a_decision_of_the_platform_ends_the_clock_without_an_answer_of_ours():
    assert clocks_of([CLAIM, ends("case:7", "Tue 10:00", "closed", "won")], "Sun 10:00") == {
        "case:7": "waived, due Thu 10:00, waived Tue 10:00"
    }


def test_a_case_without_a_deadline_waits_and_is_never_late():
    story = [begins("case:7", "Mon 10:00")]
    assert clocks_of(story, "Sun2 10:00") == {"case:7": "running"}
    assert open_duties(story) == ["case:7"]


def test_a_moved_deadline_never_makes_a_breach_before_the_change():
    assert clocks_of([CLAIM, moves("case:7", "Wed 12:00", "Tue 10:00")], "Wed 13:00") == {
        "case:7": "breached, due Wed 12:00"
    }
    assert clocks_of([CLAIM, moves("case:7", "Wed 12:00", "Fri 10:00")], "Thu 13:00") == {
        "case:7": "running, due Fri 10:00"
    }


def test_a_deadline_set_after_the_answer_is_a_clock_of_its_own_and_the_result_stays():
    story = [CLAIM, ends("case:7", "Tue 10:00", "answered"), moves("case:7", "Wed 10:00", "Sat 10:00")]
    assert clocks_of(story, "Thu 12:00") == {
        "case:7": "met, due Thu 10:00, met Tue 10:00",
        "case:7:2": "running, due Sat 10:00",
    }
    assert open_duties(story, "Thu 12:00") == ["case:7"]


def test_a_deadline_set_after_a_breach_leaves_the_breach():
    assert clocks_of([CLAIM, moves("case:7", "Fri 10:00", "Sat 10:00")], "Fri 12:00") == {
        "case:7": "breached, due Thu 10:00, waived Fri 10:00",
        "case:7:2": "running, due Sat 10:00",
    }


def test_a_case_told_twice_late_or_out_of_order_is_one():
    decided = ends("case:7", "Wed 10:00", "closed", "won")
    again = begins("case:7", "Tue 09:00", "Thu 10:00", critical=True)
    in_order = clocks_of([CLAIM, again, decided], "Sun 10:00")
    assert clocks_of([decided, CLAIM, again, CLAIM], "Sun 10:00") == in_order
    assert in_order == {"case:7": "waived, due Thu 10:00, waived Wed 10:00"}
    assert open_duties([decided]) == []


def test_a_ticket_is_of_tier_0_as_long_as_a_claim_is_open_also_when_it_was_answered():
    tiers = [state_of([risks("Mon 09:00", 2), CLAIM], "Mon 11:00").risk_tier]
    answered = [risks("Mon 09:00", 2), CLAIM, ends("case:7", "Mon 12:00", "answered")]
    tiers.append(state_of(answered, "Mon 13:00").risk_tier)
    tiers.append(state_of([*answered, ends("case:7", "Tue 12:00", "closed", "won")], "Wed 13:00").risk_tier)
    assert tiers == [0, 0, 2]


def test_an_open_case_keeps_its_ticket_in_the_queue_although_no_message_is_owed():
    found = place_of([CLAIM], "Tue 10:00")
    assert (found.tier, written(found.act_by), found.owed, found.duty) == (
        QueueTier.CRITICAL,
        "Thu 10:00",
        False,
        "case",
    )
    assert place_of([CLAIM, ends("case:7", "Mon 11:00", "answered")], "Tue 10:00") is None


def test_a_duty_takes_part_in_act_by_beside_the_messages_clocks():
    story = [
        policy("Mon 08:00", first=60),
        asks(1, "Mon 09:00", EBAY_CHAT),
        begins("promise:1", "Mon 09:30", "Mon 12:00"),
    ]
    found = place_of(story, "Mon 10:00")
    assert (written(found.act_by), found.governing.key, found.owed) == ("Mon 12:00", "promise:1", True)


def test_a_promise_sets_no_limit_that_others_have_set():
    (promise,) = place_of([begins("promise:1", "Mon 09:30", "Mon 12:00")], "Mon 10:00").chances
    (claim,) = place_of([CLAIM], "Mon 11:00").chances
    assert (promise.of_others, claim.of_others) == (False, True)
    assert written(claim.act_by) == "Thu 10:00"


def test_a_duty_past_its_date_stays_in_the_queue_as_lost_and_a_claim_stays_first():
    missed = place_of([begins("promise:1", "Mon 09:30", "Mon 12:00")], "Tue 10:00")
    assert (missed.tier, written(missed.sort_at)) == (QueueTier.LOST, "Mon 09:30")
    assert place_of([CLAIM], "Sat 10:00").tier is QueueTier.CRITICAL


def test_a_promise_is_kept_by_the_next_answer_in_its_conversation_if_that_was_said():
    made = begins("promise:1", "Mon 10:00", "Wed 10:00", kept_in=AMAZON_CHAT, after=5)
    assert open_duties([made, answers(5, "Mon 10:01", 1)]) == ["promise:1"], "the answer that gives it keeps nothing"
    assert open_duties([made, answers(9, "Tue 10:00", 1, EBAY_CHAT)]) == ["promise:1"]
    kept = [made, answers(9, "Tue 10:00", 1)]
    assert clocks_of(kept, "Tue 11:00") == {"promise:1": "met, due Wed 10:00, met Tue 10:00"}
    assert open_duties([*kept, comes_back(9, "Tue 11:00")]) == ["promise:1"], "the answer bounced"


def test_a_promise_kept_by_hand_can_be_taken_back():
    story = [begins("promise:1", "Mon 10:00", "Wed 10:00"), ends("promise:1", "Tue 10:00", "kept")]
    assert open_duties(story) == []
    assert open_duties([*story, was_no_end("promise:1", "Tue 10:05", "Tue 10:00")]) == ["promise:1"]


def test_a_duty_that_never_was_one_is_void():
    assert clocks_of([CLAIM, ends("case:7", "Sun 10:00", "void")], "Sun 11:00") == {"case:7": "void, due Thu 10:00"}
    assert open_duties([CLAIM, ends("case:7", "Sun 10:00", "void")]) == []


def test_a_duties_clock_can_be_struck_out_as_any_other():
    assert clocks_of([CLAIM, voids("Fri 10:00", "case:7")], "Sun 11:00") == {"case:7": "void, due Thu 10:00"}


def test_people_are_warned_before_a_cases_deadline_and_told_of_its_breach():
    told = notices(state_of([CLAIM], "Wed 11:00"), OFFICE)
    assert [notice.key for notice in told] == ["case:7:warning:1440min"]
    told = notices(state_of([CLAIM], "Fri 11:00"), OFFICE)
    assert [(notice.key, written(notice.at)) for notice in told] == [("case:7:breached", "Thu 10:00")]


def test_a_case_explains_its_deadline_step_by_step():
    state = state_of([begins("case:7", "Mon 10:00", "Thu 20:00", pack="amazon 2026-05-01")], "Tue 10:00")
    assert [step.key for step in explain(state.clocks[0], state, OFFICE)] == [
        "duty_began",
        "duty_pack",
        "due",
        "covered_until",
        "act_by",
    ]


def test_an_ended_duty_says_how_it_ended():
    def last_of(*facts):
        state = state_of([begins("legal:1", "Mon 10:00", "Thu 10:00"), *facts], "Fri 10:00")
        return [step.key for step in explain(state.clocks[0], state, OFFICE)][2:]

    assert last_of(ends("legal:1", "Tue 10:00", "fulfilled")) == ["duty_met"]
    assert last_of(ends("legal:1", "Tue 10:00", "withdrawn", "refused")) == ["duty_ended"]
    assert last_of() == ["breached"]
