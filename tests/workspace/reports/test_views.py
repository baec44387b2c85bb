import csv
import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.replies import a_ticket, answered, leaves
from tests.factories.shops import MONDAY, a_store, an_agent
from tresen.accounts.actors import SYSTEM, Actor
from tresen.accounts.models import Agent, Role
from tresen.sla.defaults import create_defaults
from tresen.sla.watching import Watch, sweep

DAYS = {"from": "2026-11-10", "to": "2026-11-20"}


@pytest.fixture
def lead(team):
    return an_agent(team, role=Role.LEAD, name="Lea Lead")


@pytest.fixture
def lead_screen(client, lead):
    client.force_login(lead)
    return client


@pytest.fixture
def kept(store, agent):
    create_defaults(by=SYSTEM, at=MONDAY - timedelta(days=30))
    ticket = a_ticket(store, subject="Wo bleibt die Lampe?")
    leaves(answered(ticket, by=Actor.agent(agent.pk)), at=MONDAY + timedelta(hours=1))
    return ticket


@pytest.mark.parametrize("by", ["channel", "store", "team", "agent", "day", "week", "month"])
def test_a_lead_sees_limits_and_targets_in_parts_of_their_own(lead_screen, kept, by):
    page = lead_screen.get(reverse("reports"), {**DAYS, "by": by}).text

    assert re.findall(r'data-kind="(\w+)"', page) == ["platform", "own"]
    assert "100.0" in page


def test_every_number_leads_to_the_tickets_it_counts(lead_screen, kept):
    page = lead_screen.get(reverse("reports"), DAYS).text
    links = {link.replace("&amp;", "&") for link in re.findall(rf'"({reverse("reports-counted")}[^"]+)"', page)}

    assert links
    for link in links:
        assert kept.subject in lead_screen.get(link).text


def test_a_chart_over_time_says_what_it_shows_and_names_its_days(lead_screen, kept):
    page = lead_screen.get(f"{reverse('reports')}?by=day").text
    (chart, *_more) = re.findall(r'<figure class="kept-figure">.*?</figure>', page, re.DOTALL)
    assert "Amazon: A-to-z claim possible" in chart
    legend, axis, days = chart.split("kept-legend")[1], chart.split("kept-axis")[1], chart.split("kept-spans")[1]
    assert ">Met<" in legend
    assert ">Missed<" in legend
    assert "100.0" in axis
    assert ">0.0" in axis
    assert re.search(r">\w{3},? \d{1,2} \w{3}<", days)


def test_each_figure_is_named_also_where_no_head_of_a_table_is_shown(lead_screen, kept):
    page = lead_screen.get(reverse("reports")).text
    for name in ("Kept, per cent", "Met", "Missed", "Waived", "Struck out", "Running", "Corrected"):
        assert f'data-label="{name}"' in page
        assert f">{name}</th>" in page


def test_an_agent_sees_only_what_they_ended_themselves(client, team, kept):
    client.force_login(an_agent(team, name="Somebody Else"))

    assert "data-kind" not in client.get(reverse("reports"), DAYS).text
    listed = client.get(reverse("reports-counted"), {**DAYS, "kind": "own", "metric": "first_reply", "which": "met"})
    assert kept.subject not in listed.text


def test_an_agent_cannot_ask_for_anothers_figures_by_address(client, team, kept, agent):
    client.force_login(an_agent(team, name="Somebody Else"))

    assert "data-kind" not in client.get(reverse("reports"), {**DAYS, "agent": str(agent.pk)}).text


def test_an_empty_scope_sees_no_figure(client, kept):
    client.force_login(an_agent(role=Role.LEAD, everything=False))

    assert "data-kind" not in client.get(reverse("reports"), DAYS).text
    listed = client.get(reverse("reports-counted"), {**DAYS, "kind": "own", "metric": "first_reply", "which": "met"})
    assert kept.subject not in listed.text


def test_an_address_that_makes_no_sense_asks_for_the_usual(lead_screen, db):
    odd = {"by": "moon", "from": "9999-99-99", "to": "0001-01-01", "store": "x", "after": "~", "which": "odd"}

    assert lead_screen.get(reverse("reports"), odd).status_code == 200
    assert lead_screen.get(reverse("reports-counted"), odd).status_code == 200


def test_the_report_leaves_as_a_table_with_the_same_numbers(lead_screen, kept):
    answer = lead_screen.get(reverse("reports-file", args=["csv"]), {**DAYS, "by": "store"})
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert answer.headers["Content-Disposition"].endswith('.csv"')
    assert {line["Met"] for line in lines} == {"1"}
    assert {line["Kind"] for line in lines} == {"The platforms’ limits", "Our own targets"}
    assert lead_screen.get(reverse("reports-file", args=["xlsx"]), DAYS).content.startswith(b"PK")
    assert lead_screen.get(reverse("reports-file", args=["pdf"]), DAYS).status_code == 404


def test_a_german_reader_gets_a_file_that_their_spreadsheet_reads_with_all_of_it_added_up(lead_screen, store, kept):
    other = a_ticket(a_store(team=store.default_team), sender="other@marketplace.amazon.de")
    leaves(answered(other), at=MONDAY + timedelta(hours=30))
    sweep(Watch(), MONDAY + timedelta(days=2))
    Agent.objects.update(language="de")
    answer = lead_screen.get(reverse("reports-file", args=["csv"]), {**DAYS, "by": "store"})
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))

    together = [line for line in lines if line["Store"] == "Zusammen"]
    assert together
    for total in together:
        parts = [line for line in lines if line["Kennzahl"] == total["Kennzahl"] and line["Store"] != "Zusammen"]
        assert len(parts) == 2
        assert int(total["Eingehalten"]) == sum(int(line["Eingehalten"]) for line in parts)
    assert {line["Quote in Prozent"] for line in together} == {"50,0", "100,0"}


def test_an_empty_scope_takes_away_an_empty_table(client, kept):
    client.force_login(an_agent(role=Role.LEAD, everything=False))

    assert len(client.get(reverse("reports-file", args=["csv"]), DAYS).content.splitlines()) == 1
