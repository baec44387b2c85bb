"""JSON of a platform, read into typed values: unknown fields are left out, wrong ones are told by their place."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec


class NotAsDocumented(ValueError):
    """The bytes are no JSON, or not of the documented shape; the message says where."""


def read_json[T](body: bytes, kind: type[T]) -> T:
    """The value. Texts are such as PostgreSQL can store (no NUL, no lone surrogate). Raises NotAsDocumented."""
    try:
        told = json.loads(body.decode("utf-8", "replace"), parse_float=Decimal)
    except (ValueError, RecursionError) as wrong:
        raise NotAsDocumented(f"no JSON: {wrong}"[:300]) from None
    return read_value(told, kind)


def read_value[T](told: object, kind: type[T]) -> T:
    """The same of what has been read already."""
    try:
        return msgspec.convert(_storable(told), kind, strict=False)
    except (msgspec.ValidationError, RecursionError) as wrong:
        raise NotAsDocumented(str(wrong)[:300]) from None


def instant(at: datetime) -> datetime:
    """In UTC. A time without a zone is UTC's, as platforms' are. Raises NotAsDocumented for one beyond the calendar."""
    try:
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except OverflowError:
        raise NotAsDocumented(f"{at} is no time of this world.") from None


def _storable(told: object) -> Any:
    match told:
        case str():
            return told.encode("utf-8", "replace").decode().replace("\0", "")
        case dict():
            return {_storable(name): _storable(value) for name, value in told.items()}
        case list():
            return [_storable(value) for value in told]
        case _:
            return told
