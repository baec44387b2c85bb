"""Notices by e-mail, through a mailbox chosen in the set-up."""

from collections.abc import Callable
from datetime import datetime

from tresen.alerts.models import Posting, WaysOut
from tresen.alerts.outward.letters import letter_of
from tresen.alerts.outward.outcomes import Again, Moot, Never, Outcome, Posted, Unknown
from tresen.channels.contract import Later, Refused, Sent, Uncertain
from tresen.mail.composing import OutgoingMail, compose
from tresen.mail.parsed import Address
from tresen.stores.access import MailboxTransport


def send_mail(posting: Posting, *, clock: Callable[[], datetime]) -> Outcome:
    """One mail to one recipient. The same posting has the same Message-ID at every attempt."""
    ways = WaysOut.objects.select_related("mailbox").first()
    if ways is None or ways.mailbox is None or ways.mailbox.retired_at is not None:
        return Never("No mailbox is chosen that notices leave through.")
    recipient = posting.agent.email if posting.agent is not None else ways.on_call_email
    if not recipient:
        return Never("There is no on-call address any more.")
    letter = letter_of(posting)
    if letter is None:
        return Moot("What it was about was settled before it left, or is not the agent's to see any more.")
    mail = OutgoingMail(
        message_id=f"notice.{posting.pk}.{int(posting.created_at.timestamp())}@{ways.mailbox.address.rpartition('@')[2]}",
        sender=Address(name="Tresen", email=ways.mailbox.address),
        recipient=Address(name=posting.agent.name if posting.agent is not None else "", email=recipient),
        subject=letter.subject,
        text=letter.text(),
        at=posting.created_at,
        automatic=True,
    )
    transport = MailboxTransport(ways.mailbox, clock)
    return _outcome_of(transport.send(compose(mail), sender=ways.mailbox.address, recipient=recipient))


def _outcome_of(sent: Sent | Later | Refused | Uncertain) -> Outcome:
    match sent:
        case Sent():
            return Posted(sent.answer)
        case Later():
            return Again(sent.reason)
        case Refused():
            return Never(sent.reason)
        case Uncertain():
            return Unknown(sent.reason)
