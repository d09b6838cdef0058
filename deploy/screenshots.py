"""`make screenshots`: take pictures of every type of page and its states, in three languages, on a phone and a desktop.

They are taken from a temporary site with the sample content, and saved in var/screenshots, named by page, language and
screen.
"""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser

from tests.browser.own_site import own_site
from tests.browser.pages import ALL_PAGES, LANGUAGES, open_page
from tests.chromium import open_browser

_ALL_PICTURES = (
    "Promise.all([...document.images].filter(image => image.checkVisibility()).map(image => image.decode()))"
)
SCREENS = {"phone": (360, 740), "desktop": (1280, 800)}


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("var/screenshots"), help="default: %(default)s")
    parser.add_argument("--dark", action="store_true", help="in the dark scheme")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, own_site(Path(data)) as site, open_browser() as browser:
        for screen in SCREENS:
            _take(browser, site, arguments.folder, screen, dark=arguments.dark)
    print(f"{len(ALL_PAGES) * len(LANGUAGES) * len(SCREENS)} pictures in {arguments.folder}")


def _take(browser: Browser, site: str, folder: Path, screen: str, *, dark: bool) -> None:
    """Take each picture in a window as high as the page, so that the browser also draws what is below the fold."""
    width, height = SCREENS[screen]
    scheme: Literal["dark", "light"] = "dark" if dark else "light"
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    for kind in ALL_PAGES:
        for language in LANGUAGES:
            page.set_viewport_size({"width": width, "height": height})
            open_page(page, site, kind, language)
            page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
            page.evaluate(_ALL_PICTURES)
            name = f"{kind.replace(' ', '-')}.{language}.{screen}.png"
            page.screenshot(path=folder / name, full_page=True)
            print(name, flush=True)
    context.close()


if __name__ == "__main__":
    main()
