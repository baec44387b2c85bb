"""Conversations of one thread of a platform's are one to answer in, with a choice of who reads the answer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tresen.channels.contract import Role
from tresen.replies.drafting import Typed
from tresen.replies.readers import readers_of, threads_of
from tresen.tickets.models import Conversation
from tresen.workspace import naming
from tresen.workspace.naming import name_of
from tresen.workspace.ticket.answerable import Answerable, ReaderShown


def by_thread(
    answerable: Sequence[Answerable],
    conversations: Sequence[Conversation],
    drafts: Mapping[int, Typed],
    *,
    spoke_last: int | None,
) -> list[Answerable]:
    """Each thread once, in the place of its first conversation; whoever spoke last in it is answered."""
    readers = readers_of(conversations)
    if not readers:
        return list(answerable)
    threads = threads_of([one for one in conversations if one.pk in readers or one.role != Role.BUYER])
    together: dict[object, list[Answerable]] = defaultdict(list)
    for one in answerable:
        together[threads.get(one.id, one.id)].append(one)
    return [_one(group, readers, drafts, spoke_last=spoke_last) for group in together.values()]


def _one(
    group: Sequence[Answerable],
    readers: Mapping[int, Sequence[Role]],
    drafts: Mapping[int, Typed],
    *,
    spoke_last: int | None,
) -> Answerable:
    open_ones = [one for one in group if not one.hindrance] or list(group)
    found = next((one for one in open_ones if one.id == spoke_last), open_ones[-1])
    roles = next((readers[one.id] for one in (found, *group) if one.id in readers), ())
    if not roles or found.id not in readers:
        return found
    drafted = next((one for one in group if one.draft), found)
    typed = drafts.get(drafted.id)
    chosen = set(typed.readers) if typed and typed.readers else {Role(found.role)}
    names = {one.role: one.name for one in group}
    shown = [
        ReaderShown(role=role.value, name=_name(role, names.get(role.value, "")), chosen=role in chosen)
        for role in roles
    ]
    return replace(found, draft=drafted.draft, drafted_at=drafted.drafted_at, draft_of=drafted.draft_of, readers=shown)


def _name(role: Role, name: str) -> str:
    what = name_of(role.value, naming.ROLES)
    return f"{what} ({name})" if name and name != what else what
