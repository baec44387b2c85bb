"""The frame and the set-up in one narrow column: nothing is cut off, and the same thing stands at the same place."""

import pytest
from playwright.sync_api import Locator, expect

from tests.factories.shops import a_team, an_agent
from tests.journeys.conftest import SignIn
from tresen.accounts.models import Agent, Role
from tresen.stores.models import Store

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


LANGUAGES = ("en", "de", "it")


@pytest.fixture
def admin(transactional_db: None) -> Agent:
    return an_agent(name="Miriam Sander", role=Role.ADMIN)


def test_the_whole_user_menu_stands_above_the_bar(admin: Agent, signed_in: SignIn) -> None:
    page = signed_in(admin, width=390, height=844, touch=True)
    page.goto("/queue/all/")
    page.locator(".rail-agent").tap()

    last = page.get_by_role("button", name="Sign out")
    expect(last).to_be_visible()
    assert _bottom(last) <= _bottom(page.locator(".rail-end .menu-body"))
    assert _bottom(page.locator(".rail-end .menu-body")) <= _top(page.locator(".rail"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bar_has_room_for_each_word_and_the_rest_is_behind_more(
    language: str, admin: Agent, signed_in: SignIn
) -> None:
    Agent.objects.filter(pk=admin.pk).update(language=language)
    page = signed_in(admin, width=390, height=844, touch=True)
    page.goto("/queue/all/")
    on_bar = [one for one in page.locator(".rail > .rail-place, .rail-agent").all() if one.is_visible()]
    assert len(on_bar) == 5
    for one in on_bar:
        assert one.evaluate("one => one.getBoundingClientRect().width >= 44")
        assert one.evaluate(
            "one => [...one.querySelectorAll('span')].every(word => word.scrollWidth <= word.clientWidth)"
        )

    page.locator(".rail-agent").tap()
    page.locator(".rail-elsewhere").locator("a[href='/setup/']").tap()
    page.wait_for_url("**/setup/")


def test_the_palette_ends_with_a_whole_row(admin: Agent, signed_in: SignIn) -> None:
    page = signed_in(admin, width=390, height=560, touch=True)
    page.goto("/queue/all/")
    page.locator(".rail-agent").tap()
    page.locator(".rail-elsewhere [data-opens=palette]").tap()

    rows = page.locator(".palette-list li")
    end = _bottom(page.locator(".palette-list"))
    assert _bottom(rows.last) > end, "more than fit"
    cut = [row for row in rows.all() if _top(row) + 1 < end < _bottom(row) - 1]
    assert cut == []


def test_the_menus_of_all_agents_stand_below_each_other(admin: Agent, signed_in: SignIn) -> None:
    an_agent(a_team("A team with a long name"), a_team("Another team with one"), role=Role.LEAD)
    page = signed_in(admin, width=390, height=844, touch=True)
    page.goto("/setup/agents/")

    lines = page.locator(".thing").all()
    menus = [line.locator(".thing-acts") for line in lines]
    assert len({menu.bounding_box()["x"] for menu in menus if menu.bounding_box()}) == 1  # type: ignore[index]
    assert all(_top(menu) - _top(line) < 20 for line, menu in zip(lines, menus, strict=True))


def test_the_sections_of_the_set_up_come_before_its_stores(admin: Agent, signed_in: SignIn, store: Store) -> None:
    page = signed_in(admin, width=390, height=844, touch=True)
    page.goto("/setup/")
    expect(page.get_by_role("link", name=store.name)).to_be_visible()
    assert _bottom(page.locator(".setup-nav")) < _top(page.locator(".things"))


def test_what_did_not_work_is_told_with_a_cross_as_large_as_elsewhere(admin: Agent, signed_in: SignIn) -> None:
    page = signed_in(admin, width=390, height=844, touch=True)
    page.goto("/setup/agents/")
    page.locator(".thing-acts summary").tap()
    page.get_by_role("button", name="Lock out").tap()

    toast = page.locator(".toast[data-tone=late]")
    expect(toast).to_contain_text("You cannot lock yourself out.")
    cross = toast.locator("[data-closes] .icon")
    assert cross.evaluate("cross => cross.getBoundingClientRect().width") == 14
    colour = "shown => getComputedStyle(shown).color"
    assert cross.evaluate(colour) == toast.evaluate(colour)


def _top(shown: Locator) -> float:
    box = shown.bounding_box()
    assert box is not None
    return box["y"]


def _bottom(shown: Locator) -> float:
    box = shown.bounding_box()
    assert box is not None
    return box["y"] + box["height"]
