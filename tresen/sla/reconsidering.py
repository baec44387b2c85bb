"""What an edit brings to conversations: for each that it concerns, the event that applies it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from msgspec.structs import replace

from tresen.clock.facts import Counting, Metric
from tresen.sla.applying import applied, hours_in, in_version, is_of_store, version_in, with_hours
from tresen.sla.case_dates import CaseNews, case_news_of
from tresen.sla.covering import Covered, covered_at
from tresen.sla.deciding import decide, same_policy
from tresen.sla.models import EditReason, PolicyVersion, StoreRules
from tresen.sla.on_call_edits import following_list
from tresen.sla.packs import edition_at
from tresen.sla.policies import chosen_of
from tresen.sla.recalculations import Edit
from tresen.sla.standing import Applied, History, applied_in, policy_in, targets_of
from tresen.sla.targets import COVERAGE, STORE, HoursChoice
from tresen.sla.ticket_facts import facts_of
from tresen.staffing.models import TeamCoverage, TimetableVersion
from tresen.staffing.queries import current_versions
from tresen.tickets.events import Key, PolicyApplied
from tresen.tickets.models import Conversation
from tresen.tickets.projection import TicketNow, TicketState

KEPT = Key(Counting.NEW_CLOCKS)
NO_STORE = 0
"""Where no store's hours matter."""


@dataclass(frozen=True, slots=True)
class News:
    """A conversation, and the event that the edit brings to it. `of_rules`: it moves the platform's clocks."""

    ticket: int
    conversation: int
    event: PolicyApplied
    of_rules: bool = False

    @property
    def source(self) -> str:
        """What tells its event from others of the same edit."""
        return str(self.conversation)

    def counted(self, counting: Counting) -> PolicyApplied:
        """The event, with what it does to clocks that run."""
        if self.of_rules:
            return replace(self.event, counting=KEPT, pack_counting=Key(counting))
        return replace(self.event, counting=Key(counting), pack_counting=KEPT)


def news_of(
    edit: Edit,
    *,
    histories: Mapping[int, History],
    tickets: Mapping[int, TicketNow],
    edited_at: datetime,
    at: datetime,
) -> list[News | CaseNews]:
    """What the edit brings to the conversations of these tickets; those it does not concern are left out.

    The edition of the platform's rules stays the one that counted, unless they are what was edited.
    """
    standing = [one for history in histories.values() for one in applied_in(history, until=edited_at)]
    bringing = _BRINGING.get(edit.reason, _asked_again)
    if edit.version is not None:
        bringing = _new_version
    counts_since = edited_at if edit.reason is EditReason.ON_CALL else at
    brought = bringing(edit, standing, tickets, counts_since)
    found: list[News | CaseNews] = [
        News(one.ticket, one.conversation, event, of_rules=edit.reason is EditReason.RULES)
        for one in standing
        if (event := brought.get(one.conversation)) is not None and not _same(one.then, event)
    ]
    if edit.rules is not None:
        store = _said(edit.rules).store
        theirs = [history for ticket, history in histories.items() if tickets[ticket].store == store.pk]
        found += case_news_of(store, theirs, edited_at=edited_at)
    return found


def _same(then: PolicyApplied, event: PolicyApplied) -> bool:
    return event == replace(then, counting=event.counting, pack_counting=event.pack_counting)


type Brought = Mapping[int, PolicyApplied]
type Bringing = Callable[[Edit, Sequence[Applied], Mapping[int, TicketNow], datetime], Brought]


def _new_version(edit: Edit, standing: Sequence[Applied], tickets: Mapping[int, TicketNow], at: datetime) -> Brought:
    """A policy's targets alone changed: those it counts for get them."""
    assert edit.version is not None
    policy = chosen_of(PolicyVersion.objects.get(pk=edit.version), name="")
    concerned = [one for one in standing if policy_in(one.then) in edit.policies]
    versions = current_versions(policy.targets.timetables)
    states = {one.ticket: tickets[one.ticket].state for one in concerned}
    stores = _stores_of(concerned) if policy.targets.by_store else {}
    covered = _covered(states.values(), set(stores.values()), at)

    @cache
    def event(team: int, store: int, risk_tier: int, pack: str, zone_data: str) -> PolicyApplied:
        said = applied(policy, timetable_versions=versions, pack=pack, zone_data=zone_data)
        return with_hours(said, covered.named(team, store=store, risk_tier=risk_tier))

    brought = {}
    for one in concerned:
        state, store = states[one.ticket], stores.get(one.conversation, NO_STORE)
        said = event(state.team, store, state.risk_tier, one.then.pack, one.then.zone_data)
        brought[one.conversation] = replace(said, conversation=one.conversation)
    return brought


def _asked_again(edit: Edit, standing: Sequence[Applied], tickets: Mapping[int, TicketNow], at: datetime) -> Brought:
    """The list changed: every policy is asked again, but only who comes to an edited one or leaves it is concerned.

    What was decided by the new list since, with what was known of the ticket then, stands.
    """
    leaving = {EditReason.DISABLED, EditReason.RETIRED}
    asked = [one for one in standing if edit.reason not in leaving or policy_in(one.then) in edit.policies]
    if not asked:
        return {}
    decided = decide(facts_of(conversations=[one.conversation for one in asked], tickets=[]), at=at)
    brought = {}
    for one in asked:
        event = one.since or decided.get(one.conversation)
        if event is None:
            continue
        edited = {policy_in(one.then), policy_in(event)} & set(edit.policies)
        if edited and not (same_policy(one.then, event) and one.then.policy_version == event.policy_version):
            event = replace(event, pack=one.then.pack, zone_data=one.then.zone_data)
            brought[one.conversation] = event
    del tickets
    return brought


def _new_hours(edit: Edit, standing: Sequence[Applied], tickets: Mapping[int, TicketNow], at: datetime) -> Brought:
    """A timetable has a new version: what counts by an older one counts by it."""
    del tickets, at
    assert edit.timetable is not None
    older, new = older_versions(edit.timetable), edit.timetable

    def renewed(key: Key) -> Key:
        return in_version(key, new) if version_in(key) in older else key

    return {
        one.conversation: with_hours(one.then, renewed)
        for one in standing
        if any(version_in(key) in older for key in hours_in(one.then))
    }


def _new_coverage(edit: Edit, standing: Sequence[Applied], tickets: Mapping[int, TicketNow], at: datetime) -> Brought:
    """A team works by other hours: what counts while the team works counts by them.

    So does what counts in the hours of a store that had none of its own when that was frozen.
    """

    def by_team(hours: HoursChoice, then: Key) -> bool:
        return hours == COVERAGE or (hours == STORE and not is_of_store(then))

    elsewhere = set() if edit.teams else set(TeamCoverage.objects.values_list("team_id", flat=True))
    states = {one.ticket: tickets[one.ticket].state for one in standing}
    covered = _covered(states.values(), (), at)
    brought = {}
    for one in standing:
        team, risk_tier = states[one.ticket].team, states[one.ticket].risk_tier
        concerned = team in edit.teams if edit.teams else team not in elsewhere
        if concerned and one.then.policy_version is not None and team in covered.versions:
            worked = covered.named(team, store=NO_STORE, risk_tier=risk_tier)(Key(COVERAGE))
            brought[one.conversation] = _counted_by(worked, one.then, by_team)
    return brought


def _new_store_hours(
    edit: Edit, standing: Sequence[Applied], tickets: Mapping[int, TicketNow], at: datetime
) -> Brought:
    """A store has other hours: what counts in the store's hours counts by them."""

    def by_store(hours: HoursChoice, then: Key) -> bool:
        del then
        return hours == STORE

    stores = _stores_of(standing)
    theirs = [one for one in standing if stores[one.conversation] in edit.stores and one.then.policy_version]
    states = {one.ticket: tickets[one.ticket].state for one in theirs}
    covered = _covered(states.values(), edit.stores, at)
    brought = {}
    for one in theirs:
        state, store = states[one.ticket], stores[one.conversation]
        named = covered.named(state.team, store=store, risk_tier=state.risk_tier)(Key(STORE))
        brought[one.conversation] = _counted_by(named, one.then, by_store)
    return brought


def _counted_by(hours: Key, then: PolicyApplied, concerned: Callable[[HoursChoice, Key], bool]) -> PolicyApplied:
    """The same with these hours for each target that is concerned, by what its policy says and what was frozen."""
    assert then.policy_version is not None
    frozen = {metric: getattr(then, f"{metric}_hours") for metric in Metric}
    said = targets_of(then.policy_version).given
    moved = [metric for metric, target in said.items() if concerned(target.hours, frozen[metric])]
    return replace(then, **{f"{metric}_hours": hours for metric in moved})


def _covered(states: Collection[TicketState], stores: Collection[int], at: datetime) -> Covered:
    tiers = {state.risk_tier for state in states}
    return covered_at({state.team for state in states}, risk_tiers=tiers, at=at, stores=stores)


def _stores_of(standing: Sequence[Applied]) -> dict[int, int]:
    conversations = Conversation.objects.filter(pk__in=[one.conversation for one in standing])
    return dict(conversations.values_list("pk", "store_id"))


def _new_rules(edit: Edit, standing: Sequence[Applied], tickets: Mapping[int, TicketNow], at: datetime) -> Brought:
    """A store says something else of its platform's rules: that counts in its conversations, nothing else changes."""
    del tickets, at
    assert edit.rules is not None
    said = _said(edit.rules)
    owed = Conversation.objects.filter(pk__in=[one.conversation for one in standing], store=said.store_id)
    held_at = dict(owed.values_list("pk", "surface"))
    names = {surface: Key(edition_at(said.store, said.created_at, surface)) for surface in set(held_at.values())}
    theirs = [one for one in standing if one.conversation in held_at]
    return {one.conversation: replace(one.then, pack=names[held_at[one.conversation]]) for one in theirs}


def _said(rules: int) -> StoreRules:
    return StoreRules.objects.select_related("store").get(pk=rules)


_BRINGING: Mapping[EditReason, Bringing] = {
    EditReason.TIMETABLE: _new_hours,
    EditReason.COVERAGE: _new_coverage,
    EditReason.STORE_HOURS: _new_store_hours,
    EditReason.RULES: _new_rules,
    EditReason.ON_CALL: following_list,
}


def versions_of(policies: Collection[int]) -> list[int]:
    """The ids of all versions of these policies."""
    return list(PolicyVersion.objects.filter(policy__in=policies).values_list("pk", flat=True))


def older_versions(timetable_version: int) -> set[int]:
    """The ids of the versions that this one of a timetable replaces."""
    new = TimetableVersion.objects.get(pk=timetable_version)
    older = TimetableVersion.objects.filter(timetable=new.timetable_id, number__lt=new.number)
    return set(older.values_list("pk", flat=True))
