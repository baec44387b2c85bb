"""Every address of the set-up, asked by those who may not see it."""

import pytest
from django.urls import URLResolver, get_resolver, reverse

from tresen.workspace.setup.sections import SECTIONS

pytestmark = pytest.mark.django_db

LED = ("polic", "rules", "recalculations", "timetable", "coverage", "roster", "on-call", "lanes")
FOR_LEADS = ("setup", *(f"setup-{part}" for part in LED))


def routes(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        elif (pattern.name or "").startswith("setup"):
            yield pattern.name, tuple(pattern.pattern.converters)


ROUTES = dict(routes(get_resolver().url_patterns))
FOR_ADMINS = [name for name in ROUTES if name != "setup" and not name.startswith(FOR_LEADS[1:])]


def address(name):
    return reverse(name, kwargs={key: "amazon" if key == "channel" else 1 for key in ROUTES[name]})


def test_there_is_something_to_watch_over():
    assert len(ROUTES) > 30
    assert {section.route for section in SECTIONS} <= set(ROUTES)


def answers(client, names, make=address):
    """What each address answers, by name and method."""
    return {
        (name, method): getattr(client, method)(make(name)).status_code for name in names for method in ("get", "post")
    }


def test_an_agent_finds_no_set_up(by_agent):
    assert set(answers(by_agent, ROUTES).values()) <= {404, 405}


def test_a_lead_finds_nothing_of_what_admins_set_up(by_lead):
    assert len(FOR_ADMINS) > 15
    assert set(answers(by_lead, FOR_ADMINS).values()) <= {404, 405}


def test_a_lead_sets_targets_and_hours(by_lead):
    for name in ("setup", "setup-policies", "setup-timetables", "setup-coverage", "setup-lanes"):
        page = by_lead.get(reverse(name))
        assert page.status_code == 200
        assert reverse("setup-agents") not in page.text


@pytest.mark.parametrize("language", ["en", "de", "it"])
def test_an_admin_sees_every_section_also_while_there_is_nothing(by_admin, admin, language):
    type(admin).objects.update(language=language)
    for section in SECTIONS:
        page = by_admin.get(reverse(section.route))
        assert page.status_code == 200
        assert 'aria-current="page"' in page.text


def test_what_is_not_there_is_not_found(by_admin):
    names = [name for name, keys in ROUTES.items() if any(key.endswith("_id") for key in keys)]
    missing = answers(by_admin, names, lambda name: reverse(name, kwargs=dict.fromkeys(ROUTES[name], 987_654)))
    assert set(missing.values()) <= {404, 405}
