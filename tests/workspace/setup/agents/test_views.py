import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.shops import a_store, a_team, an_agent
from tresen.accounts.models import Agent, Role
from tresen.stores.granting import scope_of

pytestmark = pytest.mark.django_db

NEW = reverse("setup-agent-new")
ADA = {"name": "Ada Okonkwo", "email": "ada@nordlicht.example", "language": "it", "role": "agent"}
CHOSEN = {"password1": "lamps shine over Lindau", "password2": "lamps shine over Lindau"}


def link_in(page):
    return re.search(r'id="link"[^>]*>http://testserver([^<]+)<', page.text)[1]


def test_an_invited_agent_chooses_a_password_by_the_link_and_sees_what_was_granted(by_admin):
    team, store, brand = a_team(), a_store(), a_store().brand
    page = by_admin.post(NEW, {**ADA, "teams": [team.pk], "stores": [store.pk], "brands": [brand.pk]})
    ada = Agent.objects.get(email="ada@nordlicht.example")
    scope = scope_of(ada)
    assert (scope.teams, scope.stores, scope.brands) == ({team.pk}, {store.pk}, {brand.pk})
    assert (ada.language, ada.zone) == ("it", "Europe/Berlin")
    hers = Client()
    form = hers.get(link_in(page), follow=True)
    hers.post(form.redirect_chain[-1][0], CHOSEN)
    signed_in = hers.post(reverse("account_login"), {"login": ada.email, "password": CHOSEN["password1"]})
    assert signed_in.status_code == 302
    assert hers.get(reverse("profile")).status_code == 200


def test_the_link_is_on_no_other_page(by_admin):
    page = by_admin.post(NEW, ADA)
    assert page.headers["Cache-Control"] == "no-store"
    link = link_in(page)
    assert link not in by_admin.get(reverse("setup-agents")).text
    assert "No password yet" in by_admin.get(reverse("setup-agents")).text


def test_a_new_link_can_be_had_but_not_for_who_is_locked_out(by_admin):
    ada = an_agent(name="Ada")
    assert link_in(by_admin.post(reverse("setup-agent-link", args=[ada.pk])))
    by_admin.post(reverse("setup-agent-lock", args=[ada.pk]))
    assert by_admin.post(reverse("setup-agent-link", args=[ada.pk])).status_code == 404


def test_what_is_wrong_stands_at_its_field_and_no_half_of_it_is_kept(by_admin, admin):
    page = by_admin.post(NEW, {**ADA, "email": admin.email.upper(), "leading": [a_team().pk]})
    assert page.status_code == 422
    assert 'id="id_email_error"' in page.text
    assert "Whoever leads a team must be in it." in page.text
    assert Agent.objects.count() == 1


def test_an_agent_is_changed_and_keeps_what_the_form_does_not_ask(by_admin):
    store = a_store()
    ada = an_agent(a_team(), name="Ada")
    Agent.objects.filter(pk=ada.pk).update(language="de")
    changed = {"name": "Ada O.", "email": ada.email, "role": "lead", "stores": [store.pk]}
    assert by_admin.post(reverse("setup-agent", args=[ada.pk]), changed).status_code == 302
    ada.refresh_from_db()
    assert (ada.name, ada.role, ada.everything, ada.language) == ("Ada O.", "lead", False, "de")
    assert scope_of(ada).stores == {store.pk}
    assert scope_of(ada).teams == frozenset()


def test_who_is_locked_out_is_out_at_once_and_can_be_let_in_again(by_admin):
    ada = an_agent(name="Ada")
    hers = Client()
    hers.force_login(ada)
    by_admin.post(reverse("setup-agent-lock", args=[ada.pk]))
    assert hers.get(reverse("profile")).status_code == 302
    by_admin.post(reverse("setup-agent-access", args=[ada.pk]))
    assert hers.get(reverse("profile")).status_code == 200


def test_the_only_admin_is_told_why_they_stay(by_admin, admin):
    page = by_admin.post(reverse("setup-agent-lock", args=[admin.pk]), follow=True)
    assert "You cannot lock yourself out" in page.text
    demoted = {"name": admin.name, "email": admin.email, "role": "agent"}
    page = by_admin.post(reverse("setup-agent", args=[admin.pk]), demoted)
    assert "This is the only admin" in page.text
    admin.refresh_from_db()
    assert admin.role == Role.ADMIN


def test_the_page_behind_the_link_shows_no_markup(by_admin):
    page = Client().get(link_in(by_admin.post(NEW, ADA)), follow=True)
    assert "&lt;" not in page.text
    assert page.text.count('type="password"') == 2
