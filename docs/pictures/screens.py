"""The screens of which there is a picture: how one gets there, signed in to a running demo."""

import re
from collections.abc import Callable, Iterator

from playwright.sync_api import Locator, Page

type Shown = Iterator[tuple[str, Page]]

PAGES = {
    "orders": "/orders/",
    "policies": "/setup/policies/",
    "roster": "/setup/roster/",
    "board": "/board/",
    "attainment": "/reports/",
    "health": "/reports/health/",
    "set-up": "/setup/",
    "stores": "/setup/stores/",
    "channels": "/setup/stores/new/",
}
CHANNELS = {"amazon": "A", "ebay": "E", "mirakl": "M", "shopify": "S"}
"""Those that tell of orders, with their marks; a ticket of each, with the order beside it."""
TALKS = {
    "kaufland": ("kaufland", "Fenja"),
    "otto": ("otto", "Rücksendung"),
    "walmart": ("walmart", "Casey"),
    "tiktok-shop": ("tiktok_shop", "Lichterkette"),
    "woocommerce": ("woocommerce", "#4187"),
    "facebook-comment": ("facebook", "Frost"),
    "messenger": ("facebook", "Liv"),
    "instagram": ("instagram", "Story"),
    "whatsapp": ("whatsapp", "Jarl"),
    "sms": ("sms", "Stern"),
    "website-chat": ("website", "IP44"),
    "phone": ("shopify", "Schraube"),
}
"""What is special on the other channels: in which view its ticket stands, and a word of it that no other has."""
MOST_PAGES = 40
NEW_STORE = "Tannlicht bei eBay"


def screens(page: Page) -> Shown:
    """Every main screen, one after the other on the same page."""
    yield "queue", page
    page.locator("li.row a.row-link").first.click()
    page.wait_for_url(re.compile(r"/tickets/\d+"))
    yield "ticket", page
    yield from _explanation(page)
    for name, address in PAGES.items():
        page.goto(address)
        yield name, page
    for walk in (_connections, _orders, _policy, _timetable):
        yield from walk(page)
    page.goto("/styleguide/")  # the last: its window grows
    yield "styleguide", page


def talks(page: Page) -> Shown:
    """A ticket of each channel that is only shown once."""
    for name, (channel, word) in TALKS.items():
        page.goto(f"/queue/channel:{channel}/")
        rows = page.locator("li.row", has_text=word)
        while not rows.count() and (more := page.locator(".more a")).count():
            more.last.click()
            page.wait_for_load_state("networkidle")
        rows.first.locator("a.row-link").click()
        page.wait_for_url(re.compile(r"/tickets/\d+"))
        page.wait_for_load_state("networkidle")
        yield f"channel-{name}", page
        if name == "whatsapp":
            page.locator("a[href*='/replies/template/']").click()
            page.wait_for_load_state("networkidle")
            yield "channel-whatsapp-templates", page


def _explanation(page: Page) -> Shown:
    """Why a due time is as it is; on a phone the same stands behind the main menu of the ticket."""
    why = page.locator(".clock-card:not(.clock-card-main) > summary").first
    if why.is_visible():
        why.click()
        yield "explanation", page


def _connections(page: Page) -> Shown:
    """A store is added; and how one stands that is connected."""
    page.goto("/setup/stores/new/amazon/")
    yield "store-new", page
    page.goto(_not_yet_connected(page))
    yield "connecting", page
    page.goto("/setup/stores/")
    store = page.locator(".thing-link", has_text="Amazon").first.get_attribute("href")
    page.goto(f"{store}connection/")
    yield "connection", page


def _not_yet_connected(page: Page) -> str:
    """Where a store is led to its platform step by step; it is added where nobody has done so before."""
    page.goto("/setup/stores/")
    if not page.locator(".thing-link", has_text=NEW_STORE).count():
        page.goto("/setup/stores/new/ebay/")
        page.fill("#id_name", NEW_STORE)
        page.locator("#id_brand").select_option(index=1)
        page.locator("#id_default_team").select_option(index=1)
        page.fill("#id_sender", "ebay@tannlicht.example")
        page.locator(".setup-foot .button-main").click()
        page.wait_for_url(re.compile(r"/connection/"))
        page.goto("/setup/stores/")
    store = page.locator(".thing-link", has_text=NEW_STORE).first.get_attribute("href")
    return f"{store}connection/"


def _orders(page: Page) -> Shown:
    """A ticket of each platform with its order, and money going back from the last of them."""
    for channel, mark in CHANNELS.items():
        page.goto("/orders/")
        page.goto(_until(page, lambda mark=mark: _open_ticket(page, mark)))
        _show_side(page)
        yield f"order-{channel}", page
    refund = page.locator("#orders a[href*='/refund/']").first
    if refund.count():
        page.goto(refund.get_attribute("href") or "")
        yield "refund", page


def _open_ticket(page: Page, mark: str) -> str | None:
    """The address of a ticket that is still open, about an order at this platform, among the rows shown."""
    rows = page.locator("#order-rows > li", has=page.locator(".channel-mark", has_text=re.compile(f"^{mark}$")))
    named = rows.locator("p", has=page.locator(".badge[data-tone=accent]")).locator("a.link")
    return named.first.get_attribute("href") if named.count() else None


def _until(page: Page, found: Callable[[], str | None]) -> str:
    """What is looked for, showing more rows until it is there. Raises LookupError."""
    for _turn in range(MOST_PAGES):
        if address := found():
            return address
        more: Locator = page.locator(".more a")
        if not more.count():
            break
        before = page.locator("#order-rows > li").count()
        more.last.click()
        page.wait_for_function("before => document.querySelectorAll('#order-rows > li').length > before", arg=before)
    raise LookupError("no open ticket about such an order: take the pictures of a demo as large as it comes")


def _show_side(page: Page) -> None:
    """What lies beside the ticket; on a phone it is a page of its own behind a button."""
    page.locator("#orders").wait_for(state="attached")
    if not page.locator("#orders").is_visible():
        page.locator(".ticket-side-toggle").click()


def _policy(page: Page) -> Shown:
    """A policy changed, and what that would do to open clocks before it is saved."""
    page.goto("/setup/policies/")
    page.locator(".policy-name").nth(2).click()
    page.wait_for_url(re.compile(r"/policies/\d+"))
    yield "policy", page
    page.fill("[name=first_reply_h]", "6")
    page.locator(".setup-foot .button-main").first.click()
    page.locator(".open-clocks").wait_for()
    yield "policy-preview", page


def _timetable(page: Page) -> Shown:
    page.goto("/setup/timetables/")
    page.locator(".thing-link").first.click()
    page.wait_for_url(re.compile(r"/timetables/\d+"))
    yield "timetable", page
