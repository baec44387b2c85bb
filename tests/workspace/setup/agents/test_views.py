import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

from tests.factories.shops import MONDAY, a_store, a_team, an_agent
from tresen.accounts.actors import Actor
from tresen.accounts.models import Agent, Role
from tresen.stores.adding import retire_store
from tresen.stores.granting import grant, scope_of

pytestmark = pytest.mark.django_db

NEW = reverse("setup-agent-new")
ADA = {
    "name": "Ada Okonkwo",
    "email": "ada@nordlicht.example",
    "language": "it",
    "role": "agent",
    "experience": "regular",
}
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
    assert hers.get(reverse("profile")).status_code == 200
    assert Client().login(email=ada.email, password=CHOSEN["password1"])


def test_who_is_invited_is_greeted_in_their_language_and_let_in_at_once(by_admin, admin):
    hers = Client()
    form = hers.get(link_in(by_admin.post(NEW, ADA)), follow=True)
    assert '<html lang="it"' in form.text
    for words in ("Ada Okonkwo", admin.name, "ada@nordlicht.example"):
        assert words in form.text.partition("entrance-card")[2]
    queue = hers.post(form.redirect_chain[-1][0], CHOSEN, follow=True)
    assert hers.session["_auth_user_id"] == str(Agent.objects.get(email="ada@nordlicht.example").pk)
    assert queue.text.count('class="toast"') == 1


def test_a_new_password_by_a_link_welcomes_nobody_and_still_asks_for_the_second_factor(by_admin):
    ada = an_agent(name="Ada")
    TOTP.activate(ada, "JBSWY3DPEHPK3PXP")
    hers = Client()
    form = hers.get(link_in(by_admin.post(reverse("setup-agent-link", args=[ada.pk]))), follow=True)
    assert "Choose a new password" in form.text
    asked = hers.post(form.redirect_chain[-1][0], CHOSEN, follow=True)
    assert asked.redirect_chain[-1][0] == reverse("mfa_authenticate")
    assert hers.get(reverse("profile")).status_code == 302


def test_the_link_is_on_no_other_page(by_admin):
    page = by_admin.post(NEW, ADA)
    assert page.headers["Cache-Control"] == "no-store"
    link = link_in(page)
    assert link not in by_admin.get(reverse("setup-agents")).text
    assert "No password yet" in by_admin.get(reverse("setup-agents")).text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ((), "is in no team and sees no store"),
        (("teams",), "sees no store"),
        (("everything",), "is in no team"),
        (("teams", "brands"), ""),
    ],
)
def test_who_will_see_nothing_is_pointed_out(by_admin, given, words):
    every = {"teams": [a_team().pk], "brands": [a_store().brand_id], "everything": "on"}
    page = by_admin.post(NEW, {**ADA, **{name: every[name] for name in given}})
    assert ("their queue stays empty" in page.text) == bool(words)
    assert words in page.text
    assert ("Sees nothing yet" in by_admin.get(reverse("setup-agents")).text) == bool(words)
    ada = Agent.objects.get(email=ADA["email"])
    assert scope_of(ada).is_empty == bool(words)


def test_a_new_link_can_be_had_but_not_for_who_is_locked_out(by_admin):
    ada = an_agent(name="Ada")
    assert link_in(by_admin.post(reverse("setup-agent-link", args=[ada.pk])))
    by_admin.post(reverse("setup-agent-lock", args=[ada.pk]))
    assert by_admin.post(reverse("setup-agent-link", args=[ada.pk])).status_code == 404


def test_a_lost_link_is_made_anew_on_the_page_of_the_agent(by_admin):
    by_admin.post(NEW, ADA)
    ada = Agent.objects.get(email=ADA["email"])
    address, link = reverse("setup-agent", args=[ada.pk]), reverse("setup-agent-link", args=[ada.pk])
    page = by_admin.get(address).text
    assert "No password yet" in page
    assert f'action="{link}"' in page
    ada.set_password("lamps shine over Lindau")
    ada.save()
    page = by_admin.get(address).text
    assert "No password yet" not in page
    assert f'action="{link}"' in page
    assert "Make a new link" not in by_admin.get(NEW).text


def test_nothing_leads_away_from_a_link_but_what_says_that_it_is_passed_on(by_admin):
    page = by_admin.post(NEW, ADA).text
    address = reverse("setup-agent", args=[Agent.objects.get(email=ADA["email"]).pk])
    (leading,) = re.findall(rf'<a href="{address}"[^>]*>.*?</a>', page, re.DOTALL)
    assert "Passed on" in leading


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
    changed = {"name": "Ada O.", "email": ada.email, "role": "lead", "experience": "regular", "stores": [store.pk]}
    assert by_admin.post(reverse("setup-agent", args=[ada.pk]), changed).status_code == 302
    ada.refresh_from_db()
    assert (ada.name, ada.role, ada.everything, ada.language) == ("Ada O.", "lead", False, "de")
    assert scope_of(ada).stores == {store.pk}
    assert scope_of(ada).teams == frozenset()


def test_an_agent_keeps_seeing_the_tickets_of_a_store_that_was_retired(by_admin, admin):
    store, ada = a_store(), an_agent(name="Ada", everything=False)
    actor = Actor.agent(admin.pk)
    grant(ada.pk, stores=[store.pk], brands=[], by=actor, at=MONDAY)
    retire_store(store.pk, by=actor, at=MONDAY)
    address = reverse("setup-agent", args=[ada.pk])
    assert f'name="stores" value="{store.pk}"' in by_admin.get(address).text
    by_admin.post(
        address, {"name": "Ada O.", "email": ada.email, "role": "agent", "experience": "regular", "stores": [store.pk]}
    )
    assert scope_of(ada).stores == {store.pk}
    assert f'name="stores" value="{store.pk}"' not in by_admin.get(NEW).text


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
    demoted = {"name": admin.name, "email": admin.email, "role": "agent", "experience": "regular"}
    page = by_admin.post(reverse("setup-agent", args=[admin.pk]), demoted)
    assert "This is the only admin" in page.text
    admin.refresh_from_db()
    assert admin.role == Role.ADMIN


def test_the_page_behind_the_link_shows_no_markup(by_admin):
    page = Client().get(link_in(by_admin.post(NEW, ADA)), follow=True)
    assert "&lt;" not in page.text
    assert page.text.count('type="password"') == 2


def test_what_an_agent_can_take_on_is_kept_and_shown_again(by_admin):
    a_store()
    ada = an_agent(name="Ada")
    address = reverse("setup-agent", args=[ada.pk])
    able = {"languages": ["it", "de"], "channels": ["amazon"], "skills": "Returns, wholesale", "experience": "expert"}
    by_admin.post(address, {"name": ada.name, "email": ada.email, "role": "agent", "capacity": "5", **able})
    ada.refresh_from_db()
    assert (ada.languages, ada.skills, ada.experience) == (["de", "it"], ["amazon", "returns", "wholesale"], "expert")
    assert ada.capacity == 5
    page = by_admin.get(address).text
    assert 'value="returns, wholesale"' in page
    assert re.search(r'value="amazon"[^>]*checked', page)
    assert "Italian" in page
