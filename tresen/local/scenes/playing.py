"""Plays a scene: minute by minute what comes in, what falls due, and agents who press *next* whenever they are free.

Only the clock and the agents are simulated. Mail is read and filed, answers are given, clocks are watched by the code
that does so in production. Minutes in which nothing can happen are passed over.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from random import Random

from tresen.accounts.actors import Actor
from tresen.local.demo.founding import Shop
from tresen.local.scenes import acting, quiet
from tresen.local.scenes.quiet import MINUTE
from tresen.local.scenes.serving import Serve
from tresen.local.scenes.staging import agents_of, come_in
from tresen.local.scenes.trace import Incoming, Scene
from tresen.routing.handling import renew_handling
from tresen.routing.leasing import HELD_FOR, hold
from tresen.routing.promoting import promote
from tresen.sla.watching import Watch, sweep
from tresen.tickets.models import Ticket
from tresen.tickets.snoozing import wake_due

SPREAD = 0.45
"""How much longer or shorter than the median things take: the sigma of the logarithm."""

type Pause = Callable[[datetime], None]
"""Told before each minute that is played: whoever wants to watch makes the play wait here."""


@dataclass(frozen=True, slots=True)
class Served:
    """An agent got a ticket, `at`; `claim`: it is about one."""

    at: datetime
    ticket: int
    claim: bool


@dataclass(order=True, slots=True)
class _Turn:
    """An agent looks up `at`: with a `ticket` in hand that is done at `done`, or `idle`: there was none before."""

    at: datetime
    agent: int
    ticket: int = field(default=0, compare=False)
    done: datetime | None = field(default=None, compare=False)
    idle: bool = field(default=False, compare=False)


class Play:
    """One run of a scene with one way of serving."""

    def __init__(self, scene: Scene, shop: Shop, serve: Serve) -> None:
        self.scene = scene
        self.shop = shop
        self.serve = serve
        self.served: list[Served] = []
        self._watch = Watch()
        self._coming = list(reversed(scene.coming))
        self.rested: dict[int, datetime] = {}
        """Until when those rest whose carrier was asked."""
        self._to_ask: dict[int, datetime] = {}
        self._claims = set[int]()
        self._times = Counter[int]()
        self._agents: list[_Turn] = []
        self._at_work: list[int] = []
        self._changes = sorted({moment for shift in scene.shifts for moment in (shift.begins, shift.ends)})
        self._free = True
        """Whether a ticket waits that nobody has in hand; looked at once a minute, for those who are idle."""

    def run(self, pause: Pause = lambda _: None) -> None:
        """From the beginning to the end."""
        at = self.scene.begins
        while at < self.scene.ends:
            pause(at)
            at = self._following(at, busy=self._minute(at))
        sweep(self._watch, self.scene.ends)

    def _minute(self, at: datetime) -> bool:
        """Play a minute; whether anybody did anything in it."""
        self._let_in(at)
        self._shifts(at)
        self._sweep(at)
        self._look_again(at)
        busy = False
        while self._agents and self._agents[0].at < at + MINUTE:
            turn = heappop(self._agents)
            busy |= not turn.idle or self._free
            self._look_up(turn, at)
        return busy

    def _following(self, at: datetime, *, busy: bool) -> datetime:
        """The next minute to play: what somebody did may change something at once, else something must come."""
        if busy and self._agents:
            return at + MINUTE
        of_itself = quiet.next_of_itself(at)
        moments = [
            self.scene.ends,
            *([of_itself] if of_itself else []),
            *([self._coming[-1].at + self._read_after()] if self._coming else []),
            *(moment for moment in self._changes if moment > at),
            *(quiet.begun(turn.at, since=at) for turn in self._agents if not turn.idle or self._free),
        ]
        return quiet.first_minute(moments, after=at)

    def _sweep(self, at: datetime) -> None:
        """What the worker does all the time; the backlog is reckoned as long as somebody is there to be served."""
        renew_handling(at)
        wake_due(at)
        sweep(self._watch, at)
        if self._agents:
            promote(at)

    def _let_in(self, at: datetime) -> None:
        batch: list[Incoming] = []
        while self._coming and self._coming[-1].at <= at:
            batch.append(self._coming.pop())
        places = come_in(batch, self.shop)
        for one in batch:
            ticket = places[one.thread.key].ticket
            if one.notice:
                self._claims.add(ticket)
            if one.waits:
                self._to_ask[ticket] = one.waits

    def _read_after(self) -> timedelta:
        """How long what comes in may lie there: while nobody is at work it is read some at a time."""
        return timedelta(0) if self._agents else quiet.READ_EVERY

    def _look_again(self, at: datetime) -> None:
        """Whoever is idle looks every minute, also in those that were passed over."""
        idle = [turn for turn in self._agents if turn.idle]
        self._free = bool(idle) and quiet.anything_free(at)
        for turn in idle:
            turn.at = quiet.looked_again(turn.at, at)
        heapify(self._agents)

    def _shifts(self, at: datetime) -> None:
        """Who begins to work now; who stops finishes what is in hand."""
        wanted = sum(shift.agents for shift in self.scene.shifts if shift.begins <= at < shift.ends)
        for agent in self._everybody()[len(self._at_work) : wanted]:
            self._at_work.append(agent)
            heappush(self._agents, _Turn(at, agent))
        del self._at_work[wanted:]

    def _everybody(self) -> Sequence[int]:
        return agents_of(self.shop)

    def _look_up(self, turn: _Turn, minute: datetime) -> None:
        at = max(turn.at, minute)
        if turn.idle and not self._free:
            if turn.agent in self._at_work:
                heappush(self._agents, _Turn(at + MINUTE, turn.agent, idle=True))
            return
        if turn.done is not None and at < turn.done:
            hold(turn.ticket, agent_id=turn.agent, at=at)
            heappush(self._agents, self._busy(turn.agent, turn.ticket, at=at, done=turn.done))
            return
        if turn.ticket:
            self._finish(turn.ticket, by=Actor.agent(turn.agent), at=at)
        if turn.agent in self._at_work:
            heappush(self._agents, self._pressed_next(turn.agent, at=at))

    def _pressed_next(self, agent: int, *, at: datetime) -> _Turn:
        ticket = self.serve(agent, at)
        if ticket is None:
            return _Turn(at + MINUTE, agent, idle=True)
        opened_at, tier = Ticket.objects.values_list("opened_at", "risk_tier").get(pk=ticket)
        claim = ticket in self._claims or tier == 0
        self.served.append(Served(at, ticket, claim))
        return self._busy(agent, ticket, at=at, done=at + self._takes(ticket, opened_at, claim=claim))

    @staticmethod
    def _busy(agent: int, ticket: int, *, at: datetime, done: datetime) -> _Turn:
        """At work on it; what takes long is held anew, as an open page does."""
        return _Turn(min(done, at + HELD_FOR / 2), agent, ticket, done)

    def _finish(self, ticket: int, *, by: Actor, at: datetime) -> None:
        until = self._to_ask.pop(ticket, None)
        if until is not None and until > at:
            acting.ask_the_carrier(ticket, until=until, by=by, at=at)
            self.rested[ticket] = until
        else:
            acting.finish(ticket, by=by, at=at)

    def _takes(self, ticket: int, opened_at: datetime, *, claim: bool) -> timedelta:
        """The same ticket takes equally long whoever gets it when: what the ways of serving share is the work."""
        median = self.scene.per_claim if claim else self.scene.per_message
        self._times[ticket] += 1
        dice = Random(f"{self.scene.seed}/{opened_at}/{self._times[ticket]}")  # noqa: S311 (invented data)
        return median * dice.lognormvariate(0, SPREAD)
