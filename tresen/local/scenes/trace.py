"""What happens in a scene, as plain values: what waits when it begins, what comes in, who works. Times in UTC."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tresen.clock.windows import Window
from tresen.local.demo.tale.mails import Thread


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One thing that comes in `at`: a buyer's `text`, or where `notice` names one the platform's own notice.

    `waits`: whoever gets it first asks the carrier for proof, and it rests until then.
    """

    at: datetime
    thread: Thread
    text: str = ""
    notice: str = ""
    waits: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """So many agents work from `begins` to `ends`."""

    begins: datetime
    ends: datetime
    agents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A day, or several. `begins` is when the play begins: what is `told` by then waits, the rest comes in meanwhile.

    `week` is what the seller has told Tresen of who works when: the hours of each weekday, 0 = Monday. `per_message`
    and `per_claim` are the medians of what an agent needs for one.
    """

    key: str
    seed: int
    begins: datetime
    ends: datetime
    told: tuple[Incoming, ...]
    shifts: tuple[Shift, ...]
    week: Mapping[int, Sequence[Window]]
    per_message: timedelta = timedelta(minutes=3.5)
    per_claim: timedelta = timedelta(minutes=8)

    @property
    def waiting(self) -> tuple[Incoming, ...]:
        """What has come in when it begins, oldest first."""
        return tuple(one for one in self.told if one.at < self.begins)

    @property
    def coming(self) -> tuple[Incoming, ...]:
        """What comes in while it lasts, oldest first."""
        return tuple(one for one in self.told if one.at >= self.begins)

    @property
    def agents(self) -> int:
        """How many people ever work at the same time."""
        return max(sum(s.agents for s in self.shifts if s.begins <= one.begins < s.ends) for one in self.shifts)


type Telling = Callable[[float], Scene]
"""Makes a scene of this size: 1 is the whole one, 0.1 a tenth of its tickets and, rounded up, of its people."""
