"""From what happened to how every clock of a ticket stands: `fold`, the one entrance."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain

import msgspec
from msgspec.structs import replace

from tresen.clock.clocks import Clock, Outcome
from tresen.clock.duties import Duty, duties_of
from tresen.clock.facts import Fact, PolicyApplied, RiskSet, Voided
from tresen.clock.obligations import Obligation, obligations_of
from tresen.clock.rules import Rules
from tresen.clock.runs import runs_of
from tresen.clock.story import Story
from tresen.clock.timing import Struck, own_clocks, platform_clocks, resolution_clocks
from tresen.clock.turns import turns_of

CRITICAL_TIER = 0
NORMAL_TIER = 2


class TicketState(msgspec.Struct, frozen=True, kw_only=True):
    """How a ticket's clocks stand at `as_of`.

    `risk_tier` is 0 (claim, threat) to 3 (low), and 0 as long as a claim or chargeback is open. `owed` are the messages
    that wait for our answer; `unmarked` those that need none but must still be marked so on the platform; `duties` the
    cases, promises and legal requests that wait for us. All of them, and the clocks, with the oldest first.
    `critical` are the kinds of claims that are open, also of those that wait for the platform.
    """

    as_of: datetime
    risk_tier: int
    clocks: tuple[Clock, ...]
    owed: tuple[Obligation, ...]
    unmarked: tuple[Obligation, ...]
    duties: tuple[Duty, ...] = ()
    critical: tuple[str, ...] = ()


def fold(facts: Iterable[Fact], rules: Rules, as_of: datetime) -> TicketState:
    """How a ticket stands at `as_of`, by all that is known of it.

    The order of the facts does not matter, nor does one told twice. Several tickets merged into one are folded by
    giving the facts of all. Raises `ValueError` for hours that the rules do not know.
    """
    story = Story(facts)
    obligations = obligations_of(story, rules)
    owed, unmarked = _still_open(obligations)
    duties = duties_of(story, as_of)
    critical = tuple(duty.metric for duty in duties if duty.critical and duty.open)
    return TicketState(
        as_of=as_of,
        risk_tier=CRITICAL_TIER if critical else _tier(story),
        clocks=_clocks(story, obligations, duties, rules, as_of),
        owed=owed,
        unmarked=unmarked,
        duties=tuple(duty for duty in duties if duty.owed),
        critical=critical,
    )


def _tier(story: Story) -> int:
    risks = story.all(RiskSet)
    return risks[-1].tier if risks else NORMAL_TIER


def _clocks(
    story: Story, obligations: Sequence[Obligation], duties: Sequence[Duty], rules: Rules, as_of: datetime
) -> tuple[Clock, ...]:
    voided = {each.clock: each.reason for each in story.all(Voided)}
    struck = {each.clock: each.at for each in reversed(story.all(Voided))}
    clocks = chain(_clocks_of_messages(story, obligations, struck, rules, as_of), *(duty.clocks for duty in duties))
    return tuple(sorted((_corrected(clock, voided.get(clock.key)) for clock in clocks), key=_age))


def _clocks_of_messages(
    story: Story, obligations: Sequence[Obligation], struck: Struck, rules: Rules, as_of: datetime
) -> Iterable[Clock]:
    if not obligations:
        return ()
    applied = story.all(PolicyApplied)
    first = next((each for each in obligations if each.live), obligations[0])
    return chain(
        platform_clocks(obligations, story.all(RiskSet), struck, rules, as_of),
        own_clocks(turns_of(obligations), applied, struck, rules, as_of),
        resolution_clocks(runs_of(story, first.at), first, applied, struck, rules, as_of),
    )


def _corrected(clock: Clock, reason: str | None) -> Clock:
    if reason is None:
        return clock
    return replace(
        clock, outcome=Outcome.VOID, reason=reason, met_at=None, breached_at=None, waived_at=None, warnings=()
    )


def _age(clock: Clock) -> tuple[datetime, str]:
    return clock.started_at, clock.key


def _still_open(obligations: Sequence[Obligation]) -> tuple[tuple[Obligation, ...], tuple[Obligation, ...]]:
    owed: list[Obligation] = []
    unmarked: list[Obligation] = []
    for each in obligations:
        counted_there = each.counted_there and each.platform is None
        if not each.live:
            continue
        if each.own is None:
            owed.append(each)
        elif counted_there:
            # Waived by us, or answered by what the platform does not count, such as a bot.
            (unmarked if each.own.waived else owed).append(each)
    return tuple(owed), tuple(unmarked)
