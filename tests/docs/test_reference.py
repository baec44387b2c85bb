"""What can be set, run, recorded or checked is explained where a reader would look."""

import pytest

from checks.__main__ import CHECKS
from checks.rules import OF_A_FILE, OF_THE_REPOSITORY
from checks.rules.documented_settings import PAGE as SETTINGS
from tests.docs.pages import ROOT, code_in, links, rows, text_of
from tresen.channels.registry import CONNECTORS
from tresen.config.environment import Environment
from tresen.local.commands import COMMANDS
from tresen.outbox.models import DeliveryState
from tresen.stores.models import Health
from tresen.tickets.recorded import event_types
from tresen.workspace.setup.health_words import _STATES

RUNNING = "docs/operations/running.md"


def first_cells(page):
    """What stands in backticks in the first column of a page's tables."""
    return {name for row in rows(text_of(page)) for name in code_in(row[0])}


@pytest.mark.parametrize("name", Environment.model_fields)
def test_every_setting_has_its_row(name):
    alias = Environment.model_fields[name].validation_alias or f"TRESEN_{name.upper()}"
    assert alias in first_cells(SETTINGS)


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_has_its_row(command):
    assert [cell for cell in first_cells(RUNNING) if cell.split()[:2] == ["tresen", command]]


def test_no_command_is_told_of_that_there_is_not():
    told = {cell.split()[1] for cell in first_cells(RUNNING) if cell.startswith("tresen ")}
    assert told == {command.name for command in COMMANDS}


@pytest.mark.parametrize("script", sorted(path.name for path in (ROOT / "bin").iterdir() if not path.suffix))
def test_every_script_stands_in_the_tree_of_the_readme(script):
    line = next(line for line in text_of("README.md").splitlines() if line.startswith("bin/ "))
    assert script in line.removeprefix("bin/").replace("·", " ").split()


@pytest.mark.parametrize("connector", CONNECTORS, ids=lambda connector: connector.key)
def test_every_channel_has_a_page_that_the_index_links(connector):
    assert f"channels/{connector.key}.md" in set(links(ROOT / "docs" / "README.md"))
    text = text_of(f"docs/channels/{connector.key}.md")
    assert text.startswith(f"# {connector.title}\n")
    assert [field.label for field in connector.setup_fields if f"**{field.label}**" not in text] == []


@pytest.mark.parametrize("kind", event_types())
def test_every_kind_of_event_has_its_row(kind):
    assert kind in first_cells("docs/ledger.md")


def test_no_kind_of_event_is_told_of_that_there_is_not():
    assert first_cells("docs/ledger.md") == set(event_types())


def test_every_check_and_rule_has_its_row():
    wanted = {check.name for check in CHECKS} | {rule.__name__ for rule in (*OF_A_FILE, *OF_THE_REPOSITORY)}
    assert first_cells("docs/checks.md") == wanted


def test_every_state_of_an_answer_says_what_to_do():
    told = {name: row for row in rows(text_of("docs/mail.md")) for name in code_in(row[0])}
    assert set(told) == set(DeliveryState.values)
    assert [name for name, row in told.items() if len(row) != 4 or not all(row)] == []


def test_every_state_of_a_mailbox_says_what_to_do():
    assert set(Health.values) <= set(_STATES)
    told = {row[0] for row in rows(text_of("docs/mail.md"))}
    assert [str(words) for _, _, words in _STATES.values() if str(words) not in told] == []


def test_every_decision_is_listed_by_its_title():
    index = text_of("docs/README.md")
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    titles = {page: page.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ") for page in pages}
    missing = [page.name for page in pages if f"{page.name[:4]} [{titles[page]}](decisions/{page.name})" not in index]
    assert missing == []
