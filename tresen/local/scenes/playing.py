"""Plays a scene: minute by minute what comes in, what falls due, and agents who press *next* whenever they are free.

Only the clock and the agents are simulated. Mail is read and filed, answers are given, clocks are watched by the code
that does so in production.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from random import Random

from tresen.accounts.actors import Actor
from tresen.local.demo.founding import Shop
from tresen.local.scenes import acting
from tresen.local.scenes.serving import Serve
from tresen.local.scenes.staging import agents_of, come_in
from tresen.local.scenes.trace import Incoming, Scene
from tresen.routing.handling import renew_handling
from tresen.routing.leasing import HELD_FOR, hold
from tresen.routing.promoting import promote
from tresen.sla.watching import Watch, sweep
from tresen.tickets.models import Ticket
from tresen.tickets.snoozing import wake_due

MINUTE = timedelta(minutes=1)
SPREAD = 0.45
"""How much longer or shorter than the median things take: the sigma of the logarithm."""

type Pause = Callable[[datetime], None]
"""Told before each minute: whoever wants to watch makes the play wait here."""


@dataclass(frozen=True, slots=True)
class Served:
    """An agent got a ticket, `at`; `claim`: it is about one."""

    at: datetime
    ticket: int
    claim: bool


@dataclass(order=True, slots=True)
class _Turn:
    """An agent looks up `at`: free, or with a `ticket` in hand that is done at `done`."""

    at: datetime
    agent: int
    ticket: int = field(default=0, compare=False)
    done: datetime | None = field(default=None, compare=False)


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
        self._agents: list[_Turn] = []
        self._at_work: list[int] = []

    def run(self, pause: Pause = lambda _: None) -> None:
        """From the beginning to the end."""
        at = self.scene.begins
        while at < self.scene.ends:
            pause(at)
            self._minute(at)
            at += MINUTE
        sweep(self._watch, self.scene.ends)

    def _minute(self, at: datetime) -> None:
        self._let_in(at)
        self._sweep(at)
        self._shifts(at)
        while self._agents and self._agents[0].at < at + MINUTE:
            self._look_up(heappop(self._agents), at)

    def _sweep(self, at: datetime) -> None:
        """What the worker does all the time."""
        renew_handling(at)
        wake_due(at)
        sweep(self._watch, at)
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
            return _Turn(at + MINUTE, agent)
        claim = self._is_claim(ticket)
        self.served.append(Served(at, ticket, claim))
        return self._busy(agent, ticket, at=at, done=at + self._takes(ticket, claim=claim))

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

    def _is_claim(self, ticket: int) -> bool:
        return ticket in self._claims or Ticket.objects.filter(pk=ticket, risk_tier=0).exists()

    def _takes(self, ticket: int, *, claim: bool) -> timedelta:
        median = self.scene.per_claim if claim else self.scene.per_message
        dice = Random(f"{self.scene.seed}/{ticket}/{len(self.served)}")  # noqa: S311 (invented data)
        return median * dice.lognormvariate(0, SPREAD)
