"""What a ticket is called that came without a subject: its first words, none of them cut."""

LONGEST = 100
CUT = " …"


def first_words(text: str) -> str:
    """The first words on one line, with a sign where more follows."""
    words = " ".join(text[: 2 * LONGEST].split())
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + CUT


def without_first_words(text: str, subject: str) -> str:
    """What stands in a text behind the words that the ticket is called by already."""
    return " ".join(text[: 2 * LONGEST].split()).removeprefix(subject.removesuffix(CUT)).lstrip(" ,.;:")
