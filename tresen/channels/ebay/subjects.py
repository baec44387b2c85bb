"""What a member's subject is about, without the words that eBay puts around it."""

import re

from tresen.channels.ebay.knowledge import frame_words

_ABOUT = re.compile(
    rf"(?:(?:re|aw|r): ?)*\S{{1,80}} (?:{'|'.join(re.escape(words) for words in frame_words().subjects)}) "
    r"(?:\d{9,15} \w{1,20}: ?)?(?P<item>\S.{0,300}?) ?#\d{9,15}(?: \w{1,20})?",
    re.IGNORECASE,
)


def short_subject(subject: str, order: str) -> str:
    """The item's title alone: "X hat eine Nachricht zu TITLE #123456789012 gesendet" is TITLE. Any other stays."""
    del order  # eBay's subjects name none
    found = _ABOUT.fullmatch(subject)
    return found["item"] if found else subject
