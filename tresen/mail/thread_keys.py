"""What ties mails together: message ids and subjects, brought into one form. Ids stand without angle brackets."""

import re
from uuid import UUID

MAX_REFERENCES = 100

_BRACKETED = re.compile(r"<([^<>]{1,998})>")
_BARE = re.compile(r"[^\s<>,;]{1,500}@[^\s<>,;]{1,500}")
_OWN = re.compile(r"[0-9a-f]{32}\.tresen@.+")

# Reply and forward marks of mail programs, by language: de AW WG · it R I RIF · fr RE TR RÉF · es RV · pt ENC RES ·
# nl ANTW DOORST · sv, da, no SV VS VB · fi VS VL · pl ODP PD · cs PŘ · tr YNT İLT · hu VÁ TOV · ro RĂSP · el ΑΠ ΠΡΘ,
# and those of Chinese, Japanese and Russian programs.
_PREFIX = re.compile(
    r"\s*(?:re|aw|antw|antwort|sv|vs|vá|odp|ynt|rif|r|réf|rép|rv|rvl|fw|fwd|wg|i|tr|enc|doorst|vb|vl|pd|př|ilt|i̇lt"
    r"|tov|răsp|απ|πρθ|回复|答复|转发|回覆|轉寄|返信|転送|на|пер|отв)"
    r"(?:\s*\[\d{1,3}\]|\s*\(\d{1,3}\)|\^\d{1,3})?\s*[:\uff1a]\s*",
    re.IGNORECASE,
)


def message_ids(value: str) -> tuple[str, ...]:
    """Every id in a Message-ID, In-Reply-To or References value, in order, each once, the last 100 at most."""
    found = _BRACKETED.findall(value) or _BARE.findall(value)
    ids = dict.fromkeys("".join(each.split()) for each in found)
    return tuple(each for each in ids if each)[-MAX_REFERENCES:]


def own_message_id(key: UUID, *, domain: str) -> str:
    """The id of a mail of ours: fixed before the first attempt, told from others by its shape alone."""
    return f"{key.hex}.tresen@{domain}"


def is_own_message_id(message_id: str) -> bool:
    """Whether an id was made by `own_message_id`, here or at another Tresen."""
    return _OWN.fullmatch(message_id) is not None


def without_prefixes(subject: str) -> str:
    """The subject without its Re:, AW:, WG:, R:, SV: …, however many."""
    position = 0
    while (found := _PREFIX.match(subject, position)) and found.end() < len(subject):
        position = found.end()
    return subject[position:].strip()
