"""The policies in force, as one book. One small query a batch; what versions say is read once for each process."""

from dataclasses import dataclass

from django.db import connection

from tresen.sla.choosing import BookEntry, ChosenPolicy, PolicyBook
from tresen.sla.conditions import parse_conditions
from tresen.sla.models import PolicyVersion
from tresen.sla.targets import parse_targets

type _Stamp = tuple[tuple[int, str, int], ...]
"""(policy, name, newest version) in order: all that can change, as versions themselves never do."""

_IN_FORCE = """
SELECT policy.id, policy.name, newest.id
FROM sla_policy AS policy
JOIN LATERAL (
    SELECT id FROM sla_policyversion WHERE policy_id = policy.id ORDER BY number DESC LIMIT 1
) AS newest ON true
WHERE policy.enabled AND policy.retired_at IS NULL
ORDER BY policy.position
"""


@dataclass(frozen=True, slots=True)
class _Read:
    stamp: _Stamp
    book: PolicyBook


_last = _Read((), PolicyBook())


def current_book() -> PolicyBook:
    """All enabled policies in their newest versions, in order. The same book as long as nobody edits them."""
    global _last  # noqa: PLW0603 - replaced whole, so that threads may share it without a lock
    last, stamp = _last, _stamp()
    if last.stamp != stamp:
        last = _last = _Read(stamp, _book(stamp))
    return last.book


def _stamp() -> _Stamp:
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE)
        return tuple(cursor.fetchall())


def _book(stamp: _Stamp) -> PolicyBook:
    versions = PolicyVersion.objects.in_bulk([version for _policy, _name, version in stamp])
    return PolicyBook(tuple(_entry(name, versions[version]) for _policy, name, version in stamp))


def chosen_of(version: PolicyVersion, *, name: str) -> ChosenPolicy:
    """A policy in this version, as a ticket would get it."""
    return ChosenPolicy(
        policy_id=version.policy_id,
        policy_version_id=version.pk,
        name=name,
        number=version.number,
        targets=parse_targets(version.targets),
    )


def _entry(name: str, version: PolicyVersion) -> BookEntry:
    return BookEntry(parse_conditions(version.conditions), chosen_of(version, name=name))
