"""Arrays on their way to the server: what arrives is what was given."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum

import pytest
from django.db import DataError
from psycopg.types.json import Jsonb

from tresen.batches.cursors import batch_cursor

pytestmark = pytest.mark.django_db

HERE = timezone(timedelta(hours=5, minutes=30))


class _Word(StrEnum):
    ONE = "one"


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("bool", [True, False, None, True]),
        ("int8", [1, None, -1, 2**63 - 1, -(2**63), 1]),
        ("int2", [0, 32767, -32768]),
        ("int4", [None, None, 7]),
        ("text", ["", "Grüße 🛒", None, 'a,"b"{}\\', "NULL", "a"]),
        ("text", [_Word.ONE, "one", "two"]),
        ("timestamptz", [datetime(1970, 1, 1, tzinfo=UTC), datetime(2026, 11, 20, 18, 40, 0, 1, tzinfo=UTC), None]),
        ("timestamptz", [datetime(1, 1, 1, tzinfo=UTC), datetime(2026, 3, 29, 2, 30, tzinfo=HERE)]),
        ("float8", [0.0, 1.5, None]),
        ("numeric", [Decimal("1.0"), Decimal("1.00")]),
        ("bytea", [b"\0\1", b""]),
        ("int8", []),
        ("text", [None, None]),
    ],
)
def test_what_arrives_is_what_was_given(kind: str, values: list[object]) -> None:
    with batch_cursor() as cursor:
        cursor.execute(f"SELECT unnest(%b::{kind}[])", [values])
        assert [value for (value,) in cursor.fetchall()] == values


def test_lists_of_lists_and_json_go_as_before() -> None:
    with batch_cursor() as cursor:
        cursor.execute("SELECT %b::int[][], %b::jsonb[]", [[[1, 2], [3, 4]], [Jsonb({"a": 1}), None]])
        assert cursor.fetchone() == ([[1, 2], [3, 4]], [{"a": 1}, None])


def test_a_number_that_fits_no_column_is_refused() -> None:
    with batch_cursor() as cursor, pytest.raises(DataError, match="out of range"):
        cursor.execute("SELECT unnest(%b::int2[])", [[40_000]])
