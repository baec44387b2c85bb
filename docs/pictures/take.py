"""Takes the pictures of this folder from a running demo: `bin/pictures`, while `bin/demo` runs in another window."""

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from screens import screens, talks

HERE = Path(__file__).resolve().parent
SIZES = {1440: 900, 390: 844, 1920: 1080}
WALL = 1920
"""A screen on a wall shows the board, and nothing else is taken at its size."""
THEMES = ("light", "dark")
ONCE = (1440, "light")
"""What is one picture each, so that they don't grow beyond what the pages show."""
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
                for name, page in _signed_in(browser, options, width, height, theme):
                    page.wait_for_timeout(SETTLED)
                    if name == "styleguide":
                        _unfold(page, width)
                    path = options.into / f"{name}-{width}-{theme}.png"
                    page.screenshot(path=path)
                    print(path)
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
    parser.add_argument("--language", default="en", help="the agent's, and so that of the pictures")
    parser.add_argument("--into", type=Path, default=HERE, help="the folder in which they are kept")
    return parser.parse_args()


def _signed_in(
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
    _speak(page, options.language)
    page.goto("/queue/")
    _dismiss_toasts(page)
    if width == WALL:
        page.goto("/board/?wall=1")
        yield "wall", page
    else:
        if (width, theme) == ONCE:
            yield from talks(page)
        yield from screens(page)
    context.close()


def _speak(page: Page, language: str) -> None:
    """The agent's own language, as the profile sets it; so it stays afterwards."""
    page.goto("/profile/")
    if page.locator("#id_language").input_value() != language:
        page.locator("#id_language").select_option(language)
        page.locator(".setup-foot .button-main").click()
        page.wait_for_load_state()


def _dismiss_toasts(page: Page) -> None:
    for button in page.locator(".toast button").all():
        button.click()


if __name__ == "__main__":
    main()
