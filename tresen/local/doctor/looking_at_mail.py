"""Do the mailboxes answer, is anything missing, and is any mail or reply waiting for a person?"""

from collections.abc import Iterator

from django.db import connection

from tresen.local.doctor.findings import Finding, Fine, Patient, Wrong


def look_at_mailboxes(patient: Patient) -> Iterator[Finding]:
    """One finding a mailbox in use."""
    del patient
    from tresen.intake.mailboxes.starting import suggested_receivers, untold  # noqa: PLC0415 (models are loaded only now)
    from tresen.stores.models import Mailbox  # noqa: PLC0415

    for mailbox in Mailbox.objects.filter(retired_at=None).order_by("name"):
        yield from _health_of(mailbox)
        if untold(mailbox):
            seen = ", ".join(suggested_receivers(mailbox.pk))
            yield Wrong(
                what=f"Mailbox {mailbox.name}: nothing tells which host receives for it, so forged sender addresses "
                "can't be told",
                advice="Name the hosts of its mail provider in Set-up, Mailboxes, Folders and time stamps"
                + (f"; going by the mails so far: {seen}." if seen else "."),
            )
        if mailbox.missing:
            yield Wrong(
                what=f"Mailbox {mailbox.name}: {mailbox.missing} messages lie on the server and are not here",
                advice="They are fetched again by themselves; if the number stays, look at Set-up, Mailboxes.",
            )


def look_at_what_waits_for_people(patient: Patient) -> Iterator[Finding]:
    """Mail that could not be filed, and replies of which nobody knows whether they left."""
    del patient
    from tresen.intake.models import PayloadState, StoredPayload  # noqa: PLC0415 (models are loaded only now)
    from tresen.outbox.models import Delivery, DeliveryState  # noqa: PLC0415

    if held := StoredPayload.objects.filter(state=PayloadState.QUARANTINED).count():
        yield Wrong(
            what=f"{held} mails could not be filed and are in quarantine",
            advice="Their raw form is kept: after an upgrade run `tresen reparse`.",
        )
    if asked := Delivery.objects.filter(state=DeliveryState.UNCERTAIN).count():
        yield Wrong(
            what=f"{asked} replies may or may not have been sent",
            advice="Their tickets stand in the queue: say there whether each was sent, or send it again.",
        )


def look_at_reading(patient: Patient) -> Iterator[Finding]:
    """How long it takes to read a mail, of those that are still kept."""
    del patient
    with connection.cursor() as cursor:
        cursor.execute(_READING)
        count, usual, nearly_all, slowest, cut = cursor.fetchone()
    if count:
        met = f"; {cut} only in part, at the reader's limits" if cut else ""
        yield Fine(
            what=f"A mail is usually read in {usual} ms, 99 of 100 within {nearly_all} ms, the slowest of {count} in "
            f"{slowest} ms{met}"
        )


def _health_of(mailbox: object) -> Iterator[Finding]:
    from tresen.intake.mailboxes.starting import asks  # noqa: PLC0415 (models are loaded only now)
    from tresen.stores.models import Health, Mailbox  # noqa: PLC0415

    assert isinstance(mailbox, Mailbox)
    match mailbox.health:
        case Health.RECONNECT:
            yield Wrong(
                what=f"Mailbox {mailbox.name} has to be connected again: {mailbox.trouble or mailbox.sending_trouble}",
                advice="An admin signs in again in Set-up, Mailboxes, Reconnect.",
            )
        case Health.TROUBLED:
            since = f" since {mailbox.troubled_since:%Y-%m-%d %H:%M} UTC" if mailbox.troubled_since else ""
            trouble = mailbox.trouble or f"answers do not leave ({mailbox.sending_trouble})"
            yield Wrong(
                what=f"Mailbox {mailbox.name} is in trouble{since}: {trouble}",
                advice="It is tried again by itself; check server names and passwords in Set-up, Mailboxes.",
            )
        case _ if asks(mailbox):
            yield Wrong(
                what=f"Mailbox {mailbox.name} holds old mail, or very much: nothing of it is read yet.",
                advice="An admin says in Set-up, Mailboxes how far back to read.",
            )
        case _:
            yield Fine(what=f"Mailbox {mailbox.name}")


_READING = """
    SELECT count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY read_in_ms),
           percentile_disc(0.99) WITHIN GROUP (ORDER BY read_in_ms), max(read_in_ms),
           count(*) FILTER (WHERE problem LIKE 'The reader %')
    FROM intake_storedpayload WHERE source = 'mail' AND read_in_ms IS NOT NULL
"""
