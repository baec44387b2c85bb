"""What is told of the ends of credentials without being asked for, and what is forgotten."""

from collections.abc import Collection, Mapping
from datetime import datetime

from tresen.stores.models import CredentialTerm, StoreConnection


def note_ends(store_id: int, ends: Mapping[str, datetime], *, at: datetime) -> None:
    """The platform said until when these secrets of a connected store hold."""
    connected = StoreConnection.objects.filter(store=store_id).first() if ends else None
    for secret, ends_at in ends.items() if connected else ():
        told = {"told_at": at, "ends_at": ends_at, "next_at": ends_at}
        CredentialTerm.objects.update_or_create(connection=connected, secret=secret, defaults=told)


def forget_terms(connected: StoreConnection, secrets: Collection[str]) -> None:
    """Others were entered: what was told of those says nothing about these. How long they hold is learned at once."""
    CredentialTerm.objects.filter(connection=connected, secret__in=secrets).delete()
