"""Which policy counts: asked when a message comes in and when what policies ask about has changed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple

from django.db.models import Q
from msgspec.structs import replace

from tresen.accounts.actors import SYSTEM
from tresen.clock.facts import Counting
from tresen.sla.applying import applied, with_hours
from tresen.sla.choosing import choose
from tresen.sla.covering import covered_at
from tresen.sla.models import Clock, Policy, PolicyVersion
from tresen.sla.packs import StoreAt, rules_in_force
from tresen.sla.policies import current_book
from tresen.sla.ticket_facts import ConversationFacts, facts_of
from tresen.staffing.queries import current_versions
from tresen.staffing.zone_data import VERSION
from tresen.tickets import ledger
from tresen.tickets.events import Key, MessageReceived, PolicyApplied
from tresen.tickets.recorded import NewEvent, RecordedEvent


class Applied(NamedTuple):
    """A policy that was applied, and when."""

    event: PolicyApplied
    at: datetime


def apply_policies(events: Sequence[RecordedEvent], at: datetime) -> None:
    """Record which policy counts for each conversation touched, where that is news.

    While a turn is open, an edited policy does not replace the version the turn began under, and what a message brings
    after an edit counts for new clocks only: what an edit does to open ones is the editor's choice, not a message's
    side effect. What was said of the ticket itself (risk, team, tags) moves its open clocks at once.
    """
    causes = {
        entry.event.conversation: entry
        for entry in events
        if isinstance(entry.event, MessageReceived) and entry.event.expects_answer
    }
    changed = {entry.ticket: entry for entry in events if not isinstance(entry.event, MessageReceived)}
    asked = facts_of(conversations=list(causes), tickets=list(changed))
    if not asked:
        return
    moments = {one.conversation: (causes.get(one.conversation) or changed[one.ticket]).occurred_at for one in asked}
    decided = decide(asked, at=at, moments=moments)
    last = _last_applied({one.ticket for one in asked})
    news = [one for one in asked if not says_the_same(last.get(one.conversation), decided[one.conversation])]
    open_turns = _open_turns([one.conversation for one in news if one.conversation in last])
    entries = []
    for one in news:
        event, before = decided[one.conversation], last.get(one.conversation)
        same = before is not None and same_policy(before.event, event)
        if before is not None and one.conversation in open_turns and same:
            if before.event.pack == event.pack:
                continue
            # The platform's rules changed, or the store's word on them: from this message on those count.
            event = replace(before.event, pack=event.pack, pack_counting=event.pack_counting)
        cause = causes.get(one.conversation) or changed[one.ticket]
        if before is not None and (same or (one.ticket not in changed and _edited_since(before, event))):
            event = replace(event, counting=Key(Counting.NEW_CLOCKS))
        entries.append(_entry(one, event, cause))
    ledger.record_all(entries, at=at)


def decide(
    asked: Sequence[ConversationFacts], *, at: datetime, moments: Mapping[int, datetime] | None = None
) -> dict[int, PolicyApplied]:
    """The event that applies to each of these conversations what the list says of it now.

    The platform's rules are those of `moments`, by conversation, where a message came earlier than `at`.
    """
    platforms = rules_in_force({one.facts.store for one in asked})
    came = moments or {}
    book = current_book()
    chosen = {one.conversation: choose(book, one.facts) for one in asked}
    timetables = {timetable for policy in chosen.values() if policy for timetable in policy.targets.timetables}
    versions = current_versions(timetables) if timetables else {}
    tiers = {one.facts.risk_tier for one in asked}
    stores = {one.facts.store for one in asked if (policy := chosen[one.conversation]) and policy.targets.by_store}
    coverage = covered_at({one.team for one in asked}, risk_tiers=tiers, at=at, stores=stores)
    return {
        one.conversation: with_hours(
            applied(
                chosen[one.conversation],
                timetable_versions=versions,
                pack=platforms.name_at(store_of(one), came.get(one.conversation, at)),
                zone_data=VERSION.lower(),
            ),
            coverage.named(one.team, store=one.facts.store, risk_tier=one.facts.risk_tier),
            conversation=one.conversation,
        )
        for one in asked
    }


def store_of(one: ConversationFacts) -> StoreAt:
    """Whose rules hold in a conversation."""
    return StoreAt(one.facts.store, one.facts.channel, one.facts.marketplace, one.surface)


def says_the_same(before: Applied | None, event: PolicyApplied) -> bool:
    """Whether this is what counts for the conversation already, however it came to count."""
    if before is None:
        return False
    return replace(before.event, counting=event.counting, pack_counting=event.pack_counting) == event


def _last_applied(tickets: set[int]) -> dict[int, Applied]:
    return {
        entry.event.conversation: Applied(entry.event, entry.occurred_at)
        for history in ledger.history_of(tickets).values()
        for entry in history
        if isinstance(entry.event, PolicyApplied) and entry.event.conversation is not None
    }


def _open_turns(conversations: Sequence[int]) -> set[int]:
    if not conversations:
        return set()
    running = Clock.objects.filter(conversation__in=conversations, kind="own", outcome__in=["running", "paused"])
    return set(running.values_list("conversation_id", flat=True))


def _edited_since(before: Applied, event: PolicyApplied) -> bool:
    """Whether the list itself brought another policy: the one that goes or the one that comes was edited meanwhile."""
    versions = [applied.policy_version for applied in (before.event, event) if applied.policy_version is not None]
    policies = Policy.objects.filter(pk__in=[policy_of(version) for version in versions])
    return policies.filter(Q(changed_at__gt=before.at) | Q(versions__created_at__gt=before.at)).exists()


def same_policy(before: PolicyApplied, event: PolicyApplied) -> bool:
    """Whether both apply the same policy, be it in different versions."""
    if before.policy_version is None or event.policy_version is None:
        return before.policy_version == event.policy_version
    return policy_of(before.policy_version) == policy_of(event.policy_version)


@cache
def policy_of(version: int) -> int:
    """The id of the policy that a version is of."""
    return PolicyVersion.objects.values_list("policy_id", flat=True).get(pk=version)


def _entry(one: ConversationFacts, event: PolicyApplied, cause: RecordedEvent) -> NewEvent:
    return NewEvent(
        ticket=one.ticket,
        event=event,
        by=SYSTEM,
        occurred_at=cause.occurred_at,
        source_key=f"conversation:{one.conversation}:{cause.sequence}",
    )
