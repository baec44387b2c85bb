"""What we know of eBay's mails, read from the dated files beside this one."""

from dataclasses import dataclass
from functools import cache

from tresen.channels.contract import NoticeKind
from tresen.channels.dated_data import Entry, channel_file, read_data
from tresen.channels.mailed.known_words import known_words
from tresen.channels.mailed.wording import folded

FRAME = {"checked", "sites", "subjects", "blocks", "beginnings", "endings"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameWords:
    """Sites, and the words around a member's message; `subjects` stand before the item's title."""

    sites: frozenset[str]
    subjects: tuple[str, ...]
    blocks: tuple[str, ...]
    beginnings: tuple[str, ...]
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeShape:
    """One kind of notice: `what` tells kinds apart that we have no name for; subjects are folded."""

    kind: NoticeKind
    what: str
    subjects: tuple[str, ...]


@cache
def frame_words() -> FrameWords:
    """The words of `frames.yaml`."""
    root = read_data(channel_file("ebay", "frames.yaml"), known=FRAME)
    return FrameWords(
        sites=frozenset(root.texts("sites")),
        subjects=known_words(root, "subjects"),
        blocks=known_words(root, "blocks"),
        beginnings=known_words(root, "beginnings"),
        endings=known_words(root, "endings"),
    )


@cache
def notice_shapes() -> tuple[NoticeShape, ...]:
    """The kinds of `notices.yaml`, in the order to try them."""
    root = read_data(channel_file("ebay", "notices.yaml"), known={"checked", "notices"})
    return tuple(_shape(part) for part in root.parts("notices", known={"kind", "language", "what", "subjects", "mark"}))


def _shape(part: Entry) -> NoticeShape:
    part.mark()
    return NoticeShape(
        kind=part.one_of("kind", NoticeKind, part.entries.get("kind")),
        what=part.text("what", default=""),
        subjects=tuple(folded(phrase) for phrase in part.texts("subjects")),
    )
