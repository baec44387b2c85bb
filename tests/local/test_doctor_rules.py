from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.factories.shops import a_store
from tresen.channels.rule_files import all_rule_packs
from tresen.local.doctor.findings import Fine, Patient, Wrong
from tresen.local.doctor.looking_at_rules import look_at_rules
from tresen.timekeeping import wall

pytestmark = pytest.mark.django_db
PATIENT = Patient(home=Path("/nowhere"), environ={})
OLDEST = min(edition.checked for packs in all_rule_packs() for edition in packs.editions)
CHECKED = datetime(OLDEST.year, OLDEST.month, OLDEST.day, tzinfo=UTC)


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(wall, "now", lambda: moment)


def test_rules_that_were_checked_lately_are_well(monkeypatch):
    a_store()
    at(monkeypatch, CHECKED + timedelta(days=100))
    assert all(isinstance(finding, Fine) for finding in look_at_rules(PATIENT))


def test_rules_that_nobody_has_checked_for_180_days_are_named(monkeypatch):
    a_store()
    at(monkeypatch, CHECKED + timedelta(days=300))
    found = list(look_at_rules(PATIENT))
    assert all(isinstance(finding, Wrong) for finding in found)
    assert [finding.what.partition(":")[0] for finding in found] == ["Amazon", "Law"]
