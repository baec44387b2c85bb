from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from tests.factories.replies import a_ticket
from tests.factories.shops import a_store, a_team, an_agent
from tests.workspace.setup.conftest import browser
from tresen.accounts.models import Agent, Role
from tresen.sla.models import StoreRules
from tresen.stores.models import Store, StoreGrant

pytestmark = pytest.mark.django_db
TYPED = {"time_response_rate": "12 h", "off_a_to_z_eligibility": "on", "reason": "Peak season"}


@pytest.fixture
def store(lead: Agent):
    return a_store(team=lead.teams.get())


def address(store, name: str = "setup-rules-store") -> str:
    return reverse(name, args=[store.pk])


def test_the_list_says_every_rule_with_its_source_and_how_sure_it_is(by_lead, store):
    page = by_lead.get(reverse("setup-rules")).text
    assert "https://sellercentral.amazon.com/gp/help/external/200549770" in page
    assert "told by others" in page
    assert "from memory, please check" in page
    assert "without the public holidays there" in page
    assert "until Monday 12:00 (America/New_York)" in page
    assert "below 24 h on average over 30 days" in page
    assert "1 month" in page
    assert store.name in page


def test_the_list_says_each_thing_once(by_lead, lead):
    for marketplace in ("amazon.de", "amazon.it"):
        a_store("amazon", marketplace, team=lead.teams.get())
    page = by_lead.get(reverse("setup-rules")).text
    stores, _all_rules, rules = page.partition("All rules")
    assert stores.count("A-to-z claim possible") == 1
    amazon = rules.partition('id="amazon"')[2].partition("</details>")[0]
    assert amazon.count(">sellercentral.amazon.com/gp/help/external/200549770</a>") == 1
    assert amazon.count("checked 22 Nov 2026") == 1
    for words in ("Appeal against the decision", "Only a person’s answer counts."):
        assert amazon.count(words) == 1


def test_who_reads_is_told_what_they_may_change_and_who_may_else(by_lead, lead, store):
    mine = "For a store you can set another time"
    others = "There is 1 more store that you do not see: a lead who sees it or an admin can do so there."
    page = by_lead.get(reverse("setup-rules")).text
    assert mine in page
    assert "that you do not see" not in page

    Agent.objects.filter(pk=lead.pk).update(everything=False)
    StoreGrant.objects.create(agent=lead, store=store)
    a_store()
    page = by_lead.get(reverse("setup-rules")).text
    assert mine in page
    assert others in page

    StoreGrant.objects.all().delete()
    page = by_lead.get(reverse("setup-rules")).text
    assert mine not in page
    assert "a lead who sees it or an admin can set another time, with a reason" in page


def test_no_page_says_that_nobody_can_change_the_rules(by_lead, store):
    page = by_lead.get(reverse("setup-policies")).text
    assert "For a single store you can set another time, with a reason" in page


def test_a_lead_says_otherwise_for_a_store_with_a_reason(by_lead, lead, store):
    assert by_lead.post(address(store), TYPED).status_code == 302

    row = StoreRules.objects.get()
    assert row.limits == {"response_rate": 720, "a_to_z_eligibility": None}
    assert (row.store, row.reason, row.created_by) == (store, "Peak season", lead)
    listed = by_lead.get(reverse("setup-rules")).text.partition("All rules")[0]
    assert "This store says otherwise" in listed
    assert "12 h, around the clock" in listed
    assert "A-to-z claim possible" not in listed
    page = by_lead.get(address(store)).text
    assert 'value="12 h"' in page
    assert "Peak season" in page


def test_what_was_said_before_stands_there_with_its_reason(by_lead, store):
    by_lead.post(address(store), TYPED)
    by_lead.post(address(store, "setup-rules-store-end"))
    taken_back, said = (
        by_lead.get(address(store)).text.split('id="said-before"')[1].partition("</ol>")[0].split("<li>")[1:]
    )
    for words in ("12 h", "A-to-z claim possible: does not count here", "Peak season"):
        assert words in said
    assert "the platform’s own rules" in taken_back


def test_it_is_taken_back(by_lead, store):
    by_lead.post(address(store), TYPED)
    assert by_lead.post(address(store, "setup-rules-store-end")).status_code == 302

    assert StoreRules.objects.order_by("number").last().limits == {}
    assert "This store says otherwise" not in by_lead.get(reverse("setup-rules")).text


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ({"reason": ""}, "id_reason_error"),
        ({"time_response_rate": "soon"}, "id_time_response_rate_error"),
        ({"time_response_rate": "0 h"}, "id_time_response_rate_error"),
    ],
)
def test_what_is_wrong_stands_at_its_field(by_lead, store, typed, where):
    page = by_lead.post(address(store), {**TYPED, **typed})
    assert page.status_code == 422
    assert where in page.text
    assert not StoreRules.objects.exists()


def test_a_store_whose_platform_sets_no_time_can_have_a_limit_of_its_own(by_lead, lead):
    store = a_store("email", "", team=lead.teams.get())
    assert by_lead.post(address(store), {"time_own_limit": "90 min", "reason": "Promised"}).status_code == 302
    assert StoreRules.objects.get().limits == {"own_limit": 90}


def test_a_store_that_a_lead_may_not_see_is_not_there(by_lead, lead, store):
    Agent.objects.filter(pk=lead.pk).update(everything=False)
    other = a_store()
    assert by_lead.get(address(other)).status_code == 404
    assert other.name not in by_lead.get(reverse("setup-rules")).text


def test_who_answers_only_sets_no_rules_up(by_agent, store):
    assert by_agent.get(reverse("setup-rules")).status_code == 404
    assert by_agent.post(address(store), TYPED).status_code == 404


def test_saving_asks_what_happens_to_open_clocks_with_what_would_move(by_lead, store):
    a_ticket(store, at=datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2))

    asked = by_lead.post(address(store), TYPED).text
    for words in (
        "Keep them",
        "As if from the start",
        "Late response rate",
        "1 clock is due earlier",
        "Change something again",
    ):
        assert words in asked
    assert "Count from now" not in asked
    assert "Count from now" not in by_lead.post(address(store), {**TYPED, "open_clocks": "from_now"}).text
    assert not StoreRules.objects.exists()
    again = by_lead.post(address(store), {**TYPED, "edit_again": "1"}).text
    assert 'value="12 h"' in again
    assert by_lead.post(address(store), {**TYPED, "open_clocks": "from_start"}).status_code == 302
    assert StoreRules.objects.count() == 1
    for page in (reverse("setup-rules"), address(store)):
        assert f'What counts for a store was changed: <span dir="auto">“{store.name}”' in by_lead.get(page).text


def test_taking_back_asks_too(by_lead, store):
    by_lead.post(address(store), TYPED)
    a_ticket(store, at=datetime.now(UTC))
    assert "What happens to open clocks?" in by_lead.post(address(store, "setup-rules-store-end")).text
    kept = by_lead.post(address(store, "setup-rules-store-end"), {"open_clocks": "keep"})
    assert kept.status_code == 302
    assert StoreRules.objects.order_by("number").last().limits == {}


def test_a_tickets_clock_says_who_changed_its_rule_and_leads_there_whoever_may_change_it(by_lead, lead, store):
    by_lead.post(address(store), {"time_response_rate": "12 h", "reason": "Peak season"})
    ticket = a_ticket(store, at=StoreRules.objects.get().created_at + timedelta(minutes=1))
    shown = reverse("ticket", args=[ticket.pk])
    page = by_lead.get(shown).text
    assert "by Marco Conti: “Peak season”" in page
    assert address(store) in page
    agents = browser(an_agent(lead.teams.get(), role=Role.AGENT, everything=True)).get(shown).text
    assert "by Marco Conti: “Peak season”" in agents
    assert address(store) not in agents


def test_who_may_not_change_a_tickets_limit_is_told_who_can(by_lead, lead, store):
    who = "A lead who sees this store, or an admin, can set another time for it, with a reason."
    shown = reverse("ticket", args=[a_ticket(store, at=datetime.now(UTC)).pk])
    page = by_lead.get(shown).text
    assert who not in page
    assert f'<a class="link" href="{address(store)}">Another time for this store</a>' in page
    agents = browser(an_agent(lead.teams.get(), role=Role.AGENT, everything=True)).get(shown).text
    assert who in agents
    assert address(store) not in agents

    Store.objects.filter(pk=store.pk).update(default_team=a_team("Elsewhere"))
    Agent.objects.filter(pk=lead.pk).update(everything=False)
    StoreGrant.objects.create(agent=lead, store=store)
    page = by_lead.get(shown).text
    assert who in page
    assert address(store) not in page
