"""Public ids: UUIDv7 (RFC 9562), which sort by time and tell nothing of how many there are."""

import secrets
from datetime import datetime
from uuid import UUID


def new_public_id(at: datetime) -> UUID:
    """A UUIDv7 for something made `at`."""
    milliseconds = int(at.timestamp() * 1000) & ((1 << 48) - 1)
    tail = secrets.randbits(74)
    value = milliseconds << 80 | 0x7 << 76 | (tail >> 62) << 64 | 0b10 << 62 | tail & ((1 << 62) - 1)
    return UUID(int=value)
