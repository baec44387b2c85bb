"""Reading lists of set phrases that carry a mark of how sure they are."""

from tresen.channels.dated_data import Entry


def known_words(root: Entry, key: str) -> tuple[str, ...]:
    """The phrases of the list `key`: entries of `words` and `mark`. A phrase without a mark is refused."""
    return tuple(part.text("words") for part in root.parts(key, known={"words", "mark"}) if part.mark())
