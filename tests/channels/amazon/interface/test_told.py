"""Whatever the interface gives, something is said of it and nothing is raised."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.channels.payloads import HERE, RECEIVED, RECORDED, recorded
from tresen.channels.amazon import CONNECTOR
from tresen.channels.contract import Ignored, Inbound, RawPayload, Source
from tresen.channels.typed_json import read_json

KNOWN = tuple(Inbound.__args__)
ABOUTS = ("orders", "order", "returns", "feedback", "stock", "notifications")
FOLDER = HERE / "amazon" / "payloads" / "api"
TABLES = sorted(FOLDER.rglob("*.tsv"))
CELLS = ("", "?", "-1", "1e999", "9" * 400, "\u0663", "0001-01-01", "9999-12-31T23:59:59-14:00", "★", "\0")
TIMES = ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")


def told(about: str, body: bytes, **headers: str) -> RawPayload:
    return RawPayload(
        number=1,
        source=Source.API,
        body=body,
        received_at=RECEIVED,
        recorded_at=RECORDED,
        about=about,
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )


def named(path: Path) -> RawPayload:
    return recorded(path.relative_to(HERE).as_posix().replace("/payloads/", "/", 1))


@pytest.mark.parametrize("about", ABOUTS)
@given(body=st.binary(max_size=200) | st.text(max_size=200).map(str.encode), packed=st.booleans())
@settings(max_examples=40, deadline=None)
def test_garbage_gives_a_reason_never_an_exception(about: str, body: bytes, *, packed: bool) -> None:
    found = CONNECTOR.parse(told(about, body, compression="GZIP" if packed else "", prepared="soon"))

    assert all(isinstance(one, KNOWN) for one in found)


def with_one_cell_wrong(text: str) -> Iterator[str]:
    lines = [line.split("\t") for line in text.splitlines()]
    for row, cells in enumerate(lines):
        yield "\r\n".join("\t".join(each) for place, each in enumerate(lines) if place != row)
        for column in range(len(cells)):
            for wrong in CELLS:
                changed = [*cells[:column], wrong, *cells[column + 1 :]]
                yield "\r\n".join("\t".join(each) for each in [*lines[:row], changed, *lines[row + 1 :]])


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.parent.name)
def test_a_report_with_one_cell_wrong_gives_a_reason_never_an_exception(path: Path) -> None:
    payload = named(path)
    for text in with_one_cell_wrong(payload.body.decode()):
        assert all(isinstance(one, KNOWN) for one in CONNECTOR.parse(replace(payload, body=text.encode())))


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.json")), ids=lambda path: path.stem)
@pytest.mark.parametrize("time", TIMES)
def test_times_from_the_ends_of_the_calendar_give_a_reason_never_an_exception(path: Path, time: str) -> None:
    payload = named(path)

    def shifted(value: object) -> object:
        if isinstance(value, dict):
            return {name: shifted(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [shifted(inner) for inner in value]
        return time if isinstance(value, str) and value[:5] == "2026-" else value

    body = json.dumps(shifted(read_json(payload.body, dict))).encode()  # type: ignore[arg-type]
    found = CONNECTOR.parse(replace(payload, body=body))

    assert found
    assert all(isinstance(one, KNOWN) for one in found)


def test_what_was_not_asked_for_is_left_alone() -> None:
    assert CONNECTOR.parse(told("weather", b"{}")) == (Ignored(reason="answer_of_another_kind"),)
