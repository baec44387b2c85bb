"""Sealing and opening secrets. The newest vault key seals, every key opens."""

from datetime import datetime
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from tresen.vault.models import SealedSecret


class SecretMissing(LookupError):
    """No such secret is kept, or no vault key opens it."""


def seal(name: str, value: str, *, at: datetime) -> None:
    """Keep `value` under `name`, replacing what was there."""
    sealed = _keys().encrypt(value.encode())
    SealedSecret.objects.update_or_create(name=name, defaults={"sealed": sealed, "changed_at": at})


def open_secret(name: str) -> str:
    """The value kept under `name`. Raises SecretMissing."""
    row = SealedSecret.objects.filter(name=name).first()
    if row is None:
        raise SecretMissing(f"No secret is kept under {name!r}.")
    try:
        return _keys().decrypt(bytes(row.sealed)).decode()
    except InvalidToken:
        raise SecretMissing(f"No vault key opens the secret {name!r}: was TRESEN_VAULT_KEYS changed?") from None


def sealed(value: str) -> bytes:
    """The value for a column of its own: nobody reads it there."""
    return _keys().encrypt(value.encode())


def opened(value: bytes) -> str:
    """What `sealed` was given. Raises SecretMissing."""
    try:
        return _keys().decrypt(value).decode()
    except InvalidToken:
        raise SecretMissing("No vault key opens this: was TRESEN_VAULT_KEYS changed?") from None


@cache
def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.VAULT_KEYS])
