"""Short words for stories: facts in a week that begins on Monday 2026-05-04, times in UTC, as "Mon 09:00".

Days of the following week are written "Mon2". Numbering gives each fact its place in the ledger, as it is told.
"""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from tresen.clock import facts
from tresen.clock.clocks import ClockKind, Outcome
from tresen.clock.duties import DutyBegan, DutyEnded, DutyMoved, DutyResumed, Ending
from tresen.clock.facts import Target, WaitsFor
from tresen.clock.fold import fold
from tresen.clock.hours import WorkingHours
from tresen.clock.rules import Cliff, Pack, Rules

HOUR = timedelta(hours=1)
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
OFFICE = WorkingHours("UTC", dict.fromkeys(range(5), (("09:00", "17:00"),)))

AMAZON = Pack(
    edition="amazon 2026-05-01",
    cliffs=(Cliff(key="rate", allowed=24 * HOUR), Cliff(key="claim", allowed=48 * HOUR)),
    marked_there=True,
)
EBAY = Pack(edition="ebay 2026-05-01", cliffs=(Cliff(key="promise", allowed=12 * HOUR),))
RULES = Rules(packs={1: AMAZON, 2: EBAY}, hours={"office": OFFICE}, coverage=OFFICE)
AMAZON_CHAT, EBAY_CHAT, SHOP_MAIL = 1, 2, 3


def at(text):
    day, time = text.split()
    date = datetime(2026, 5, 4, tzinfo=UTC) + timedelta(days=DAYS.index(day[:3]) + 7 * (int(day[3:] or 1) - 1))
    return date.replace(hour=int(time[:2]), minute=int(time[3:5]))


def written(moment):
    days = (moment - datetime(2026, 5, 4, tzinfo=UTC)).days
    return f"{DAYS[days % 7]}{'' if days < 7 else days // 7 + 1} {moment:%H:%M}"


def numbered(story):
    return [replace(fact, sequence=number) for number, fact in enumerate(story)]


def state_of(story, as_of, rules=RULES):
    return fold(numbered(story), rules, at(as_of))


def clocks_of(story, as_of, rules=RULES):
    """The clocks as sentences: {"own:1": "breached, due Mon 14:00, met Mon 15:00"}."""
    return {clock.key: sentence(clock) for clock in state_of(story, as_of, rules).clocks}


def sentence(clock):
    parts = [clock.outcome.value]
    if clock.due is not None:
        parts.append(f"due {written(clock.due)}")
    if clock.met_at is not None:
        parts.append(f"met {written(clock.met_at)}")
    if clock.waived_at is not None:
        parts.append(f"waived {written(clock.waived_at)}")
    assert (clock.breached_at is not None) == (clock.outcome is Outcome.BREACHED)
    assert clock.breached_at in {None, clock.due}
    return ", ".join(parts)


def asks(message, when, conversation=AMAZON_CHAT, role="buyer", **more):
    return facts.Received(at=at(when), sequence=0, conversation=conversation, message=message, role=role, **more)


def answers(reply, when, up_to, conversation=AMAZON_CHAT, role="buyer", **more):
    return facts.Answered(
        at=at(when), sequence=0, conversation=conversation, role=role, reply=reply, answers_up_to=up_to, **more
    )


def comes_back(reply, when):
    return facts.AnswerTakenBack(at=at(when), sequence=0, reply=reply)


def waives(when, up_to, conversation=AMAZON_CHAT, reason="thanks"):
    return facts.Waived(at=at(when), sequence=0, conversation=conversation, up_to=up_to, reason=reason)


def catches_up(when, up_to, conversation=AMAZON_CHAT):
    return facts.CaughtUp(at=at(when), sequence=0, conversation=conversation, up_to=up_to)


def takes_waiver_back(when, said):
    return facts.WaiverTakenBack(at=at(when), sequence=0, said_at=at(said))


def marks(when, *messages):
    return facts.MarkedAtPlatform(at=at(when), sequence=0, messages=messages)


def reads_again(message, when, *, expects_answer):
    return facts.Reinterpreted(at=at(when), sequence=0, message=message, expects_answer=expects_answer)


def policy(
    when,
    first=None,
    following=None,
    resolution=None,
    hours="always",
    version=1,
    warn_percent=(),
    warn_before=(),
    **more,
):
    """A policy with targets in hours; the next reply is as the first unless it is given."""

    def target(allowed):
        return None if allowed is None else Target(allowed=allowed * HOUR, hours=hours)

    return facts.PolicyApplied(
        at=at(when),
        sequence=0,
        policy_version=version,
        first_reply=target(first),
        next_reply=target(first if following is None else following),
        resolution=target(resolution),
        warnings=facts.Warnings(percent=warn_percent, before=warn_before),
        **more,
    )


def waits(when, on=WaitsFor.CUSTOMER, *, pauses_resolution=True):
    return facts.Waiting(at=at(when), sequence=0, on=on, pauses_resolution=pauses_resolution)


def resumes(when):
    return facts.Resumed(at=at(when), sequence=0)


def solves(when):
    return facts.Solved(at=at(when), sequence=0)


def reopens(when):
    return facts.Reopened(at=at(when), sequence=0)


def risks(when, tier, reason="a_to_z_threat"):
    return facts.RiskSet(at=at(when), sequence=0, tier=tier, reason=reason)


def voids(when, clock, reason="wrong_holiday"):
    return facts.Voided(at=at(when), sequence=0, clock=clock, reason=reason)


def begins(key, when, due=None, **more):
    """A duty, as "case:7", "promise:1" or "legal:2"."""
    kind = ClockKind(key.split(":")[0])
    metrics = {"case": "a_to_z", "promise": "promise", "legal": "access_request"}
    return DutyBegan(at=at(when), sequence=0, key=key, kind=kind, metric=metrics[kind], due=due and at(due), **more)


def moves(key, when, due):
    return DutyMoved(at=at(when), sequence=0, key=key, due=due and at(due))


def ends(key, when, how, reason=""):
    return DutyEnded(at=at(when), sequence=0, key=key, how=Ending(how), reason=reason)


def was_no_end(key, when, ended):
    return DutyResumed(at=at(when), sequence=0, key=key, ended_at=at(ended))
