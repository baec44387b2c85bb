"""Who may and who should get a ticket. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tresen.accounts.models import Experience
from tresen.routing.models import Lane

RANK = {Experience.EXPERT: 0, Experience.REGULAR: 1, Experience.NEWCOMER: 2}
"""Who is asked first where it is urgent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """An agent, as far as taking work goes.

    Without `languages` all are answered, without `channels` all are known. `skills` are the free ones. `held`: how many
    tickets the agent has now; `capacity`: the most, None for no limit.
    """

    agent: int
    languages: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    experience: Experience = Experience.REGULAR
    held: int = 0
    capacity: int | None = None

    @property
    def is_full(self) -> bool:
        """Whether nothing more fits."""
        return self.capacity is not None and self.held >= self.capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A ticket, as far as who takes it goes. No `language`: not known. `needs` are skills; `urgent`: tier 0 or 1."""

    language: str = ""
    channel: str = ""
    needs: frozenset[str] = frozenset()
    urgent: bool = False


def speaks(taker: Taker, work: Work) -> bool:
    """Whether the agent can answer in the ticket's language; nobody is kept from one that is not known."""
    return not work.language or not taker.languages or work.language.partition("-")[0] in taker.languages


def is_able(taker: Taker, work: Work) -> bool:
    """Whether the agent speaks the language, knows the channel and has all skills that are needed."""
    knows = not taker.channels or not work.channel or work.channel in taker.channels
    return speaks(taker, work) and knows and work.needs <= taker.skills


def may_take(taker: Taker, work: Work) -> bool:
    """Whether the agent is able to answer and has room for it."""
    return is_able(taker, work) and not taker.is_full


def best_taker(takers: Iterable[Taker], work: Work) -> Taker | None:
    """To whom the ticket should go, None where nobody may have it.

    Urgent work goes to the most experienced, all else to whoever holds least. Give `takers` again with what was handed
    out added to their `held` before asking for the next ticket.
    """
    able = [taker for taker in takers if may_take(taker, work)]
    return min(able, key=lambda taker: _preference(taker, work), default=None)


def _preference(taker: Taker, work: Work) -> tuple[int, int, int]:
    return RANK[taker.experience] if work.urgent else 0, taker.held, taker.agent


@dataclass(frozen=True, slots=True)
class Branch:
    """A part of a team's queue, from one tier to another. Of what is free, that of the lowest `rank` is served.

    `apart`: without those who ask before buying, as they have a lane of their own.
    """

    lowest: int
    highest: int
    lane: Lane
    rank: int
    apart: bool = False


OWN = 0
"""The rank of an agent's own work, before all that is free."""
TIERS = {Lane.CLAIMS: (0, 0), Lane.SAVABLE: (1, 3), Lane.LOST: (9, 9), Lane.PRE_SALE: (2, 3)}
URGENT, EASY = (0, 1), (2, 3)
"""Tiers that the experienced are served first, and those that newcomers are."""


def lane_of(queue_tier: int, *, pre_sale: bool = False) -> Lane:
    """In which lane a ticket stands. One that is asked before buying has a lane of its own while it is not urgent."""
    if pre_sale and TIERS[Lane.PRE_SALE][0] <= queue_tier <= TIERS[Lane.PRE_SALE][1]:
        return Lane.PRE_SALE
    return next(lane for lane, (lowest, highest) in TIERS.items() if lowest <= queue_tier <= highest)


def branches(
    shares: Mapping[Lane, int], working: Mapping[Lane, int], *, newcomer: bool, experienced_at_work: bool
) -> Iterator[Branch]:
    """In which order the parts of a team's queue are looked through for an agent.

    `shares` are those of the lanes in percent, none where the lead has set none; `working`: how many others work on
    each now. A newcomer gets what is normal first, then what is urgent, and what is missed last, as long as somebody
    more experienced is at work; alone, a newcomer gets what everybody gets.
    """
    if newcomer and experienced_at_work:
        for rank, (lowest, highest) in enumerate((EASY, URGENT, TIERS[Lane.LOST]), start=OWN + 1):
            yield Branch(lowest, highest, lane_of(lowest), rank)
        return
    turns = lane_turns(shares, working)
    for lane, (lowest, highest) in TIERS.items():
        if lane is not Lane.PRE_SALE or shares.get(lane):
            apart = lane is Lane.SAVABLE and bool(shares.get(Lane.PRE_SALE))
            yield Branch(lowest, highest, lane, turns.get(lane, OWN + 1), apart)


def lane_turns(shares: Mapping[Lane, int], working: Mapping[Lane, int]) -> Mapping[Lane, int]:
    """Which lane comes in which turn for the next agent: the one that lacks most of its share first."""
    if not shares:
        return {}
    agents = sum(working.values()) + 1
    lacking = {lane: shares.get(lane, 0) * agents / 100 - working.get(lane, 0) for lane in Lane}
    in_turn = sorted(Lane, key=lambda lane: -lacking[lane])
    return {lane: turn for turn, lane in enumerate(in_turn, start=OWN + 1)}
