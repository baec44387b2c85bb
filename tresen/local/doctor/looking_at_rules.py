"""Are the platforms' rules that count here still fresh?"""

from collections.abc import Iterator

from tresen.local.doctor.findings import Finding, Fine, Patient, Wrong
from tresen.timekeeping import wall


def look_at_rules(patient: Patient) -> Iterator[Finding]:
    """One finding for each platform whose rules nobody has checked for 180 days."""
    del patient
    from tresen.sla.ageing import old_rules  # noqa: PLC0415 (models are loaded only now)

    old = old_rules(wall.now())
    if not old:
        yield Fine(what="The platforms' rules were checked within the last 180 days")
    for title in dict.fromkeys(one.title for one in old):
        checked = min(one.checked for one in old if one.title == title)
        yield Wrong(
            what=f"{title}: the platform's rules were last checked on {checked}, more than 180 days ago",
            advice="Update Tresen, or look at their sources in Set-up, Platform rules.",
        )
