"""What an approved template asks for and is known here: offered in its fields, for an agent to see and to change."""

import re
from collections.abc import Mapping
from enum import StrEnum

from tresen.channels.approved_templates import ApprovedTemplate
from tresen.tickets.models import Conversation, TicketOrder


class Asked(StrEnum):
    """What a variable stands for, as far as its template says so."""

    FIRST_NAME = "first_name"
    FULL_NAME = "full_name"
    ORDER_NUMBER = "order_number"
    BRAND = "brand"


_NAMED: Mapping[Asked, re.Pattern[str]] = {
    Asked.FIRST_NAME: re.compile(r"(?:first|customer|buyer)?name|customer|vorname|kunde|kundenname|nome"),
    Asked.FULL_NAME: re.compile(r"fullname|vollername|nomecompleto"),
    Asked.ORDER_NUMBER: re.compile(
        r"order(?:id|no|number)?|bestellung|bestell(?:nummer|nr)|auftragsnummer|ordine|numeroordine"
    ),
    Asked.BRAND: re.compile(r"(?:store|shop|brand|company|business)(?:name)?|firma|negozio"),
}
"""Names of variables, in small letters and without underscores."""
_ADDRESSED = re.compile(
    r"\b(?:hallo|hello|hi|hey|moin|dear|liebe[rs]?|guten (?:tag|morgen|abend)|good (?:morning|evening)|ciao|salve"
    r"|buongiorno|buonasera)[\s,]*$",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\b(?:order|bestellung|ordine|bestellnummer|auftragsnummer)"
    r"(?: (?:number|nummer|numero|no\.?|nr\.?|n\.))?(?: (?:is|lautet|è))?[\s:#]*$",
    re.IGNORECASE,
)
_FORMS_OF_ADDRESS = frozenset(
    {"frau", "herr", "herrn", "mr", "mrs", "ms", "miss", "dr", "prof", "signor", "signora", "sig", "monsieur", "madame"}
)
_NAME = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def prefilled(template: ApprovedTemplate, known: Mapping[Asked, str]) -> Mapping[str, tuple[Asked, str]]:
    """By the name of a variable, what it stands for and what is known of it. What a template leaves open is left out.

    A variable says it by its name; one that has only a number by the words before it, or by the brand's name as its
    example. An example of another kind than these words outweighs them.
    """
    examples, before = dict(template.examples), ""
    found: dict[str, tuple[Asked, str]] = {}
    for piece in template.pieces:
        name = piece.variable
        asked = _asked(name, before, examples.get(name, ""), known) if name else None
        if asked is not None and known.get(asked) and name not in found:
            found[name] = asked, known[asked]
        before += piece.text
    return found


def _asked(name: str, before: str, example: str, known: Mapping[Asked, str]) -> Asked | None:
    if example and example.casefold() == known.get(Asked.BRAND, "").casefold():
        return Asked.BRAND
    plain = name.casefold().replace("_", "")
    said = (asked for asked, names in _NAMED.items() if names.fullmatch(plain))
    if name.isdecimal():
        words = {Asked.FIRST_NAME: _ADDRESSED, Asked.ORDER_NUMBER: _ORDER}
        said = (asked for asked, pattern in words.items() if pattern.search(before))
    asked = next(said, None)
    return asked if asked and _fits(asked, example) else None


def _fits(asked: Asked, example: str) -> bool:
    """Whether the example, where there is one, is of what its place seems to be for."""
    match asked:
        case Asked.FIRST_NAME:
            return not example or _NAME.fullmatch(example.strip()) is not None
        case Asked.ORDER_NUMBER:
            return not example or any(letter.isdecimal() for letter in example)
        case Asked.FULL_NAME | Asked.BRAND:
            return True


def known_of(conversation: Conversation) -> Mapping[Asked, str]:
    """What is known of it: whom it is with, the order of its ticket if it is only one, the brand of its store."""
    person = conversation.identity
    customer = person.customer if person else None
    name = (person.name if person else "") or (customer.name if customer else "")
    numbers = TicketOrder.objects.filter(ticket=conversation.ticket_id).values_list("number", flat=True)[:2]
    first = first_name(name)
    return {
        Asked.FIRST_NAME: first,
        Asked.FULL_NAME: " ".join(name.split()) if first else "",
        Asked.ORDER_NUMBER: numbers[0] if len(numbers) == 1 else "",
        Asked.BRAND: conversation.store.brand.name,
    }


def first_name(name: str) -> str:
    """The first word of a name, where it can be one's first name; empty for numbers, titles and names turned round."""
    words = name.split()
    if not words or "," in name or words[0].casefold() in _FORMS_OF_ADDRESS:
        return ""
    return words[0] if _NAME.fullmatch(words[0]) else ""
