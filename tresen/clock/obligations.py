"""Which messages expect an answer, and what has discharged each: towards us (own) and towards the platform."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from tresen.clock.facts import (
    Answered,
    CaughtUp,
    Cleared,
    MarkedAtPlatform,
    MarkTakenBack,
    Received,
    Reinterpreted,
    Waived,
    WaiverTakenBack,
)
from tresen.clock.rules import Cliff, Pack, PackSince, Rules
from tresen.clock.story import Story


class Discharge(msgspec.Struct, frozen=True, kw_only=True):
    """What ended a duty, and when: an answer, or a waiver and its reason."""

    at: datetime
    reply: int | None = None
    provisional_until: datetime | None = None
    waived: bool = False
    reason: str = ""


class Obligation(msgspec.Struct, frozen=True, kw_only=True):
    """One message that expects, or was once thought to expect (`live` is false), an answer.

    `known_at` is when we learned that it does: its `at`, or a later second reading; `misread_at` when we learned that
    it does not, which ended what had run for it. `own` ends our duty, `platform` what the platform counts by the limits
    `cliffs` of its `pack`. `recounts`: packs that came later and count for it, too, while it is open. `crossed`: an
    answer left after it had come and without having seen it.
    """

    message: int
    conversation: int
    role: str
    at: datetime
    known_at: datetime
    live: bool
    own: Discharge | None
    platform: Discharge | None
    crossed: bool
    pack: Pack
    cliffs: tuple[Cliff, ...]
    recounts: tuple[PackSince, ...] = ()
    misread_at: datetime | None = None

    @property
    def counted_there(self) -> bool:
        """Whether the platform has a limit for it, by the last rules that count for it."""
        return bool(self.recounts[-1].pack.cliffs_at(self.at) if self.recounts else self.cliffs)

    @property
    def limits(self) -> tuple[Cliff, ...]:
        """Every limit that has counted for it, each as it was first."""
        if not self.recounts:
            return self.cliffs
        known = {cliff.key: cliff for cliff in self.cliffs}
        for later in self.recounts:
            known = {cliff.key: cliff for cliff in later.pack.cliffs_at(self.at)} | known
        return tuple(known.values())


def obligations_of(story: Story, rules: Rules) -> list[Obligation]:
    """All obligations of a ticket, the oldest first."""
    readings = _by_message(story.all(Reinterpreted))
    received = [(each, readings.get(each.message, ())) for each in story.messages()]
    expected = [(each, told) for each, told in received if each.expects_answer or any(r.expects_answer for r in told)]
    if not expected:
        return []
    answers = defaultdict[tuple[int, str], list[Answered]](list)
    for answer in story.answers():
        answers[answer.conversation, answer.role].append(answer)
    waivers = defaultdict[int, list[Cleared]](list)
    mistaken = {taken.said_at for taken in story.all(WaiverTakenBack)}
    for waiver in story.each_of(Waived, CaughtUp):
        if waiver.at not in mistaken:
            waivers[waiver.conversation].append(waiver)
    unsaid = {taken.said_at for taken in story.all(MarkTakenBack)}
    marks = _marks([mark for mark in story.all(MarkedAtPlatform) if mark.at not in unsaid])
    return [
        _obligation(
            message,
            told,
            answers.get((message.conversation, message.role), ()),
            waivers.get(message.conversation, ()),
            marks.get(message.message),
            rules,
        )
        for message, told in expected
    ]


def _obligation(
    message: Received,
    readings: Sequence[Reinterpreted],
    answers: Sequence[Answered],
    waivers: Sequence[Cleared],
    mark: MarkedAtPlatform | None,
    rules: Rules,
) -> Obligation:
    pack = rules.pack_at(message.conversation, message.at)
    recounts = rules.recounts_after(message.conversation, message.at)
    live, known_at, misread_at = message.expects_answer, message.at, None
    for reading in readings:
        if reading.expects_answer != live:
            live = reading.expects_answer
            known_at, misread_at = (reading.at, None) if live else (known_at, reading.at)
    waived = next((_waived(waiver) for waiver in waivers if _covers(waiver, message, answers)), None)
    own = _earlier(next((_answered(a) for a in answers if a.counts_own and _saw(a, message)), None), waived)
    cliffs = pack.cliffs_at(message.at)
    platform = _towards_platform(message, answers, waived, mark, pack) if cliffs or recounts else None
    return Obligation(
        message=message.message,
        conversation=message.conversation,
        role=message.role,
        at=message.at,
        known_at=known_at,
        live=live,
        own=own,
        platform=platform,
        crossed=own is None and _crossed(message, answers),
        pack=pack,
        cliffs=cliffs,
        recounts=recounts,
        misread_at=misread_at,
    )


def _towards_platform(
    message: Received,
    answers: Sequence[Answered],
    waived: Discharge | None,
    mark: MarkedAtPlatform | None,
    pack: Pack,
) -> Discharge | None:
    counted = next((_answered(a) for a in answers if a.counts_platform and a.at >= message.at), None)
    aside = next((a.at for a in answers if a.left_out_by_platform and a.at >= message.at), None)
    ends = [counted, None if aside is None else Discharge(at=aside, waived=True, reason="left_out_by_platform")]
    if pack.marked_there:
        ends.append(None if mark is None else Discharge(at=mark.at, waived=True, reason="marked_at_platform"))
    else:
        ends.append(waived)
    return min((end for end in ends if end is not None), key=lambda end: end.at, default=None)


def _saw(answer: Answered, message: Received) -> bool:
    if answer.answers_up_to is None:
        return message.at <= answer.at
    return message.message <= answer.answers_up_to


def _crossed(message: Received, answers: Iterable[Answered], by: datetime | None = None) -> bool:
    return any(
        answer.counts_own and message.at <= answer.at and not _saw(answer, message)
        for answer in answers
        if by is None or answer.at <= by
    )


def _covers(waiver: Cleared, message: Received, answers: Sequence[Answered]) -> bool:
    if message.message > waiver.up_to:
        return False
    return isinstance(waiver, Waived) or _crossed(message, answers, by=waiver.at)


def _answered(answer: Answered) -> Discharge:
    return Discharge(at=answer.at, reply=answer.reply, provisional_until=answer.provisional_until)


def _waived(waiver: Cleared) -> Discharge:
    return Discharge(at=waiver.at, waived=True, reason=waiver.reason if isinstance(waiver, Waived) else "caught_up")


def last_misread(members: Iterable[Obligation]) -> datetime | None:
    """When it was learned that none of these expects an answer; None as long as one does."""
    read = [each.misread_at for each in members]
    known = [at for at in read if at is not None]
    return max(known, default=None) if len(known) == len(read) else None


def _earlier(answer: Discharge | None, waiver: Discharge | None) -> Discharge | None:
    if answer is None or waiver is None:
        return answer or waiver
    return answer if answer.at <= waiver.at else waiver


def _by_message(readings: Sequence[Reinterpreted]) -> Mapping[int, list[Reinterpreted]]:
    by_message = defaultdict[int, list[Reinterpreted]](list)
    for reading in readings:
        by_message[reading.message].append(reading)
    return by_message


def _marks(marks: Sequence[MarkedAtPlatform]) -> Mapping[int, MarkedAtPlatform]:
    first: dict[int, MarkedAtPlatform] = {}
    for mark in marks:
        for message in mark.messages:
            first.setdefault(message, mark)
    return first
