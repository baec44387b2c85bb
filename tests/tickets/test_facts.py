"""Facts of the ledger outlive everything else, so they may never hold what a person wrote or who they are."""

from datetime import datetime
from typing import get_type_hints

import pytest

from tresen.tickets.facts import Event, Key
from tresen.tickets.recorded import event_types, is_key

ALLOWED = (int, int | None, bool, Key, datetime, datetime | None, tuple[int, ...], tuple[int, ...] | None)
WITHOUT_FACTS = {"waiting_ended", "ticket_woken", "ticket_closed"}


@pytest.mark.parametrize("event", event_types().values(), ids=lambda event: event.kind)
def test_facts_are_ids_keys_numbers_and_times(event: type[Event]) -> None:
    types = get_type_hints(event)
    assert event.__struct_fields__ or event.kind in WITHOUT_FACTS
    assert {name: types[name] for name in event.__struct_fields__ if types[name] not in ALLOWED} == {}


def test_a_persons_words_are_no_key() -> None:
    assert is_key("a_to_z_threat")
    assert is_key("timetable:7")
    assert not is_key("Wo ist mein Paket?")
    assert not is_key("petra@kundin.example")
    assert not is_key("x" * 81)


def test_a_kind_names_one_event() -> None:
    assert [kind for kind, event in event_types().items() if event.kind != kind] == []
    assert all(is_key(kind) for kind in event_types())
