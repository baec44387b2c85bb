"""From kept payloads to what they mean: read in the sandbox, with something to show whatever happens there."""

import atexit
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock

from tresen.channels.contract import Ignored, Inbound, InboundMessage, OwnAnswer, Source, StoreView, Unreadable
from tresen.channels.inbound import Wordless
from tresen.channels.languages import language_of
from tresen.intake.items import Fileable, StoreFacts, Understood
from tresen.intake.reading import ANSWERS, Answer, Circumstances, Reading, read_nothing
from tresen.mail.parsed import Problem
from tresen.mail.sandbox import Crashed, Done, Sandbox, TooLarge, TooSlow
from tresen.stores.connectors import connector_of
from tresen.stores.models import Mailbox, Store
from tresen.stores.views import siblings_of, view_of, views_of

HEADER_BYTES = 1_000_000
MACHINES = frozenset({Source.API, Source.WEBHOOK})
"""Where no person has written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A payload as it waits to be understood. `size` is larger than its bytes where only a part was fetched."""

    number: int
    source: Source
    mailbox: int | None
    store: int | None
    body: bytes
    size: int
    received_at: datetime
    recorded_at: datetime
    attempts: int = 0
    about: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a payload was understood as. `ignored` says why there is nothing to file, `aside` why nothing can be.

    What a machine told and nobody can read is set aside: it is no customer who waits for an answer.
    """

    number: int
    fileable: tuple[Understood, ...] = ()
    message_id: str = ""
    sender: str = ""
    ignored: str = ""
    aside: str = ""
    problem: str = ""
    read_in_ms: int = 0


class Surroundings:
    """The stores and mailboxes that a batch of payloads is about, looked up once."""

    def __init__(self, kept: Sequence[Kept]) -> None:
        mailboxes = {one.mailbox for one in kept if one.mailbox is not None}
        self._views, self._siblings = views_of(mailboxes), siblings_of(mailboxes)
        self._receivers = dict(Mailbox.objects.filter(pk__in=mailboxes).values_list("pk", "trusted_receivers"))
        wanted = {view.id for known in (self._views, self._siblings) for views in known.values() for view in views}
        wanted |= {one.store for one in kept if one.store is not None}
        stores = list(Store.objects.filter(pk__in=wanted))
        self._own_views = {store.pk: view_of(store) for store in stores}
        self.facts: Mapping[int, StoreFacts] = facts_of(stores)

    def of(self, kept: Kept) -> Circumstances:
        """What is known of one payload besides its bytes."""
        return Circumstances(
            number=kept.number,
            source=kept.source,
            received_at=kept.received_at,
            recorded_at=kept.recorded_at,
            stores=self._stores(kept),
            siblings=self._siblings.get(kept.mailbox, ()) if kept.mailbox is not None and kept.store is None else (),
            trusted_receivers=tuple(self._receivers.get(kept.mailbox, ())) if kept.mailbox else (),
            cut=kept.size > len(kept.body),
            about=kept.about,
            headers=kept.headers,
        )

    def _stores(self, kept: Kept) -> tuple[StoreView, ...]:
        if kept.store is not None:
            return (self._own_views[kept.store],)
        return self._views[kept.mailbox] if kept.mailbox is not None else ()


def facts_of(stores: Iterable[Store]) -> dict[int, StoreFacts]:
    """What filing must know of these stores, by id."""
    return {
        store.pk: StoreFacts(
            id=store.pk,
            brand=store.brand_id,
            team=store.default_team_id,
            channel=store.channel,
            marketplace=store.marketplace,
            language=store.language,
            relay=connector_of(store).relay,
        )
        for store in stores
    }


def understand(kept: Kept, around: Surroundings) -> Meaning:
    """What one payload means. Whatever its bytes do to the reader, something comes back that people can see."""
    about = around.of(kept)
    answers, seconds, problem = _answers(kept.body, about)
    reading = answers[0]
    assert isinstance(reading, Reading)  # `read` gives it first
    meanings = [one for one in answers[1:] if not isinstance(one, Reading)]
    unread = [one for one in meanings if isinstance(one, Unreadable)] if kept.source in MACHINES else []
    fileable = [one for one in meanings if not isinstance(one, Ignored) and one not in unread]
    nothing = next((one.reason for one in meanings if isinstance(one, Ignored)), "")
    ignored = "" if fileable or unread else nothing
    return Meaning(
        number=kept.number,
        fileable=tuple(
            understood(kept, around.facts[reading.store], meaning, position)
            for position, meaning in enumerate(fileable)
        ),
        message_id=reading.message_id,
        sender=reading.sender,
        ignored=ignored,
        aside="; ".join(f"{one.reason}: {one.excerpt}" for one in unread)[:2000],
        problem=problem,
        read_in_ms=round(seconds * 1000),
    )


def understood(kept: Kept, store: StoreFacts, meaning: Inbound, position: int) -> Understood:
    """One meaning, with where it belongs and the language of its words."""
    assert not isinstance(meaning, Ignored)  # nothing to file
    fileable: Fileable | Wordless = meaning
    words = meaning.text if isinstance(meaning, InboundMessage | OwnAnswer) else ""
    return Understood(
        payload=kept.number,
        position=position,
        mailbox=kept.mailbox,
        store=store,
        inbound=fileable,
        received_at=kept.received_at,
        language=language_of(words),
    )


def _answers(raw: bytes, about: Circumstances) -> tuple[Sequence[Answer], float, str]:
    """The whole reading; else headers and a beginning; else only that there is something. With seconds and problem."""
    seconds, problem, log = 0.0, "", ""
    for only_headers in (False, True):
        if only_headers and about.source is not Source.MAIL:
            break
        outcome = _run(raw[:HEADER_BYTES] if only_headers else raw, about, problem if only_headers else "")
        match outcome:
            case Done():
                return outcome.answers, seconds + outcome.seconds, log
            case TooSlow():
                seconds += outcome.seconds
                problem, log = Problem.TOO_SLOW, f"The reader took longer than {outcome.seconds:g} seconds."
            case TooLarge():
                problem, log = Problem.TOO_LARGE, f"The reader wanted more than {outcome.memory:,} bytes."
            case Crashed():
                problem, log = Problem.READER_CRASHED, outcome.reason
    return read_nothing(about, problem), seconds, log


def _run(raw: bytes, about: Circumstances, only_headers: str) -> Done[Answer] | TooSlow | TooLarge | Crashed:
    return sandbox().run(raw, replace(about, only_headers=only_headers))


_sandboxes: list[Sandbox[Answer]] = []
_making = Lock()


def sandbox() -> Sandbox[Answer]:
    """The process's one reader of mail; its `figures()` tell how long reading usually takes."""
    with _making:
        if not _sandboxes:
            made: Sandbox[Answer] = Sandbox("tresen.intake.reading:read", answers=ANSWERS)
            atexit.register(made.close)
            _sandboxes.append(made)
        return _sandboxes[0]
