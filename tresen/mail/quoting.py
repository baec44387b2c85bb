"""A customer's new words told from the history that mail programs hang below them, in the languages of our markets.

Hiding a word that is new is worse than showing one that is old: what is not clearly history stays, and where
nothing new would be left, nothing is folded.
"""

import re
from dataclasses import dataclass
from itertools import groupby

_QUOTE_MARK = re.compile(r"[ \t\u00a0]{0,3}(?:>|\|(?=[ \t]))")
# An attribution names a moment in digits, a verb of writing, and ends in a colon: "Am 9.11.2026 um 14:03 schrieb Max:".
_VERB = re.compile(
    r"\b(?:wrote|writes|schrieb|geschrieben|ha scritto|scrive|a écrit|escribió|escreveu|schreef|skrev|napisał|napisal"
    r"|kirjoitti|írta|a scris|έγραψε|yazd\u0131|пишет|написал)\b|のメール|写道|작성",
    re.IGNORECASE,
)
_MOMENT = re.compile(r"\d{1,2}[:.h]\d{2}|\b(?:19|20)\d{2}\b|\d年")
_ENDS_IN_COLON = re.compile(r"[:\uff1a]\s*$")
_SEPARATOR = re.compile(
    r"[ \t>]*[-_*=]{2,}[ \t]*(?:original message|original-nachricht|originalnachricht|ursprüngliche nachricht"
    r"|ursprüngliche e-mail|urspr\. nachricht|messaggio originale|message d[\u2019']origine|message original"
    r"|mensaje original|mensagem original|oorspronkelijk bericht|ursprungligt meddelande|oryginalna wiadomość"
    r"|wiadomość oryginalna|původní zpráva|opprinnelig melding|oprindelig meddelelse|original)[ \t]*:?[ \t]*[-_*=]{2,}",
    re.IGNORECASE,
)
_FROM = r"from|von|da|de|van|från|fra|od|kimden|lähettäjä|feladó|expéditeur|mittente|差出人|发件人"
_OTHER_FIELDS = (
    r"sent|date|to|cc|subject|reply-to|gesendet|datum|an|betreff|inviato|data|a|oggetto|envoyé|à|objet|enviado|fecha|para"
    r"|asunto|assunto|verzonden|aan|onderwerp|skickat|till|ämne|sendt|til|emne|wysłano|do|temat|odesláno|komu|předmět"
    r"|送信日時|宛先|件名|发送时间|收件人|主题"
)
_FIRST_FIELD = re.compile(rf"[ \t]*\*?(?:{_FROM})\*?[ \t]?[:\uff1a]\*?[ \t]*\S", re.IGNORECASE)
_NEXT_FIELD = re.compile(rf"[ \t]*\*?(?:{_OTHER_FIELDS})\*?[ \t]?[:\uff1a]\*?", re.IGNORECASE)
_DATE_FIELD = re.compile(r"[ \t]*\*?(?:sent|gesendet|inviato|envoyé|enviado)\*?[ \t]?:[^\n]*\d{4}", re.IGNORECASE)
_MAX_ATTRIBUTION_LINES = 3
_MAX_ATTRIBUTION_CHARACTERS = 400
_FIELDS_LOOKED_AT = 6
_FIELDS_NEEDED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Some lines of a mail, either the writer's own or history."""

    text: str
    quoted: bool


def passages(text: str) -> tuple[Passage, ...]:
    """The text in order, new words and history apart; joined by line ends it is the text again."""
    lines = text.split("\n")
    marks = _marks(lines)
    if all(quoted or not line.strip() for line, quoted in zip(lines, marks, strict=True)):
        marks = [False] * len(lines)
    return tuple(
        Passage(text="\n".join(line for line, _ in group), quoted=quoted)
        for quoted, group in groupby(zip(lines, marks, strict=True), key=lambda pair: pair[1])
    )


def new_words(text: str) -> str:
    """Only what the writer added, without blank lines around it."""
    return "\n".join(passage.text for passage in passages(text) if not passage.quoted).strip("\n")


def quoted(text: str, *, introduction: str) -> str:
    """What we hang below an answer: the introduction and the customer's new words, marked; never older history."""
    lines = new_words(text).strip().split("\n")
    return "\n".join([introduction, *(f"> {line}".rstrip() for line in lines)])


def _marks(lines: list[str]) -> list[bool]:
    """For each line whether it is history."""
    marks = [_QUOTE_MARK.match(line) is not None for line in lines]
    for index, line in enumerate(lines):
        if marks[index]:
            continue
        if _SEPARATOR.match(line) or _begins_header_block(lines, index):
            return _history_from(index, lines, marks)
        length = _attribution_at(lines, index)
        if not length:
            continue
        if _quote_follows(marks, lines, index + length):
            marks[index : index + length] = [True] * length
        else:
            return _history_from(index, lines, marks)
    return _with_blank_lines_between(lines, marks)


def _history_from(index: int, lines: list[str], marks: list[bool]) -> list[bool]:
    # Some programs draw a line above the old mail's fields, some put its date before its sender.
    while index and (re.fullmatch(r"\s*[_-]{5,}\s*", lines[index - 1]) or _DATE_FIELD.match(lines[index - 1])):
        index -= 1
    return _with_blank_lines_between(lines[:index], marks[:index]) + [True] * (len(lines) - index)


def _begins_header_block(lines: list[str], index: int) -> bool:
    """Outlook's way: From, Sent, To, Subject on lines of their own."""
    if not _FIRST_FIELD.match(lines[index]):
        return False
    below = [line for line in lines[index + 1 : index + 1 + _FIELDS_LOOKED_AT] if line.strip()]
    return sum(_NEXT_FIELD.match(line) is not None for line in below) >= _FIELDS_NEEDED


def _attribution_at(lines: list[str], index: int) -> int:
    """How many lines the attribution that begins here takes; 0 where none begins. Programs wrap long ones."""
    joined = ""
    for count, line in enumerate(lines[index : index + _MAX_ATTRIBUTION_LINES], start=1):
        if not line.strip():
            return 0
        joined = f"{joined} {line.strip()}"
        if len(joined) > _MAX_ATTRIBUTION_CHARACTERS:
            return 0
        if _ENDS_IN_COLON.search(joined) and _VERB.search(joined):
            return count if _MOMENT.search(joined) else 0
    return 0


def _quote_follows(marks: list[bool], lines: list[str], index: int) -> bool:
    """Whether marked lines come next, at most two blank ones between."""
    for following in range(index, min(index + 3, len(lines))):
        if marks[following]:
            return True
        if lines[following].strip():
            return False
    return False


def _with_blank_lines_between(lines: list[str], marks: list[bool]) -> list[bool]:
    """Blank lines inside history are history, so that it folds as one."""
    result = list(marks)
    last_quoted: int | None = None
    for index, line in enumerate(lines):
        if marks[index]:
            if last_quoted is not None:
                result[last_quoted:index] = [True] * (index - last_quoted)
            last_quoted = index
        elif line.strip():
            last_quoted = None
    return result
