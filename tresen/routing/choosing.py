"""Who may and who should get a ticket. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from tresen.accounts.models import Experience

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
