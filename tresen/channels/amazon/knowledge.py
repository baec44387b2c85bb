"""What we know of Amazon's mails, read from the dated files beside this one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tresen.channels.contract import NoticeKind
from tresen.channels.dated_data import Entry, channel_file, read_data
from tresen.channels.mailed.known_words import known_words
from tresen.channels.mailed.wording import folded

SHAPE = frozenset({"kind", "language", "stamps", "senders", "subjects", "bodies", "mark"})
OUTCOMES = ("won", "lost")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marketplace:
    """One of Amazon's country sites: `host` is our name for it ("amazon.de"), `region` where its interface is asked."""

    host: str
    id: str
    currency: str
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameWords:
    """The set phrases around a buyer's message, in all languages."""

    received: tuple[str, ...]
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    footers: tuple[str, ...]
    name_suffixes: tuple[str, ...]
    not_buyers: tuple[str, ...]
    shared_buyers: tuple[str, ...]
    operator_inquiries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeShape:
    """How one kind of notice is known; phrases are folded."""

    kind: NoticeKind
    stamps: tuple[str, ...]
    senders: tuple[str, ...]
    subjects: tuple[str, ...]
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanShape:
    """One wording of "within N days"."""

    words: str
    unit: str
    starts: str
    conditional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyShape:
    """How a copy of our own answer is known; phrases as written, because the subject holds the buyer's name."""

    stamps: tuple[str, ...]
    subjects: tuple[str, ...]
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWords:
    """All that Amazon's own mails are known by."""

    shapes: tuple[NoticeShape, ...]
    own_senders: frozenset[str]
    own_answers: CopyShape
    message_stamps: tuple[str, ...]
    labels: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, tuple[str, ...]]
    complaint_ids: tuple[str, ...]
    authorised_by_amazon: tuple[str, ...]
    spans: tuple[SpanShape, ...]
    outcomes: Mapping[str, tuple[str, ...]]


@cache
def marketplaces() -> tuple[Marketplace, ...]:
    """Amazon's marketplaces, the most used in Europe first."""
    root = read_data(channel_file("amazon", "marketplaces.yaml"), known={"checked", "sources", "marketplaces"})
    return tuple(
        Marketplace(
            host=part.text("host"), id=part.text("id"), currency=part.text("currency"), region=part.text("region")
        )
        for part in root.parts("marketplaces", known={"host", "id", "currency", "region"})
    )


@cache
def frame_words() -> FrameWords:
    """The words of `frames.yaml`."""
    lists = ("received", "footers", "name_suffixes", "not_buyers", "shared_buyers", "operator_inquiries")
    root = read_data(channel_file("amazon", "frames.yaml"), known={"checked", "markers", *lists})
    markers = root.parts("markers", known={"language", "mark", "start", "end"})
    return FrameWords(
        starts=tuple(word for part in markers for word in part.texts("start")),
        ends=tuple(word for part in markers for word in part.texts("end")),
        **{key: known_words(root, key) for key in lists},
    )


@cache
def notice_words() -> NoticeWords:
    """The words of `notices.yaml`."""
    keys = {
        "notices",
        "own_senders",
        "own_answers",
        "buyer_messages",
        "labels",
        "columns",
        "complaint_ids",
        "authorised_by_amazon",
        "spans",
        "outcomes",
    }
    root = read_data(channel_file("amazon", "notices.yaml"), known={"checked", *keys})
    copies = _part(root, "own_answers", {"stamps", "subjects", "bodies"})
    return NoticeWords(
        shapes=tuple(_shape(part) for part in root.parts("notices", known=SHAPE)),
        own_senders=frozenset(root.texts("own_senders")),
        own_answers=CopyShape(
            stamps=copies.texts("stamps"), subjects=copies.texts("subjects"), bodies=copies.texts("bodies")
        ),
        message_stamps=_part(root, "buyer_messages", {"stamps"}).texts("stamps"),
        labels=_lists(root, "labels"),
        columns=_lists(root, "columns"),
        complaint_ids=root.texts("complaint_ids"),
        authorised_by_amazon=tuple(folded(phrase) for phrase in root.texts("authorised_by_amazon")),
        spans=tuple(_span(part) for part in root.parts("spans", known={"words", "unit", "starts", "conditional"})),
        outcomes={
            name: tuple(folded(phrase) for phrase in known_words(root.part("outcomes", known=OUTCOMES), name))
            for name in OUTCOMES
        },
    )


def _part(root: Entry, key: str, known: set[str]) -> Entry:
    return Entry(where=f"{root.where}, {key}", entries=root.entries.get(key), known=known)


def _lists(root: Entry, key: str) -> Mapping[str, tuple[str, ...]]:
    entries = root.entries.get(key)
    names = {str(name) for name in entries} if isinstance(entries, Mapping) else set()
    part = _part(root, key, names)
    return {name: part.texts(name) for name in sorted(names)}


def _shape(part: Entry) -> NoticeShape:
    part.mark()
    return NoticeShape(
        kind=part.one_of("kind", NoticeKind, part.entries.get("kind")),
        stamps=part.texts("stamps", default=()),
        senders=part.texts("senders"),
        subjects=tuple(folded(phrase) for phrase in part.texts("subjects", default=())),
        bodies=tuple(folded(phrase) for phrase in part.texts("bodies", default=())),
    )


def _span(part: Entry) -> SpanShape:
    return SpanShape(
        words=part.text("words"),
        unit=part.text("unit"),
        starts=part.text("starts"),
        conditional=part.text("conditional") == "yes",
    )
