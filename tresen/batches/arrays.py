"""Long arrays of truths, numbers, words and instants in PostgreSQL's binary format, in a fraction of psycopg's time.

A batch's columns repeat themselves: the same team, kind or outcome in thousands of rows. Here each value is written
once and then looked up; psycopg asks its dumper for every element.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from struct import Struct
from types import NoneType
from typing import Any

from psycopg import postgres
from psycopg.adapt import PyFormat
from psycopg.types.array import ListBinaryDumper, ListDumper

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_HEAD = Struct("!iiIii")
_NUMBER = Struct("!iq")
_LENGTH = Struct("!i")
_NULL = _LENGTH.pack(-1)


class ArrayDumper(ListBinaryDumper):
    """Lists of one depth whose first value is a truth, a whole number, a text or an aware instant.

    Other lists go psycopg's way.
    """

    kind: type | None = None

    def get_key(self, obj: list[Any], format: PyFormat) -> Any:  # noqa: A002 - psycopg's name, and its keys are nested tuples
        """What psycopg keeps a dumper by: one for every kind of value."""
        kind = _kind_of(obj)
        return super().get_key(obj, format) if kind is None else (self.cls, kind)

    def upgrade(self, obj: list[Any], format: PyFormat) -> Any:  # noqa: A002 - same
        """The dumper for the kind of value that stands in this list."""
        kind = _kind_of(obj)
        if kind is None:
            return super().upgrade(obj, format)
        if kind is NoneType:
            return NothingDumper(self.cls, self._tx)
        dumper = type(self)(self.cls, self._tx)
        dumper.kind = kind
        dumper.oid = postgres.types[_NAMES[kind]].array_oid
        return dumper

    def dump(self, obj: list[Any]) -> Any:
        """The array's bytes."""
        if self.kind is None:
            return super().dump(obj)
        values = set(obj)
        written: dict[Any, bytes] = dict.fromkeys(values, _NULL)
        values.discard(None)
        write = _WRITERS[self.kind]
        for value in values:
            written[value] = write(value)
        head = _HEAD.pack(1, _NULL in written.values(), postgres.types[_NAMES[self.kind]].oid, len(obj), 1)
        return head + b"".join([written[value] for value in obj])


class NothingDumper(ListDumper):
    """Lists that hold nothing but NULL, or not even that: of what, the statement says."""

    def dump(self, obj: list[Any]) -> Any:
        """The array as text, as its values have no type."""
        return b"{" + b",".join([b"NULL"] * len(obj)) + b"}"


def _kind_of(values: list[Any]) -> type | None:
    first = next((value for value in values if value is not None), None)
    if first is None:
        return NoneType
    if isinstance(first, datetime) and first.tzinfo is None:
        return None
    return next((kind for kind in _WRITERS if isinstance(first, kind)), None)


def _truth(value: bool) -> bytes:  # noqa: FBT001 - what is written
    return b"\0\0\0\1\1" if value else b"\0\0\0\1\0"


def _number(value: int) -> bytes:
    return _NUMBER.pack(8, value)


def _text(value: str) -> bytes:
    told = value.encode()
    return _LENGTH.pack(len(told)) + told


def _instant(value: datetime) -> bytes:
    return _NUMBER.pack(8, (value - _EPOCH) // _MICROSECOND)


# A truth is a number too: it is asked about first.
_WRITERS: Mapping[type, Callable[[Any], bytes]] = {bool: _truth, int: _number, str: _text, datetime: _instant}
_NAMES: Mapping[type, str] = {bool: "bool", int: "int8", str: "text", datetime: "timestamptz"}
