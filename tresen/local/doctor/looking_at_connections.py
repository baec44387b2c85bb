"""Do the platforms let the stores in, do they answer, and is all of it read?"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tresen.local.doctor.findings import Finding, Fine, Patient, Wrong
from tresen.timekeeping import wall

if TYPE_CHECKING:
    from tresen.intake.feeds.queries import Standing


def look_at_connections(patient: Patient) -> Iterator[Finding]:
    """One finding a connected store, and one for each of its feeds that is held up or behind."""
    del patient
    from tresen.intake.feeds.queries import standings  # noqa: PLC0415 (models are loaded only now)
    from tresen.stores.connectors import sends_by_mail  # noqa: PLC0415
    from tresen.stores.models import Store  # noqa: PLC0415

    for standing in standings(Store.objects.filter(retired_at=None).order_by("name"), at=wall.now()).values():
        if standing.connected is not None:
            wrong = list(_wrong_with(standing))
            yield from wrong
            if not wrong:
                yield Fine(what=f"Connection of {standing.store.name}")
        elif not sends_by_mail(standing.store):
            yield Wrong(
                what=f"{standing.store.name} is not connected to its platform: nothing is read there",
                advice="An admin connects it in Set-up, Stores, Connection.",
            )


def _wrong_with(standing: "Standing") -> Iterator[Wrong]:
    from tresen.stores.connection_troubles import explained_connection  # noqa: PLC0415 (models are loaded only now)
    from tresen.stores.models import Health  # noqa: PLC0415

    name, connected = standing.store.name, standing.connected
    assert connected is not None, "only connected stores are looked at"
    if connected.health == Health.RECONNECT:
        yield Wrong(
            what=f"{name} has to be connected again: {connected.trouble}",
            advice="An admin enters new credentials in Set-up, Stores, Connection.",
        )
    elif connected.health == Health.TROUBLED:
        since = f" since {connected.troubled_since:%Y-%m-%d %H:%M} UTC" if connected.troubled_since else ""
        yield Wrong(
            what=f"The platform of {name} is in trouble{since}: {connected.trouble}",
            advice=f"{explained_connection(connected.trouble).sentence} It is tried again by itself.",
        )
    yield from _ending_in(standing)
    for feed in standing.feeds:
        if feed.lacks:
            yield Wrong(
                what=f"{name}, {feed.title}: not for this account: {feed.trouble}",
                advice="Grant the role or scope at the platform, or leave it; all else is read.",
            )
        elif feed.trouble and feed.trouble != connected.trouble:
            yield Wrong(
                what=f"{name}, {feed.title}: {feed.trouble}", advice=explained_connection(feed.trouble).sentence
            )
        elif feed.behind_since:
            yield Wrong(
                what=f"{name}, {feed.title}: not read to the end since {feed.behind_since:%Y-%m-%d %H:%M} UTC",
                advice="See that a worker runs; what holds it up stands in Set-up, Stores, Connection.",
            )


def _ending_in(standing: "Standing") -> Iterator[Wrong]:
    for term in standing.terms:
        if not term.pressing or term.ends_at is None:
            continue
        ends = f"{'ended' if term.ends_at <= wall.now() else 'ends'} on {term.ends_at:%Y-%m-%d}"
        latest = " at the latest" if term.at_latest else ""
        why = f"; not renewed since {term.failing_since:%Y-%m-%d}: {term.trouble}" if term.failing_since else ""
        yield Wrong(
            what=f"{standing.store.name}, {term.label}: {ends}{latest}{why}",
            advice="An admin makes a new one at the platform and enters it in Set-up, Stores, Connection.",
        )
