"""The facts of one ticket in the order of the world, whatever order they were told in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, cast

from tresen.clock.facts import Answered, AnswerTakenBack, Fact, Received

_moment = attrgetter("at", "sequence")


class Story:
    """Facts by kind, each kind in order."""

    __slots__ = ("_kinds",)

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._kinds: dict[type[Fact], list[Fact]] = defaultdict(list)
        for fact in _in_order(facts):
            self._kinds[type(fact)].append(fact)

    def all[F: Fact](self, kind: type[F]) -> Sequence[F]:
        """Every fact of this kind, in order."""
        found: list[Any] | tuple[()] = self._kinds.get(kind, ())
        return found

    def each_of[F: Fact](self, *kinds: type[F]) -> list[F]:
        """Every fact of these kinds, in one order."""
        told: list[F] = []
        for kind in kinds:
            told += self.all(kind)
        return told if len(told) < 2 else cast("list[F]", _in_order(told))  # noqa: PLR2004 - one is in order

    def messages(self) -> Iterable[Received]:
        """Each message once, as it was first received."""
        once: dict[int, Received] = {}
        for received in self.all(Received):
            once.setdefault(received.message, received)
        return once.values()

    def answers(self) -> list[Answered]:
        """The accepted answers that nothing has taken back.

        A reply that bounced can be sent and accepted again; the bounce takes back only what was accepted before it,
        and no longer once that had ceased to be provisional.
        """
        came_back = defaultdict[int, list[datetime]](list)
        for bounce in self.all(AnswerTakenBack):
            came_back[bounce.reply].append(bounce.at)
        return [
            answer
            for answer in self.all(Answered)
            if not any(
                takes_back(at, accepted_at=answer.at, provisional_until=answer.provisional_until)
                for at in came_back.get(answer.reply, ())
            )
        ]


def takes_back(bounced_at: datetime, *, accepted_at: datetime, provisional_until: datetime | None) -> bool:
    """Whether a bounce takes an acceptance back: the clocks run on as if there had been none."""
    return bounced_at >= accepted_at and (provisional_until is None or bounced_at <= provisional_until)


def _in_order(facts: Iterable[Fact]) -> list[Fact]:
    ordered = sorted(facts, key=_moment)
    # Merged tickets bring ledgers of their own, which may have used the same sequence at the same instant.
    if len(set(map(_moment, ordered))) < len(ordered):
        ordered.sort(key=lambda fact: (fact.at, fact.sequence, repr(fact)))
    return ordered
