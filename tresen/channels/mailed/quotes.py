"""A person's new words above the history his mail program copied below them."""

from typing import NamedTuple

from tresen.mail import quoting

# Longer texts go on as they stood at this point: what follows history is history, what follows words is words.
LOOKED_AT = 50_000


class Split(NamedTuple):
    """The two halves of a mail's text."""

    new: str
    quoted: str


def split(text: str) -> Split:
    """New words and quoted history; a text without history, or with nothing else, is all new."""
    passages = quoting.passages(text[:LOOKED_AT])
    new = "\n".join(passage.text for passage in passages if not passage.quoted)
    quoted = "\n".join(passage.text for passage in passages if passage.quoted)
    rest = text[LOOKED_AT:]
    in_history = next((passage.quoted for passage in reversed(passages) if passage.text.strip()), False)
    return Split(new.strip(), quoted + rest) if in_history else Split((new + rest).strip(), quoted)
