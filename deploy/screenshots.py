"""`make screenshots`: every type of page in three languages on a phone and a desktop, from a site that runs.

Start the site first (`make run`). Pictures go to var/screenshots, named by type, language and screen.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.pages import LANGUAGES, PAGE_TYPES, address_of
from tests.chromium import open_browser

SCREENS = {"phone": (360, 740), "desktop": (1280, 800)}


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    default = f"http://{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
    parser.add_argument("--site", default=default, help="address of the site (default: %(default)s)")
    parser.add_argument("--folder", type=Path, default=Path("var/screenshots"), help="default: %(default)s")
    parser.add_argument("--dark", action="store_true", help="in the dark scheme")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with open_browser() as browser:
        for screen in SCREENS:
            _take(browser, arguments.site, arguments.folder, screen, dark=arguments.dark)
    print(f"{len(PAGE_TYPES) * len(LANGUAGES) * len(SCREENS)} pictures in {arguments.folder}")


def _take(browser: Browser, site: str, folder: Path, screen: str, *, dark: bool) -> None:
    width, height = SCREENS[screen]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light")
    page = context.new_page()
    for kind in PAGE_TYPES:
        for language in LANGUAGES:
            page.goto(address_of(site, kind, language))
            page.evaluate("document.querySelectorAll('img').forEach(image => image.loading = 'eager')")
            page.wait_for_load_state("networkidle")
            name = f"{kind.replace(' ', '-')}.{language}.{screen}.png"
            page.screenshot(path=folder / name, full_page=True)
            print(name, flush=True)
    context.close()


if __name__ == "__main__":
    main()
