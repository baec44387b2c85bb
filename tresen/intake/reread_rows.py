"""Bringing messages that are filed up to what a new reading says of them: one statement a batch."""

import json
from collections.abc import Mapping

from django.db import connection

from tresen.intake.items import Item


def update_texts(items: Mapping[int, Item]) -> int:
    """Update what people read of these messages (by id), and what an answer needs; gives how many changed.

    Their place, time and direction stay. A further copy of the mail is known by how it is read today.
    """
    rows = [(message, *_readable(item)) for message, item in items.items()]
    if not rows:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, [list(column) for column in zip(*rows, strict=True)])
        return int(cursor.rowcount)


def _readable(item: Item) -> tuple[object, ...]:
    return (
        item.direction.value,
        item.dedupe_key,
        item.kind.value,
        item.subject,
        item.text,
        item.full_text,
        item.html,
        item.understood.language,
        item.notice,
        item.reply_to,
        item.reply_reference,
        json.dumps([{"kind": link.kind, "url": link.url} for link in item.links]),
        json.dumps(item.facts),
        json.dumps(item.problems),
    )


_COLUMNS = (
    "kind",
    "subject",
    "text",
    "full_text",
    "html",
    "language",
    "notice_kind",
    "reply_to",
    "reply_reference",
    "links",
    "facts",
    "problems",
)
_GIVEN = ", ".join(f"given.{column}" for column in _COLUMNS)
_OLD = ", ".join(f"message.{column}" for column in _COLUMNS)
# Where another message of the brand is what this one is read as today, this one keeps its key.
_UPDATE = f"""
    WITH told AS (
        SELECT * FROM unnest(
            %s::bigint[], %s::text[], %s::bytea[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
            %s::text[], %s::text[], %s::text[], %s::text[], %s::jsonb[], %s::jsonb[], %s::jsonb[]
        ) AS told (id, direction, dedupe_key, {", ".join(_COLUMNS)})
    ), given AS (
        SELECT told.id, {", ".join(f"told.{column}" for column in _COLUMNS[1:])},
               CASE WHEN old.direction = told.direction THEN told.kind ELSE old.kind END AS kind,
               CASE WHEN EXISTS (
                   SELECT FROM tickets_message other WHERE other.dedupe_key = told.dedupe_key
                     AND other.brand_id = old.brand_id AND other.id <> old.id
               ) THEN old.dedupe_key ELSE told.dedupe_key END AS dedupe_key
        FROM told JOIN tickets_message old ON old.id = told.id
    )
    UPDATE tickets_message message SET ({", ".join(_COLUMNS)}, dedupe_key) = ({_GIVEN}, given.dedupe_key)
    FROM given WHERE message.id = given.id AND ({_OLD}) IS DISTINCT FROM ({_GIVEN})
"""
