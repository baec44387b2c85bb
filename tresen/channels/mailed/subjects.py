"""Subjects for forms, which have none."""

MAX_LENGTH = 78
MOST_GREETING = 30


def subject_from(text: str) -> str:
    """A subject from a person's own first line that says more than hello."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    line = next((line for line in lines if not _is_greeting(line)), next(iter(lines), ""))
    if len(line) <= MAX_LENGTH:
        return line
    return line[:MAX_LENGTH].rsplit(" ", 1)[0] + " …"


def _is_greeting(line: str) -> bool:
    # "Dear Sir or Madam," and its like stand alone and end with a comma, in every language we know.
    return len(line) <= MOST_GREETING and line.endswith((",", "!"))
