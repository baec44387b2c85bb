from datetime import UTC, datetime

import pytest

from tresen.accounts.actors import SYSTEM
from tresen.accounts.models import Agent
from tresen.local.first_admin import invite_admin
from tresen.sla.defaults import create_defaults
from tresen.staffing.models import Timetable

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)


def test_the_first_admin_gets_a_link_to_choose_a_password(capsys: pytest.CaptureFixture[str], client) -> None:
    assert invite_admin("nina@nordlicht.example", "Nina Nordlicht", "de", at=NOW) == 0
    agent = Agent.objects.get()
    assert (agent.role, agent.everything, agent.language) == ("admin", True, "de")
    link = capsys.readouterr().out.strip().splitlines()[-1]
    assert client.get("/" + link.split("/", 3)[3], follow=True).status_code == 200


def test_asked_again_a_new_link_is_printed_and_nobody_is_made_twice(capsys: pytest.CaptureFixture[str]) -> None:
    invite_admin("nina@nordlicht.example", "Nina Nordlicht", "de", at=NOW)
    assert invite_admin("NINA@nordlicht.example", "Nina", "de", at=NOW) == 0
    assert Agent.objects.count() == 1


def test_a_wrong_address_is_said_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert invite_admin("nobody", "Nina", "de", at=NOW) == 1
    assert capsys.readouterr().out.strip()


def test_the_first_admins_language_names_what_the_installation_began_with() -> None:
    create_defaults(by=SYSTEM, at=NOW)
    invite_admin("nina@nordlicht.example", "Nina Nordlicht", "it", at=NOW)
    italian = Timetable.objects.get().name
    assert italian != "Office hours"
    invite_admin("ben@nordlicht.example", "Ben", "de", at=NOW)
    assert Timetable.objects.get().name == italian
