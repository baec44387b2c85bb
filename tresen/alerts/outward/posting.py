"""Posting what is due: the attempt is committed before anything leaves, the outcome after it.

A crash between the two leaves the posting SENDING; when its process has been silent for long enough it becomes
UNCERTAIN and is not sent again. That errs on the side of nobody being told twice: every agent's notice stands at the
bell all the same, and the next step of the ladder follows if nobody acts.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from tresen.alerts.models import Posting, PostingState, Webhook
from tresen.alerts.outward.chat import call
from tresen.alerts.outward.mailing import send_mail
from tresen.alerts.outward.outcomes import Again, Moot, Never, Outcome, Posted, Unknown
from tresen.crashing.points import Point, reached
from tresen.outbox.pausing import pause_after
from tresen.timekeeping.running import running_from

log = structlog.get_logger()

GIVE_UP_AFTER = timedelta(hours=12)
"""An older notice helps nobody any more."""
SILENT_AFTER = timedelta(minutes=15)
"""Longer than any attempt: a mail server may take ten minutes for its answer."""


def post_due(at: datetime, *, most: int = 50) -> int:
    """Post what is due, the oldest first; gives how many attempts were made."""
    clock = running_from(at)
    for made in range(most):
        posting = _claim(clock())
        if posting is None:
            return made
        reached(Point.POSTING_COMMITTED)
        outcome = _posted(posting, clock)
        reached(Point.POSTED_NOT_KEPT)
        keep(posting, outcome, at=clock())
    return most


def settle_silent(at: datetime) -> int:
    """Postings whose process died on the way become uncertain; gives how many."""
    silent = Posting.objects.filter(state=PostingState.SENDING, started_at__lt=at - SILENT_AFTER)
    return silent.update(state=PostingState.UNCERTAIN, ended_at=at, answer="The program stopped while this was sent.")


@transaction.atomic(durable=True)
def _claim(at: datetime) -> Posting | None:
    """The next due posting, its attempt counted; committed when this returns."""
    due = Posting.objects.filter(state=PostingState.QUEUED, next_attempt_at__lte=at)
    posting = due.order_by("next_attempt_at", "pk").select_for_update(skip_locked=True).first()
    if posting is None:
        return None
    posting.state, posting.attempts, posting.started_at = PostingState.SENDING, posting.attempts + 1, at
    posting.save(update_fields=["state", "attempts", "started_at"])
    return posting


def _posted(posting: Posting, clock: Callable[[], datetime]) -> Outcome:
    if posting.agent is not None and not posting.agent.is_active:
        return Moot("The agent can't sign in any more.")
    if posting.webhook is not None and posting.webhook.retired_at is not None:
        return Moot("This chat is told nothing more.")
    try:
        return send_mail(posting, clock=clock) if posting.webhook_id is None else call(posting, at=clock())
    except Exception as error:  # a bug of ours: whatever it did before, nobody knows
        log.exception("posting_failed", posting=posting.pk)
        return Unknown(f"{type(error).__name__}: {error}"[:500])


@transaction.atomic
def keep(posting: Posting, outcome: Outcome, *, at: datetime) -> None:
    """Keep what an attempt came to."""
    match outcome:
        case Posted(answer=answer):
            _end(posting, PostingState.SENT, answer, at)
        case Unknown(reason=reason):
            _end(posting, PostingState.UNCERTAIN, reason, at)
        case Moot(reason=reason):
            log.info("posting_moot", posting=posting.pk, target=posting.target, reason=reason)
            posting.delete()
            return
        case Never(reason=reason):
            _end(posting, PostingState.GIVEN_UP, reason, at)
        case Again(reason=reason) if at - posting.created_at >= GIVE_UP_AFTER:
            _end(posting, PostingState.GIVEN_UP, reason, at)
        case Again(reason=reason):
            posting.state, posting.answer = PostingState.QUEUED, reason
            posting.next_attempt_at = at + pause_after(posting.attempts, seed=posting.pk)
            posting.save(update_fields=["state", "answer", "next_attempt_at"])
    if posting.webhook_id is not None:
        _note(posting.webhook_id, "" if isinstance(outcome, Posted) else posting.answer, at)


def _end(posting: Posting, state: PostingState, answer: str, at: datetime) -> None:
    posting.state, posting.answer, posting.ended_at = state, answer, at
    posting.save(update_fields=["state", "answer", "ended_at"])


def _note(webhook_id: int, trouble: str, at: datetime) -> None:
    """How the webhook does, for who looks at the set-up."""
    webhook = Webhook.objects.filter(pk=webhook_id)
    if not trouble:
        webhook.exclude(trouble="").update(trouble="", troubled_since=None)
    elif not webhook.filter(trouble="").update(trouble=trouble, troubled_since=at):
        webhook.update(trouble=trouble)
