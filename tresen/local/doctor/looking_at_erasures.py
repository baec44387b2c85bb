"""Does a platform's request to forget somebody wait for an admin, and is it late?"""

from collections.abc import Iterator

from tresen.channels.erasure import due
from tresen.local.doctor.findings import Finding, Patient, Wrong
from tresen.timekeeping import wall


def look_at_erasures(patient: Patient) -> Iterator[Finding]:
    """One finding for each that waits; nothing to say where none does."""
    del patient
    from tresen.intake.erasing.requests import waiting  # noqa: PLC0415 (models are loaded only now)

    for erasure in waiting():
        by = due(erasure.asked_at)
        how = "is late, it was due" if by <= wall.now() else "waits, due"
        yield Wrong(
            what=f"Request {erasure.external_id} of {erasure.store.name} to forget {how} {by:%Y-%m-%d %H:%M} UTC",
            advice="An admin carries it out in Set-up, Requests to forget.",
        )
