"""What went wrong with a mailbox or on an answer's way, for people.

Workers keep these sentences in English; here the catalogues know them, and whoever reads them reads his own language.
What a server said itself stays as it was said.
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tresen.channels.contract import NoticeKind
from tresen.channels.outbound import NOT_CLOSED
from tresen.stores import forbidden_words
from tresen.stores.causes import SIGN_IN_REFUSED, Trouble, cause_of

REFUSED = gettext_noop("The mail server does not accept the sign-in: %(answer)s")
SENTENCES = (
    REFUSED,
    gettext_noop("The mail server does not answer as it should: %(answer)s"),
    gettext_noop("The mail server broke off while we signed in: %(answer)s"),
    gettext_noop("The mail server cannot sign anybody in now: %(answer)s"),
    gettext_noop("%(host)s did not answer when asked for a new token: %(answer)s"),
    gettext_noop("%(host)s gave no new token: %(answer)s"),
    gettext_noop("%(host)s has withdrawn the access: %(answer)s"),
    gettext_noop("%(host)s does not offer STARTTLS."),
    gettext_noop('The folder "%(folder)s" cannot be opened any more.'),
    gettext_noop("The program stopped while this was being sent."),
    gettext_noop("A file of this answer has expired. Attach it again."),
    gettext_noop("This channel takes no such message from here: write on the platform itself."),
    gettext_noop("This store has no mailbox that answers can leave through. Connect one in the setup."),
    gettext_noop("%(recipient)s is not a member's address at eBay: answer on eBay itself."),
    gettext_noop("%(recipient)s is not a buyer's address at Amazon's relay."),
    gettext_noop("%(recipient)s is not a customer's address at Walmart's relay."),
    *forbidden_words.SENTENCES.values(),
    *forbidden_words.ONLY_IN.values(),
)
OPTED_OUT = NoticeKind.DELIVERY_FAILED_BUYER_OPTED_OUT.value
"""Sent again it comes back again, whatever it says."""

WINDOW_CLOSED = "window_closed"
"""It would have left too late: its channel takes no more answers after the customer's last words."""

CONSENT_WITHDRAWN = "consent_withdrawn"
"""Its recipient has said that nothing more may come from this store."""

QUIET_HOURS = "quiet_hours"
"""It is night where its recipient is."""

CODES = {
    NOT_CLOSED: gettext_noop("It left, but its conversation was not closed there: close it on the platform."),
    QUIET_HOURS: gettext_noop("It is night there: it leaves in the morning."),
    WINDOW_CLOSED: gettext_noop(
        "It did not leave in time: the platform takes no more answers so long after the customer's last words."
    ),
    CONSENT_WITHDRAWN: gettext_noop("This person has said STOP: nothing leaves before he sends START."),
    OPTED_OUT: gettext_noop(
        "The buyer takes no messages from sellers. Say that no response is needed, or answer on the platform itself."
    ),
    NoticeKind.DELIVERY_FAILED.value: gettext_noop("The platform could not deliver it and says no reason."),
}


def explained(trouble: str) -> Trouble:
    """The trouble in the active language: why, where that is known; else what happened, else as it is."""
    if trouble in CODES:
        return Trouble(_(CODES[trouble]))
    for sentence, pattern in _PATTERNS:
        if found := pattern.fullmatch(trouble):
            if why := _why(sentence, found.groupdict().get("answer", "")):
                return Trouble(why, trouble)
            return Trouble(_(sentence) % found.groupdict())
    cause = cause_of(trouble)
    return Trouble(cause, trouble) if cause else Trouble(trouble)


def _why(sentence: str, answer: str) -> str:
    if sentence == REFUSED:
        return str(SIGN_IN_REFUSED)
    return "" if "%(host)s" in sentence else cause_of(answer)  # which host did not answer is more than why


def in_words(trouble: str) -> str:
    """Its sentence alone."""
    return explained(trouble).sentence


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"%\\\((\w+)\\\)s|%\((\w+)\)s", r"(?P<\1\2>.*?)", re.escape(sentence)), re.DOTALL)


_PATTERNS = tuple((sentence, _pattern(sentence)) for sentence in SENTENCES)
