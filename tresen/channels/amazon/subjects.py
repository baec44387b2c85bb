"""What a buyer's subject is about, without what Amazon adds: the buyer's name and the order in brackets."""

import re

# In brackets, with or without a space before it; its word differs by language, so the number tells it.
_ORDER = re.compile(r"\s*[(\uff08][^()\uff08\uff09]{0,40}?(\d{3}-\d{7}-\d{7})[)\uff09]\s*$")
# "Inquiry from Amazon customer NAME", "Anfrage von Amazon-Kunde NAME".
_CUSTOMER = re.compile(
    r"\s+(?:from (?:the )?Amazon customer|von (?:der |dem )?Amazon-?\s?Kund(?:e|en|in)|de la part du client Amazon"
    r"|del cliente (?:de )?Amazon|dal cliente Amazon|da parte del cliente Amazon)\b.{0,100}$",
    re.IGNORECASE,
)


def short_subject(subject: str, order: str) -> str:
    """The topic. The order's number goes only where it is `order`, which is shown beside; nothing is left empty."""
    found = _ORDER.search(subject)
    if found and found[1] != order:
        return subject
    topic = subject[: found.start()] if found else subject
    return _CUSTOMER.sub("", topic).strip() or subject
