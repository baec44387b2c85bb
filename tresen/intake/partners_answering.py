"""Mails that answer a question of ours to a partner: they join its thread as his words, and are no buyer's.

Whatever can't be proven to belong there is left as it is, and goes the way of every mail.
"""

import dataclasses
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from tresen.channels.contract import Role, ThreadKey, ThreadKeyKind
from tresen.channels.mailed.ordinary import BY_MACHINE
from tresen.intake.choosing import REPORTS
from tresen.intake.items import Item, StoreFacts
from tresen.intake.understanding import facts_of
from tresen.mail.thread_keys import is_own_message_id
from tresen.partners.recognising import Asked, codes_in, questions_named
from tresen.stores.models import Store
from tresen.tickets.models import Direction, MessageKind

WRITTEN = frozenset({MessageKind.MESSAGE, MessageKind.AUTOMATIC})


def with_partners(items: Sequence[Item]) -> list[Item]:
    """The items; those that answer a question, or report of its mail, belong to the store that asked it."""
    named = {place: names for place, item in enumerate(items) if (names := _names(item))}
    wanted = {name for names in named.values() for name in names}
    asked = questions_named(wanted) if wanted else []
    if not asked:
        return list(items)
    by_name = {name: one for one in asked for name in one.names}
    stores = facts_of(Store.objects.filter(pk__in={one.store for one in asked}))
    return [
        _answer(item, [by_name[name] for name in named[place] if name in by_name], stores) if place in named else item
        for place, item in enumerate(items)
    ]


def as_filed(item: Item) -> Item:
    """What a new reading says of words that stand in a partner's thread: they stay his, and expect nothing."""
    kind = MessageKind.THIRD_PARTY if item.kind is MessageKind.MESSAGE else item.kind
    return replace(item, kind=kind, expects_answer=False)


def _names(item: Item) -> tuple[str, ...]:
    """Our mails that it names: by their ids, by the code in its subject."""
    if item.direction is not Direction.IN or item.kind not in {*WRITTEN, MessageKind.BOUNCE}:
        return ()
    ids = (key.value for key in item.ties if key.kind is ThreadKeyKind.REFERENCE and is_own_message_id(key.value))
    return (*ids, *codes_in(item.subject))


def _answer(item: Item, asked: Sequence[Asked], stores: Mapping[int, StoreFacts]) -> Item:
    if not asked:
        return item
    if item.kind is MessageKind.BOUNCE or item.automatic in REPORTS:
        return _rehomed(item, asked[0], stores)
    for one in asked:
        if _is_proven(item, one):
            answer = replace(
                item,
                kind=MessageKind.THIRD_PARTY if item.kind is MessageKind.MESSAGE else item.kind,
                role=Role.THIRD_PARTY,
                sender=None,
                sender_kind="",
                expects_answer=False,
                answers=one.conversation,
                # What his mail says of orders, his or others', ties nothing to the ticket.
                orders=(),
                ties=(ThreadKey(kind=ThreadKeyKind.REFERENCE, value=one.reference), *_own_id(item)),
            )
            return _rehomed(answer, one, stores)
    return item


def _is_proven(item: Item, asked: Asked) -> bool:
    """From whom we asked, not disowned by our own receiver, and not for somebody else whom only Reply-To names."""
    if not item.believed or item.sender is None or item.sender[0] != "email" or BY_MACHINE in item.facts:
        return False
    return asked.may_be_answered_by(item.sender[2])


def _own_id(item: Item) -> tuple[ThreadKey, ...]:
    return (ThreadKey(kind=ThreadKeyKind.REFERENCE, value=item.external_id),) if item.external_id else ()


def _rehomed(item: Item, asked: Asked, stores: Mapping[int, StoreFacts]) -> Item:
    """The mailbox that asks may serve other stores than the one that asked."""
    return replace(item, understood=dataclasses.replace(item.understood, store=stores[asked.store]))
