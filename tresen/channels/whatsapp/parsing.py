"""What WhatsApp tells, understood: messages, what became of ours, and what happens to the seller's account."""

from collections.abc import Iterator, Mapping, Sequence

from tresen.channels.contract import Ignored, Inbound, NoticeKind, PlatformNotice, RawPayload, Source, Unreadable
from tresen.channels.typed_json import NotAsDocumented, read_json, read_value
from tresen.channels.webhooks import ACCOUNT, HOLDER
from tresen.channels.whatsapp.messages import of_message, of_status
from tresen.channels.whatsapp.shapes import Contact, Metadata, Status, Written

MESSAGES = "messages"
ACCOUNTS = frozenset({"account_update", "account_alerts", "phone_number_quality_update"})
"""What may cost the right to write."""
GOOD = frozenset({"VERIFIED_ACCOUNT", "UNFLAGGED", "UPGRADE", "ONBOARDING", "PARTNER_ADDED"})


def parse(payload: RawPayload) -> Sequence[Inbound]:
    """All that it means for the store's own number; what nobody understands hides nothing else."""
    if payload.source is not Source.WEBHOOK:
        return (Unreadable(reason="not_of_this_channel", excerpt=_excerpt(payload)),)
    try:
        told = read_json(payload.body, dict[str, object])
    except NotAsDocumented as wrong:
        return (Unreadable(reason="not_as_documented", excerpt=f"{wrong} {_excerpt(payload)}"),)
    entries = told.get("entry")
    if not isinstance(entries, list):
        return (Unreadable(reason="not_as_documented", excerpt=_excerpt(payload)),)
    found = [
        meaning
        for entry in entries
        if isinstance(entry, dict)
        for change in _listed(entry.get("changes"))
        for meaning in _of_change(change, str(entry.get("id", "")), payload)
    ]
    return found or (Ignored(reason="of_another_account"),)


def _of_change(change: object, business: str, payload: RawPayload) -> Iterator[Inbound]:
    if not isinstance(change, dict) or not isinstance(change.get("value"), dict):
        yield Unreadable(reason="not_as_documented", excerpt=str(change)[:200])
        return
    field, value = str(change.get("field", "")), change["value"]
    if field == MESSAGES:
        yield from _messages(value, payload)
    elif field in ACCOUNTS and payload.headers.get(HOLDER, business) == business:
        yield _of_account(field, value, payload)
    else:
        yield Ignored(reason="change_of_another_kind")


def _messages(value: Mapping[str, object], payload: RawPayload) -> Iterator[Inbound]:
    account = payload.headers.get(ACCOUNT, "")
    metadata = _safely(value.get("metadata"), Metadata)
    if isinstance(metadata, Metadata) and account and metadata.phone_number_id != account:
        return
    people = [one for told in _listed(value.get("contacts")) if isinstance(one := _safely(told, Contact), Contact)]
    for told in _listed(value.get("messages")):
        written = _safely(told, Written)
        yield _understood(written, people, payload)
    for told in _listed(value.get("statuses")):
        status = _safely(told, Status)
        yield _status(status, payload)
    if not _listed(value.get("messages")) and not _listed(value.get("statuses")):
        yield Ignored(reason="nothing_said")


def _understood(written: Written | Unreadable, people: Sequence[Contact], payload: RawPayload) -> Inbound:
    if isinstance(written, Unreadable):
        return written
    try:
        return of_message(written, people, payload)
    except NotAsDocumented as wrong:
        return Unreadable(reason="not_as_documented", excerpt=str(wrong))


def _status(status: Status | Unreadable, payload: RawPayload) -> Inbound:
    if isinstance(status, Unreadable):
        return status
    try:
        return of_status(status, payload)
    except NotAsDocumented as wrong:
        return Unreadable(reason="not_as_documented", excerpt=str(wrong))


def _of_account(field: str, value: Mapping[str, object], payload: RawPayload) -> Inbound:
    """What Meta does to the account or number; what is good news needs nobody."""
    event = str(value.get("event", ""))
    if event in GOOD or not event:
        return Ignored(reason="account_does_well")
    return PlatformNotice(
        external_id=f"{field}:{payload.number}",
        kind=NoticeKind.POLICY_WARNING,
        occurred_at=min(payload.received_at, payload.recorded_at),
        subject=f"WhatsApp: {event}",
        text=", ".join(f"{name}: {told}" for name, told in value.items())[:2000],
    )


def _safely[T](told: object, kind: type[T]) -> T | Unreadable:
    try:
        return read_value(told, kind)
    except NotAsDocumented as wrong:
        return Unreadable(reason="not_as_documented", excerpt=str(wrong))


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _excerpt(payload: RawPayload) -> str:
    return payload.body[:200].decode("utf-8", "replace").replace("\x00", "")
