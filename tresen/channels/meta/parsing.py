"""What Meta tells and gives, understood."""

from collections.abc import Sequence

from tresen.channels.contract import Ignored, Inbound, RawPayload, Source, Unreadable
from tresen.channels.meta.comments import of_change
from tresen.channels.meta.events import MESSAGING, STANDBY, Happened, events_of
from tresen.channels.meta.messages import of_event
from tresen.channels.meta.talks import TALKS, of_talks
from tresen.channels.typed_json import NotAsDocumented
from tresen.channels.webhooks import ACCOUNT


def parse(payload: RawPayload) -> Sequence[Inbound]:
    """All that it means for the store's own page or account; what nobody understands hides nothing else."""
    if payload.source not in {Source.WEBHOOK, Source.API}:
        return (Unreadable(reason="not_of_this_channel", excerpt=_excerpt(payload)),)
    account = payload.headers.get(ACCOUNT, "")
    try:
        if payload.about == TALKS:
            return of_talks(payload, account=account) or (Ignored(reason="nothing_in_it"),)
        events = events_of(payload.body, account=account, fallback=payload.received_at)
    except NotAsDocumented as wrong:
        return (Unreadable(reason="not_as_documented", excerpt=f"{wrong} {_excerpt(payload)}"),)
    meanings = [meaning for one in events for meaning in _meanings(one, payload)]
    return meanings or (Ignored(reason="of_another_account"),)


def _meanings(one: Happened, payload: RawPayload) -> Sequence[Inbound]:
    try:
        return [*(of_event if one.kind in {MESSAGING, STANDBY} else of_change)(one, payload)]
    except NotAsDocumented as wrong:
        return (Unreadable(reason="not_as_documented", excerpt=f"{one.kind}: {wrong}"),)


def _excerpt(payload: RawPayload) -> str:
    return payload.body[:200].decode("utf-8", "replace").replace("\x00", "")
