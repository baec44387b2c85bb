"""How one matter goes on after its first message. Pure: the dice decide, the clock bounds."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from tresen.local.demo.tale import rhythm, words
from tresen.local.demo.tale.happenings import (
    After,
    Answered,
    AnsweredThere,
    Assigned,
    AutoReplied,
    Bounced,
    Happening,
    Noted,
    Noticed,
    Outcome,
    Snoozed,
    Solved,
    Tagged,
    Waited,
    Waived,
    Wrote,
)
from tresen.local.demo.tale.mails import Thread
from tresen.local.demo.tale.people import AgentPlan

QUIET = ("thanks", "compliment", "newsletter")
# Shares of matters: see `after`.
_SECOND_MESSAGE = 0.13
_ASSIGNED = 0.16
_NOTED = 0.07
_TAGGED = 0.6
_ELSEWHERE = 0.05
_CROSSED = 0.02
_AUTOMATIC = 0.06
_BOUNCED = 0.02
_NOTICED = 0.05
_THANKS = 0.26
_MORE = 0.17
_SNOOZED = 0.12
_TROUBLED = 0.03
_ROUNDS = 3


class Telling:
    """One matter as it is told. `urgent`: its first message threatens."""

    def __init__(
        self, dice: Random, thread: Thread, intent: str, entry: Mapping[str, Any], *, now: datetime, urgent: bool
    ) -> None:
        self.dice = dice
        self.thread = thread
        self.intent = intent
        self.entry = entry
        self.now = now
        self.urgent = urgent
        self.told: list[Happening] = []
        self.over = False

    def after(self, first: Wrote) -> tuple[Happening, ...]:
        """All that happened until now, from the first message on."""
        self._add(first)
        since = self._more_before_the_answer(first.at)
        for rounds in range(_ROUNDS):
            answered = self._answer(since, later=rounds > 0)
            if answered is None:
                break
            since = self._buyer_again(answered, last=rounds == _ROUNDS - 1)
            if self.over:
                break
        self._done_with()
        return tuple(sorted(self.told, key=lambda one: one.at))

    def _chance(self, share: float) -> bool:
        return self.dice.random() < share

    def _add(self, happening: Happening) -> bool:
        """Whether it has happened yet; after what has not, nothing else does."""
        if happening.at > self.now - timedelta(seconds=30):
            self.over = True
        if not self.over:
            self.told.append(happening)
        return not self.over

    def _about(self, at: datetime, agent: AgentPlan | None = None) -> words.About:
        return words.About(
            buyer=self.thread.buyer,
            product=self.thread.product,
            order=self.thread.order,
            at=at,
            country=self.thread.store.country,
            agent=agent.name.partition(" ")[0] if agent else "",
        )

    def _more_before_the_answer(self, at: datetime) -> datetime:
        if self.intent not in QUIET and self.thread.order and self._chance(_SECOND_MESSAGE):
            later = at + timedelta(minutes=self.dice.randint(3, 120))
            self._add(Wrote(at=later, text=words.follow_up(self.dice, "more_details", self._about(later))))
            self.over = False  # the second message of a fresh matter has only not come yet
        if self.thread.order and self.thread.store.channel in {"amazon", "ebay"} and self._chance(_NOTICED):
            self._notice(at)
        return at

    def _notice(self, at: datetime) -> None:
        amazon = self.thread.store.channel == "amazon"
        if self.urgent:
            kind = "a_to_z_opened" if amazon else "item_not_received_opened"
        else:
            kind = "return_authorised" if amazon else "return_requested"
        self._add(Noticed(at=at + timedelta(hours=self.dice.randint(1, 30)), kind=kind))
        self.over = False

    def _answer(self, since: datetime, *, later: bool) -> datetime | None:
        """When it was answered; None while it was not."""
        at = rhythm.answered_at(self.dice, self.thread.store.team, since, urgent=self.urgent and not later)
        # Nobody answers before the buyer's second message is read.
        at = max(at, self._last_wrote() + timedelta(minutes=self.dice.randint(2, 25)))
        agent = rhythm.on_duty(self.dice, self.thread.store.team, at)
        open_still = rhythm.still_open(self.dice, since, now=self.now, urgent=self.urgent)
        if open_still or at > self.now - timedelta(minutes=2):
            self._work_begun(since, agent)
            return None
        self._handled(at, agent)
        if self.intent in QUIET and self._chance(0.75):
            reason = "thanks" if self.intent != "newsletter" else "advertising"
            self._add(Waived(at=at, agent=agent.local, reason=reason, marked=self._marked(at)))
            self.over = True
            return None
        text = words.answer(self.dice, self.intent, self._about(at, agent), later=later)
        copied = self.thread.store.has_inbox or (self.thread.store.channel == "amazon" and self.thread.order)
        if copied and self._chance(_ELSEWHERE):
            return at if self._add(AnsweredThere(at=at, text=text)) else None
        fresh = self.now - at < timedelta(days=3)
        outcome = (
            self.dice.choice([Outcome.REFUSED, Outcome.UNCERTAIN])
            if fresh and self._chance(_TROUBLED)
            else Outcome.SENT
        )
        after = After.KEEP_OPEN if outcome is not Outcome.SENT else self._after()
        self._add(Answered(at=at, agent=agent.local, text=text, after=after, outcome=outcome))
        if outcome is not Outcome.SENT:
            self.over = True
        elif self.entry.get("waits") and not later:
            self._add(
                Waited(
                    at=at + timedelta(minutes=1), agent=agent.local, until=at + timedelta(days=self.dice.randint(3, 7))
                )
            )
        return at

    def _last_wrote(self) -> datetime:
        return max(one.at for one in self.told if isinstance(one, Wrote))

    def _marked(self, at: datetime) -> bool:
        """Whether Amazon was told that nothing needs to be said: sooner or later it is."""
        return self.now - at > timedelta(days=4) or self._chance(0.6)

    def _after(self) -> After:
        if self.entry.get("waits"):
            return After.KEEP_OPEN
        return self.dice.choices([After.SOLVE, After.WAIT, After.KEEP_OPEN], weights=[72, 22, 6])[0]

    def _work_begun(self, since: datetime, agent: AgentPlan) -> None:
        """Unanswered matters that somebody has had in hand."""
        at = since + timedelta(minutes=self.dice.randint(20, 200))
        if self._chance(_ASSIGNED) and not self._add(Assigned(at=at, agent=agent.local)):
            return
        if self._chance(_SNOOZED):
            self._add(
                Snoozed(
                    at=at + timedelta(minutes=4),
                    agent=agent.local,
                    until=self.now + timedelta(hours=self.dice.randint(2, 60)),
                )
            )

    def _handled(self, at: datetime, agent: AgentPlan) -> None:
        if self._chance(_ASSIGNED):
            self._add(Assigned(at=at - timedelta(minutes=1), agent=agent.local))
        if self._chance(_NOTED):
            text = words.note(self.dice, self._about(at), language=agent.language)
            self._add(Noted(at=at - timedelta(seconds=40), agent=agent.local, text=text))
        if (tag := self.entry.get("tag")) and self._chance(_TAGGED):
            self._add(Tagged(at=at - timedelta(seconds=20), agent=agent.local, name=tag))

    def _buyer_again(self, answered: datetime, *, last: bool) -> datetime:
        """When the buyer wrote again, or the story of this matter is over."""
        since = self._machines(answered, last=last)
        if self.over or since != answered:
            return since
        if not last and self.thread.order and self._chance(_CROSSED):
            return self._crossed(answered)
        at = answered + timedelta(minutes=self.dice.randint(20, 3000))
        kind = "" if last else self._kind_of_follow_up()
        if not kind:
            self.over = True
            return at
        angry = self._chance(0.06) and kind == "still_waiting"
        text = words.follow_up(self.dice, kind, self._about(at), threats=("third_contact",) if angry else ())
        if self._add(Wrote(at=at, text=text)) and kind == "thanks":
            self._thanked(at)
        return at

    def _crossed(self, answered: datetime) -> datetime:
        at = answered + timedelta(seconds=50)
        text = words.follow_up(self.dice, "still_waiting" if self._about_a_parcel() else "no_news", self._about(at))
        self._add(Wrote(at=at, sent_at=answered - timedelta(seconds=self.dice.randint(5, 40)), text=text))
        return at

    def _done_with(self) -> None:
        """What was answered and never asked again is solved some days later."""
        last = self.told[-1]
        if isinstance(last, Waited) or (
            isinstance(last, Answered) and last.outcome is Outcome.SENT and last.after is not After.SOLVE
        ):
            self.over = False
            self._add(Solved(at=last.at + timedelta(days=self.dice.randint(3, 8), minutes=11), agent=last.agent))

    def _kind_of_follow_up(self) -> str:
        last = self.told[-1]
        if isinstance(last, Answered) and last.after is After.WAIT and self._chance(0.55):
            return "agrees"
        if self._chance(_THANKS):
            return "thanks"
        if not self.thread.order or not self._chance(_MORE):
            return ""
        return "still_waiting" if self._about_a_parcel() else "no_news"

    def _about_a_parcel(self) -> bool:
        return bool(self.entry.get("slow") or self.entry.get("waits"))

    def _thanked(self, at: datetime) -> None:
        done = rhythm.answered_at(self.dice, self.thread.store.team, at, urgent=False)
        agent = rhythm.on_duty(self.dice, self.thread.store.team, done)
        self._add(Waived(at=done, agent=agent.local, reason="thanks", marked=self._marked(done)))
        self.over = True

    def _machines(self, answered: datetime, *, last: bool) -> datetime:
        """Automatic replies and bounces: the latter ask for another answer, so none comes after the last one."""
        channel = self.thread.store.channel
        at = answered + timedelta(minutes=self.dice.randint(1, 4))
        by_mail = channel in {"email", "shopify", "website"}
        if by_mail and self._chance(_AUTOMATIC):
            written = words.automatic(self.dice, self._about(at), subject=self.thread.subject)
            self._add(AutoReplied(at=at, subject=written.subject, text=written.text))
        elif by_mail and not last and self._chance(_BOUNCED):
            self._add(Bounced(at=at))
            return at
        elif channel == "amazon" and self.thread.order and self._chance(_BOUNCED / 3):
            self._add(Noticed(at=at, kind="opted_out"))
            return at
        return answered
