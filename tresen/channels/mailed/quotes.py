"""A person's new words above the history his mail program copied below them."""

from typing import NamedTuple

from tresen.mail import quoting


class Split(NamedTuple):
    """The two halves of a mail's text."""

    new: str
    quoted: str


def split(text: str) -> Split:
    """New words and quoted history; a text without history, or with nothing else, is all new."""
    passages = quoting.passages(text)
    return Split(
        new="\n".join(passage.text for passage in passages if not passage.quoted).strip(),
        quoted="\n".join(passage.text for passage in passages if passage.quoted),
    )
