"""Which mails are not a person's words: RFC 3834, and the habits of desks, servers and list programs.

Strong signs (an answering machine says so itself) always count. Weak ones (bulk precedence, a noreply sender) do not
count where a person stands behind the sender: a contact form names the shopper in Reply-To, and a marketplace's
relay passes a buyer's words on by machine. Only the connector knows its relay: it asks `of_relayed`. That a mail asks
not to be answered by machines (X-Auto-Response-Suppress) is no sign of its own, since people's desks ask that too.
"""

import re

from tresen.mail.headers.addresses import domain_of
from tresen.mail.parsed import Automatic, MailHeaders
from tresen.mail.thread_keys import is_own_message_id, without_prefixes

LOOP_FIELD = "x-tresen-loop"

_ANSWERING_FIELDS = {
    *("x-autoreply", "x-autorespond", "x-autoresponder", "x-autoreply-from", "x-mail-autoreply", "x-autoresponse"),
    *("x-fc-machinegenerated", "x-vacation", "x-auto-reply-from"),
}
_ANSWERING_SUBJECT = re.compile(
    r"\[?(?:auto(?:matic|mated)?[- ]?(?:re(?:ply|sponse))|out[- ]of[- ](?:the[- ])?office|ooo:"
    r"|vacation (?:reply|notice)|away from (?:my mail|the office)"
    r"|automatische (?:antwort|e-?mail-?antwort|antwoord)"
    r"|abwesenheits(?:notiz|nachricht|assistent|meldung|benachrichtigung)|abwesenheit:|außer haus:"
    r"|risposta automatica|messaggio automatico|(?:messaggio|notifica) di assenza|fuori (?:ufficio|sede)"
    r"|r[ée]ponse automatique|absence du bureau|message d['\u2019]absence|absent du bureau"
    r"|respuesta autom[áa]tica|fuera de (?:la )?oficina|mensaje de ausencia|resposta autom[áa]tica)",
    re.IGNORECASE,
)
# What people also write of themselves counts only where it is the whole subject, or stands before the one replied to;
# and only in an answer: who writes of his own accord about "Urlaub" asks for something.
_AWAY = re.compile(
    r"(?:ich bin |i(?:['\u2019]| a)m |sono )?(?:(?:derzeit|zurzeit|zur zeit|currently|attualmente) )?"
    r"(?:nicht im (?:büro|hause?)|im urlaub|urlaub|abwesend|außer haus|ausser haus"
    r"|in ferie|ferie|in vacanza|assente(?: dall['\u2019]ufficio)?|fuori sede|assenza dall['\u2019]ufficio"
    r"|(?:away|absent)(?: from (?:my|the) (?:desk|mail|office))?|on (?:vacation|holiday|annual leave|leave)|vacation)"
    r"\s*(?::|$|[-–—(]\s*(?:re|aw|r|i)\s*:)",
    re.IGNORECASE,
)
_REPLIED = re.compile(r"(?<!\w)(?:re|aw|antw|r|rif|i)\s*:", re.IGNORECASE)
_MACHINE_SENDER = re.compile(
    r"(?:no|do[-_.]?not)[-_.]?reply|donotreply|bounces?|mailer-daemon|postmaster", re.IGNORECASE
)


def of_headers(headers: MailHeaders) -> Automatic:
    """What the headers alone say. Bounces are recognised by `reports`, which also reads the parts."""
    return Automatic.LOOP if loop_domain(headers) else of_others(headers)


def of_others(headers: MailHeaders) -> Automatic:
    """The same where a mark of ours turned out to be another desk's: its people write as people do."""
    strong = _of_machines(headers)
    if strong is not Automatic.NO:
        return strong
    is_list = _is_list(headers)
    if is_list and not _is_own_group(headers):
        return Automatic.MAILING_LIST
    if _person_behind(headers):
        return Automatic.NO
    return _weak_signs(headers, spread_by_us=is_list)


def of_relayed(headers: MailHeaders) -> Automatic:
    """The same for a mail that a relay passed on: what the answering machine says itself, not the relay's marks."""
    return Automatic.LOOP if loop_domain(headers) else _of_machines(headers)


def loop_domain(headers: MailHeaders) -> str:
    """The domain of the Tresen that a mail left before it came here; empty where none marked it.

    An id like ours in a mail of somebody else's domain is no mark: some programs take the id of what they answer.
    """
    marked = headers.get(LOOP_FIELD).strip().lower()
    sender = domain_of(headers.sender.email) if headers.sender else ""
    own_id = headers.message_id or ""
    if not marked and is_own_message_id(own_id) and domain_of(own_id) == sender:
        return sender
    return marked


def _of_machines(headers: MailHeaders) -> Automatic:
    if _first_word(headers.get("auto-submitted")) == "auto-replied":
        return Automatic.AUTO_REPLY
    if any(name in _ANSWERING_FIELDS for name, value in headers.everything if value.strip().lower() != "no"):
        return Automatic.AUTO_REPLY
    if _first_word(headers.get("precedence")) in {"auto_reply", "auto-reply"}:
        return Automatic.AUTO_REPLY
    answers = bool(headers.in_reply_to or headers.references or _REPLIED.search(headers.subject))
    subjects = (headers.subject, without_prefixes(headers.subject))
    if any(_answers_by_itself(subject, answers=answers) for subject in subjects):
        return Automatic.AUTO_REPLY
    return Automatic.NO


def _answers_by_itself(subject: str, *, answers: bool) -> bool:
    return bool(_ANSWERING_SUBJECT.match(subject) or (answers and _AWAY.match(subject.strip())))


def _weak_signs(headers: MailHeaders, *, spread_by_us: bool) -> Automatic:
    if _first_word(headers.get("auto-submitted")) not in {"", "no"}:
        return Automatic.AUTO_REPLY
    if _suppresses_answers(headers) and _AWAY.match(headers.subject.strip()):
        return Automatic.AUTO_REPLY
    if not spread_by_us and _first_word(headers.get("precedence")) in {"bulk", "junk", "list"}:
        return Automatic.MAILING_LIST
    if any(name == "return-path" and not value.strip("<> ") for name, value in headers.everything):
        return Automatic.AUTO_REPLY
    if headers.sender and _MACHINE_SENDER.match(headers.sender.email):
        return Automatic.AUTO_REPLY
    return Automatic.NO


def _suppresses_answers(headers: MailHeaders) -> bool:
    suppressed = re.split(r"[,\s]+", headers.get("x-auto-response-suppress").lower())
    return not {"all", "autoreply", "oof"}.isdisjoint(suppressed)


def _is_list(headers: MailHeaders) -> bool:
    return any(headers.get(name) for name in ("list-id", "list-post", "mailing-list"))


def _is_own_group(headers: MailHeaders) -> bool:
    """A group address by which our own house spreads its customers' mail to its people."""
    list_id = headers.get("list-id").lower()
    name = list_id.rpartition("<")[2].strip("<> ") or headers.get("list-post").lower()
    own = {domain_of(address) for address in headers.delivered_to}
    return any(domain and re.search(rf"(?:^|[.@]){re.escape(domain)}\b", name) for domain in own)


def _person_behind(headers: MailHeaders) -> bool:
    """Somebody else than the machine that sends wants the answer."""
    sender = headers.sender.email.lower() if headers.sender else ""
    return any(
        address.email.lower() != sender and not _MACHINE_SENDER.match(address.email) for address in headers.reply_to
    )


def _first_word(value: str) -> str:
    return re.split(r"[;\s(]", value.strip().lower(), maxsplit=1)[0]
