"""Takes the pictures of this folder from a running demo: `bin/pictures`, while `bin/demo` runs in another window."""

import argparse
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
SIZES = {1440: 900, 390: 844, 1920: 1080}
WALL = 1920
"""A screen on a wall shows the board, and nothing else is taken at its size."""
THEMES = ("light", "dark")
PAGES = {
    "policies": "/setup/policies/",
    "roster": "/setup/roster/",
    "board": "/board/",
    "attainment": "/reports/",
    "health": "/reports/health/",
}
SETTLED = 900
"""Milliseconds after which countdowns and live updates have drawn once."""


def main() -> None:
    """Every main screen at two sizes, light and dark."""
    options = _options()
    chromium = next(path for name in ("chromium", "chromium-browser") if (path := shutil.which(name)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for width, height in SIZES.items():
            for theme in THEMES:
                for name, page in _screens(browser, options, width, height, theme):
                    page.wait_for_timeout(SETTLED)
                    if name == "styleguide":
                        _unfold(page, width)
                    path = HERE / f"{name}-{width}-{theme}.png"
                    page.screenshot(path=path)
                    print(path.relative_to(HERE.parent.parent))
        browser.close()


def _unfold(page: Page, width: int) -> None:
    """All of a long page: the window grows until neither the page nor a pane of it has anything left to scroll."""
    hidden = page.evaluate(
        "Math.max(...[document.documentElement, document.querySelector('.page')]"
        ".map(pane => pane.scrollHeight - pane.clientHeight))"
    )
    page.set_viewport_size({"width": width, "height": SIZES[width] + hidden})


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    parser.add_argument("--email", required=True, help="as the demo prints it")
    parser.add_argument("--password", required=True, help="as the demo prints it")
    return parser.parse_args()


def _screens(
    browser: Browser, options: argparse.Namespace, width: int, height: int, theme: str
) -> Iterator[tuple[str, Page]]:
    context = browser.new_context(
        base_url=options.address,
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto("/")
    if width != WALL:
        yield "sign-in", page
    page.fill("input[name=login]", options.email)
    page.fill("input[name=password]", options.password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/queue/**")
    _dismiss_toasts(page)
    if width == WALL:
        page.goto("/board/?wall=1")
        yield "wall", page
        context.close()
        return
    yield "queue", page
    page.locator("li.row a.row-link").first.click()
    page.wait_for_url(re.compile(r"/tickets/\d+"))
    yield "ticket", page
    yield from _explanation(page)
    for name, address in PAGES.items():
        page.goto(address)
        yield name, page
    yield from _policy(page)
    page.goto("/setup/timetables/")
    page.locator(".thing-link").first.click()
    page.wait_for_url(re.compile(r"/timetables/\d+"))
    yield "timetable", page
    page.goto("/styleguide/")  # the last: its window grows
    yield "styleguide", page
    context.close()


def _explanation(page: Page) -> Iterator[tuple[str, Page]]:
    """Why a due time is as it is; on a phone the same stands behind the main menu of the ticket."""
    why = page.locator(".clock-card:not(.clock-card-main) > summary").first
    if why.is_visible():
        why.click()
        yield "explanation", page


def _policy(page: Page) -> Iterator[tuple[str, Page]]:
    """A policy changed, and what that would do to open clocks before it is saved."""
    page.goto("/setup/policies/")
    page.locator(".policy-name").nth(2).click()
    page.wait_for_url(re.compile(r"/policies/\d+"))
    yield "policy", page
    page.fill("[name=first_reply_h]", "6")
    page.locator(".setup-foot .button-main").first.click()
    page.locator(".open-clocks").wait_for()
    yield "policy-preview", page


def _dismiss_toasts(page: Page) -> None:
    for button in page.locator(".toast button").all():
        button.click()


if __name__ == "__main__":
    main()
