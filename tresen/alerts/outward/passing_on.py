"""Giving notices to the ways that lead out: each once for every target, whoever does it and however often."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from tresen.accounts.models import Agent
from tresen.alerts.models import NoticeGroup, PostedNotice, Posting, PostingState, Preference, Rhythm, WaysOut, Webhook
from tresen.alerts.outward.deferring import leaves_at
from tresen.alerts.outward.preferring import preference_of, preferences_of
from tresen.alerts.wording import GROUPS
from tresen.live.announcing import announce
from tresen.sla.models import Notice

ON_CALL = "on_call"


@dataclass(frozen=True, slots=True)
class Target:
    """Where notices go: an agent's mail, the on-call address (neither), or a webhook."""

    agent: Agent | None = None
    webhook: Webhook | None = None

    @property
    def key(self) -> str:
        """What stands in the rows."""
        if self.agent is not None:
            return f"agent:{self.agent.pk}"
        return f"webhook:{self.webhook.pk}" if self.webhook is not None else ON_CALL


def pass_on(at: datetime, *, most: int = 200) -> int:
    """Give what is to be seen by now to its ways out, and tell open browsers; gives how many notices that were."""
    with transaction.atomic():
        due = Notice.objects.filter(passed_on_at=None, shown_from__lte=at).order_by("shown_from", "pk")
        locked = due.select_for_update(skip_locked=True, of=("self",))
        notices = list(locked.select_related("recipient", "ticket")[:most])
        if not notices:
            return 0
        for target, those in sorted(_by_target(notices).items(), key=lambda one: one[0].key):
            _queue(target, those, at)
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(passed_on_at=at)
        announce((one.ticket.team_id, one.ticket.store_id, one.ticket.brand_id) for one in notices)
    return len(notices)


def _by_target(notices: Sequence[Notice]) -> Mapping[Target, list[Notice]]:
    ways = WaysOut.objects.first()
    mails = ways is not None and ways.mailbox is not None
    webhooks = list(Webhook.objects.filter(retired_at=None).order_by("pk"))
    wanted = preferences_of({notice.recipient for notice in notices if notice.recipient is not None})
    found: defaultdict[Target, list[Notice]] = defaultdict(list)
    for notice in notices:
        group = GROUPS.get(notice.kind, NoticeGroup.ESCALATED)
        if notice.recipient is None:
            if mails and ways is not None and ways.on_call_email:
                found[Target()].append(notice)
        elif mails and notice.recipient.is_active and group in wanted[notice.recipient.pk].mailed:
            found[Target(agent=notice.recipient)].append(notice)
        for webhook in webhooks:
            if group in webhook.groups:
                found[Target(webhook=webhook)].append(notice)
    return found


def _queue(target: Target, notices: Sequence[Notice], at: datetime) -> None:
    """Put these into a posting that still waits, or into a new one. What went this way before does not go again."""
    earlier = PostedNotice.objects.filter(target=target.key, key__in=[notice.key for notice in notices])
    known = set(earlier.values_list("ticket_id", "key"))
    new = {(notice.ticket_id, notice.key): notice for notice in notices if (notice.ticket_id, notice.key) not in known}
    if not new:
        return
    waiting = Posting.objects.filter(target=target.key, state=PostingState.QUEUED, attempts=0)
    posting = waiting.select_for_update(skip_locked=True).first() or _new_posting(target, at)
    lines = [
        PostedNotice(posting=posting, notice=notice, ticket_id=ticket, key=key, target=target.key, created_at=at)
        for (ticket, key), notice in sorted(new.items())  # in one order, so that rivals never wait in a circle
    ]
    PostedNotice.objects.bulk_create(lines, ignore_conflicts=True)
    if not posting.lines.exists():  # a rival was quicker with all of them
        posting.delete()


def _new_posting(target: Target, at: datetime) -> Posting:
    return Posting.objects.create(
        target=target.key,
        agent=target.agent,
        webhook=target.webhook,
        created_at=at,
        next_attempt_at=_leaves(target, at),
    )


def _leaves(target: Target, at: datetime) -> datetime:
    wanted = preference_of(target.agent) if target.agent is not None else Preference()
    within = timedelta(minutes=wanted.within)
    recent = PostedNotice.objects.filter(target=target.key, created_at__gt=at - within)
    return leaves_at(
        Rhythm(wanted.rhythm),
        recent=list(recent.values_list("created_at", flat=True)),
        most=wanted.most,
        within=within,
        zone=ZoneInfo(target.agent.zone if target.agent is not None else "UTC"),
        at=at,
    )
