"""Subjects for forms, which have none."""

MAX_LENGTH = 78


def subject_from(text: str) -> str:
    """A subject from a person's own first line."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if len(line) <= MAX_LENGTH:
        return line
    return line[:MAX_LENGTH].rsplit(" ", 1)[0] + " …"
