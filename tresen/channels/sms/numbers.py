"""Telephone numbers in the form of E.164, and the two of them that make a conversation. Pure."""

import re

_NUMBER = re.compile(r"\+[1-9][0-9]{2,14}")
_SHORT = re.compile(r"[1-9][0-9]{2,7}")
_BETWEEN = "/"


def is_number(text: str) -> bool:
    """Whether somebody can be written to there: a whole number, or a short one of some country's."""
    return bool(_NUMBER.fullmatch(text) or _SHORT.fullmatch(text))


def thread_of(ours: str, theirs: str) -> str:
    """The conversation of these two."""
    return f"{ours}{_BETWEEN}{theirs}"


def pair_in(thread: str) -> tuple[str, str] | None:
    """Our number and theirs; None where it is no such conversation."""
    ours, _, theirs = thread.partition(_BETWEEN)
    return (ours, theirs) if is_number(ours) and is_number(theirs) else None
