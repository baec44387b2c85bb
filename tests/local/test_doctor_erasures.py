"""The doctor looks at requests to forget."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.factories.messages import understood
from tests.factories.shops import a_store
from tresen.channels.erasure import ErasureKind, ErasureRequest
from tresen.intake.filing import file
from tresen.local.doctor.findings import Patient, Wrong
from tresen.local.doctor.looking_at_erasures import look_at_erasures
from tresen.timekeeping import wall

pytestmark = pytest.mark.django_db
PATIENT = Patient(home=Path("/nowhere"), environ={})


@pytest.mark.parametrize(("days", "words"), [(1, "to forget waits, due"), (31, "to forget is late, it was due")])
def test_what_waits_for_an_admin_is_wrong_and_says_whether_it_is_late(days: int, words: str) -> None:
    asked = wall.now() - timedelta(days=days)
    store = a_store("shopify", "")
    file([understood(store, ErasureRequest(external_id="e-1", kind=ErasureKind.STORE, occurred_at=asked))], at=asked)
    (found,) = look_at_erasures(PATIENT)
    assert isinstance(found, Wrong)
    assert found.what.startswith(f"Request e-1 of {store.name} {words}")


def test_where_none_waits_there_is_nothing_to_say() -> None:
    assert list(look_at_erasures(PATIENT)) == []
