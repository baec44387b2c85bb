"""The screens in a real browser: by keyboard, by themselves, on a phone, and without scripts."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PASSWORD, SignIn
from tests.journeys.desks import asks
from tests.servers.web import Web
from tresen.accounts.models import Agent, Role
from tresen.outbox.models import Delivery, DeliveryState
from tresen.replies.models import Draft
from tresen.routing.models import Lease
from tresen.stores.models import Store
from tresen.tickets.models import Status, Ticket

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_day_by_keyboard(store: Store, agent: Agent, page: Page) -> None:
    first, second = asks(store, "Erste Frage", hours_ago=5), asks(store, "Zweite Frage", hours_ago=4)
    page.goto("/queue/all/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".row[data-cursor]")).to_have_attribute("data-ticket", str(second.pk))
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tickets/{first.pk}/**")
    expect(page.locator("#ticket h2")).to_have_text("Erste Frage")
    page.keyboard.press("m")
    expect(page.locator(".toast")).to_contain_text("Assigned.")
    page.keyboard.press("z")
    expect(page.locator(".toast")).to_contain_text("Given back")
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    expect(page.locator(".toast").first).to_contain_text("Snoozed until")
    page.keyboard.press("Escape")
    page.wait_for_url("**/queue/all/")
    expect(page.locator("#desk")).to_be_hidden()
    first.refresh_from_db()
    assert (first.status, first.assignee_id) == (Status.SNOOZED, None)


def test_what_is_new_announces_itself_and_moves_nothing(store: Store, agent: Agent, page: Page) -> None:
    there = asks(store, "Liegt schon da", hours_ago=2)
    page.goto("/queue/all/")
    page.keyboard.press("j")
    row = page.locator(f"#row-{there.pk}")
    before = row.bounding_box()
    page.wait_for_timeout(300)  # the browser's connection for live updates is opened by now

    urgent = asks(store, "Kommt eben herein", hours_ago=20)

    expect(page.locator("#list-news")).to_contain_text("1 new")
    assert row.bounding_box() == before
    expect(page.locator(f"#row-{urgent.pk}")).to_have_count(0)
    page.keyboard.press("l")
    expect(page.locator(".row").first).to_have_attribute("data-ticket", str(urgent.pk))
    expect(page.locator(".row[data-cursor]")).to_have_attribute("data-ticket", str(there.pk))


def test_a_clock_ticks_in_the_words_of_the_server(store: Store, agent: Agent, page: Page) -> None:
    asks(store, "Wie lange noch?", hours_ago=1)
    page.goto("/queue/all/")
    served = page.evaluate(
        "async () => new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html')"
        ".querySelector('.row .clock-left').textContent"
    )

    expect(page.locator(".row .clock-left").first).to_have_text(served)
    page.evaluate(
        "() => document.querySelector('.row .clock').dataset.due = new Date(Date.now() + 272900).toISOString()"
    )
    expect(page.locator(".row .clock-left").first).to_have_text(re.compile(r"in 4 min 3[0-2] s"))
    page.evaluate(
        "() => document.querySelector('.row .clock').dataset.due = new Date(Date.now() - 60000).toISOString()"
    )
    expect(page.locator(".row .clock").first).to_have_attribute("data-state", "breached")


def test_what_was_typed_survives_a_reload_and_an_answer_can_be_taken_back(store: Store, page: Page) -> None:
    ticket = asks(store, "Frage")
    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("r")
    page.keyboard.type("Ihr Paket kommt morgen.")
    expect(page.locator("#composer-state")).to_have_text("Draft saved")
    assert Draft.objects.get().text == "Ihr Paket kommt morgen."

    page.reload()
    expect(page.locator("#composer-text")).to_have_value("Ihr Paket kommt morgen.")
    page.focus("#composer-text")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("Answer on its way.")
    expect(page.locator("#composer-text")).to_have_value("")
    page.locator(".toast").get_by_role("button", name="Undo").click()

    expect(page.locator("#composer-text")).to_have_value("Ihr Paket kommt morgen.")
    assert Delivery.objects.get().state == DeliveryState.WITHDRAWN


def test_a_message_that_comes_while_one_writes_is_told_and_disturbs_nothing(store: Store, page: Page) -> None:
    ticket = asks(store, "Frage")
    page.goto(f"/tickets/{ticket.pk}/")
    page.keyboard.press("r")
    page.keyboard.type("Einen Augenblick")

    asks(store, "Frage", hours_ago=0.1, text="Hat sich erledigt!")

    expect(page.locator("#news")).to_contain_text("A new message came since you opened this.", timeout=40_000)
    expect(page.locator("#composer-text")).to_have_value("Einen Augenblick")
    page.locator("#news").get_by_role("link", name="Show").click()
    expect(page.locator(".thread")).to_contain_text("Hat sich erledigt!")
    expect(page.locator("#composer-text")).to_have_value("Einen Augenblick")


def test_the_palette_finds_actions_and_numbers(store: Store, page: Page) -> None:
    ticket = asks(store, "Frage")
    page.goto("/queue/all/")
    page.keyboard.press("Control+k")
    page.keyboard.type(str(ticket.pk))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tickets/{ticket.pk}/**")

    page.keyboard.press("Control+k")
    page.keyboard.type("take")
    page.keyboard.press("Enter")

    expect(page.locator(".toast")).to_contain_text("Assigned.")


def test_the_palette_calls_a_channel_by_its_name(store: Store, page: Page) -> None:
    page.goto("/queue/all/")
    page.keyboard.press("Control+k")
    page.fill("#palette-input", "Amazon")
    page.keyboard.press("Enter")
    page.wait_for_url("**/queue/channel:amazon/")


def test_several_rows_are_taken_at_once_and_given_back(store: Store, agent: Agent, page: Page) -> None:
    tickets = [asks(store, f"Frage {number}", hours_ago=number) for number in (1, 2, 3)]
    page.goto("/queue/all/")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("#selection")).to_contain_text("2 chosen")
    page.locator("#selection").get_by_role("button", name="Take").click()

    expect(page.locator(".toast")).to_contain_text("2 tickets: taken.")
    assert Ticket.objects.filter(assignee=agent).count() == 2
    page.keyboard.press("z")
    expect(page.locator(".toast-undo")).to_have_count(0)
    assert Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets], assignee=None).count() == 3


@pytest.mark.parametrize("path", ["/queue/all/", "/tickets/{}/", "/styleguide/"])
def test_a_phone_never_scrolls_sideways(store: Store, agent: Agent, signed_in: SignIn, path: str) -> None:
    Agent.objects.update(role=Role.ADMIN)
    ticket = asks(store, "x" * 300, name="Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamter")
    page = signed_in(agent, width=390, height=844)

    page.goto(path.format(ticket.pk))

    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_a_thumb_presses_on_a_ticket_is_large_enough(store: Store, agent: Agent, signed_in: SignIn) -> None:
    ticket = asks(store, "Frage", hours_ago=2)
    ticket.messages.update(html="<p>Wo bleibt es?</p>")
    page = signed_in(agent, width=390, height=844, touch=True)

    page.goto(f"/tickets/{ticket.pk}/")

    pressed = page.locator(".ticket-clocks summary:visible, .fold > summary, .ticket-verbs .button:visible")
    expect(page.locator(".fold > summary")).to_be_visible()
    heights = [pressed.nth(number).bounding_box() for number in range(pressed.count())]
    assert all(box and box["height"] >= 40 for box in heights), heights


def test_the_whole_mail_is_shown_in_its_frame(store: Store, page: Page) -> None:
    ticket = asks(store, "Frage", text="Wo bleibt es?")
    ticket.messages.update(html="<p>Wo <b>bleibt</b> es?</p><script>parent.hacked = 1</script>")
    page.goto(f"/tickets/{ticket.pk}/")

    page.get_by_text("As the sender laid it out").click()

    expect(page.frame_locator(".mail-frame").locator("b")).to_have_text("bleibt")
    assert page.evaluate("window.hacked") is None


def test_reading_and_answering_work_without_scripts(chromium: Browser, web: Web, store: Store, agent: Agent) -> None:
    ticket = asks(store, "Ohne Skripte", text="Geht das?")
    context = chromium.new_context(base_url=web.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.fill("input[name=login]", agent.email)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=re.compile("Ohne Skripte")).click()
    expect(page.locator(".thread")).to_contain_text("Geht das?")
    page.fill("#composer-text", "Ja, das geht.")
    page.get_by_role("button", name="Send & solve").click()

    expect(page.locator(".toast")).to_contain_text("Answer on its way.")
    expect(page.locator(".thread")).to_contain_text("Ja, das geht.")
    ticket.refresh_from_db()
    assert ticket.status == Status.SOLVED
    context.close()


def test_what_fails_says_so_and_what_was_typed_stays(store: Store, agent: Agent, signed_in: SignIn) -> None:
    ticket = asks(store, "Frage")
    page = signed_in(agent)
    page.goto(f"/tickets/{ticket.pk}/")
    page.route("**/replies/", lambda route: route.abort())
    page.fill("#composer-text", "Geht das durch?")

    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("alert")).to_contain_text("That did not work.")
    expect(page.locator("#composer-text")).to_have_value("Geht das durch?")
    assert not Delivery.objects.exists()


def test_going_back_to_the_list_frees_the_ticket_for_others(store: Store, agent: Agent, page: Page) -> None:
    ticket = asks(store, "Frage")
    page.goto(f"/tickets/{ticket.pk}/")
    assert Lease.objects.get().agent_id == agent.pk

    with page.expect_response("**/release/"):
        page.keyboard.press("Escape")

    assert not Lease.objects.exists()


def test_without_a_connection_the_screen_says_so_and_keeps_what_is_typed(
    store: Store, agent: Agent, signed_in: SignIn
) -> None:
    ticket = asks(store, "Frage")
    page = signed_in(agent)
    page.goto(f"/tickets/{ticket.pk}/")

    page.context.set_offline(True)
    page.fill("#composer-text", "Im Tunnel geschrieben")

    expect(page.locator("#offline")).to_be_visible()
    expect(page.locator("#composer-state")).to_have_text("Draft kept on this device")
    page.context.set_offline(False)
    expect(page.locator("#offline")).to_be_hidden()
    page.reload()
    expect(page.locator("#composer-text")).to_have_value("Im Tunnel geschrieben")


def test_the_overview_of_keys_breaks_no_key_and_fills_its_columns(store: Store, page: Page) -> None:
    page.goto("/queue/all/")
    page.keyboard.press("?")

    keys = [box for key in page.locator("#keys .key").all() if (box := key.bounding_box())]
    groups = [box for group in page.locator("#keys section").all() if (box := group.bounding_box())]

    assert len({round(box["height"]) for box in keys}) == 1
    assert page.evaluate(
        "() => [...document.querySelectorAll('#keys .key')].every((key) => key.scrollHeight <= key.clientHeight)"
    )
    lowest = {round(box["x"]): box["y"] + box["height"] for box in groups}
    assert len(lowest) == 2
    assert max(lowest.values()) - min(lowest.values()) < 150
