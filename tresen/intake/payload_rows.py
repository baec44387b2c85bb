"""Payloads as rows: locked for whoever works on them, and marked with what became of them."""

import json
from collections.abc import Mapping, Sequence

from django.db import connection

from tresen.channels.contract import Source
from tresen.files.keeping import read_all
from tresen.intake.models import PayloadState
from tresen.intake.understanding import Kept, Meaning


def kept_payloads(numbers: Sequence[int], *, states: Sequence[PayloadState]) -> list[Kept]:
    """Those of these payloads that are in one of the states, locked, in order; others work on what is not here."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [list(numbers), [state.value for state in states]])
        rows = cursor.fetchall()
    bodies = read_all([bytes(row[4]) for row in rows])
    return [
        Kept(
            number=number,
            source=Source(source),
            mailbox=mailbox,
            store=store,
            body=bodies[bytes(blob)],
            size=size,
            received_at=received_at,
            recorded_at=recorded_at,
            attempts=attempts,
            about=about,
            headers=json.loads(headers),
        )
        for number, source, mailbox, store, blob, size, received_at, recorded_at, attempts, about, headers in rows
    ]


def mark(meanings: Sequence[Meaning], problems: Mapping[int, str]) -> None:
    """Keep what became of these payloads. `problems`: why some, by number, could not be filed as they are."""
    if not meanings:
        return
    rows = [
        (
            meaning.number,
            _state(meaning, problems).value,
            problems.get(meaning.number) or meaning.aside or meaning.ignored or meaning.problem,
            meaning.read_in_ms,
        )
        for meaning in meanings
    ]
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [list(column) for column in zip(*rows, strict=True)])


def _state(meaning: Meaning, problems: Mapping[int, str]) -> PayloadState:
    if meaning.number in problems or meaning.aside:
        return PayloadState.QUARANTINED
    return PayloadState.IGNORED if meaning.ignored else PayloadState.FILED


_CLAIM = """
    SELECT number, source, mailbox_id, store_id, blob_id, size, received_at, recorded_at, attempts, about,
           headers::text
    FROM intake_storedpayload WHERE number = ANY(%s) AND state = ANY(%s) ORDER BY number FOR UPDATE SKIP LOCKED
"""
_MARK = """
    UPDATE intake_storedpayload payload
    SET state = given.state, problem = given.problem, read_in_ms = given.read_in_ms
    FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::int[]) AS given (number, state, problem, read_in_ms)
    WHERE payload.number = given.number
"""
