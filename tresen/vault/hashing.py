"""Keys for hashes by which the installation knows again what it no longer keeps. They stay when vault keys change."""

import secrets
from datetime import datetime

from django.db import connection

from tresen.vault.models import SealedSecret
from tresen.vault.sealing import SecretMissing, open_secret, seal

_KEYING = 0x1D5


def hashing_key(name: str, *, at: datetime) -> bytes:
    """The key of this name, made when it is first asked for. Raises SecretMissing where it is kept and can't be opened.

    Another one in its place would forget all that the old one knows again.
    """
    try:
        return bytes.fromhex(open_secret(name))
    except SecretMissing:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_KEYING])
    if SealedSecret.objects.filter(name=name).exists():
        return bytes.fromhex(open_secret(name))
    key = secrets.token_bytes(32)
    seal(name, key.hex(), at=at)
    return key
