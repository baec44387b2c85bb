"""Subjects: of answers, and of forms that have none."""

import re

MAX_LENGTH = 78

# How mail programs mark an answer: de AW · it R, RIF · nl ANTW · sv, da, no SV · pl ODP · fr RE, RÉF · pt RES.
_ANSWERED = re.compile(
    r"\s*(?:re|aw|antw|antwort|r|rif|sv|vs|odp|ref|réf|res)(?:\s?\[\d{1,3}\])?\s{0,2}[:\uff1a]", re.IGNORECASE
)


def reply_subject(subject: str) -> str:
    """The same subject with one "Re: "; one that is marked as an answer already stays as it is."""
    if _ANSWERED.match(subject):
        return subject
    return f"Re: {subject}".strip()


def subject_from(text: str) -> str:
    """A subject from a person's own first line."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if len(line) <= MAX_LENGTH:
        return line
    return line[:MAX_LENGTH].rsplit(" ", 1)[0] + " …"
