"""Passkeys in a browser, with an authenticator of Chromium's own; everything else without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.own_site import served

pytestmark = pytest.mark.browser

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
BLOCKED = "addEventListener('securitypolicyviolation', (event) => { window.name += event.effectiveDirective + ' '; })"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site-with-a-name")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """The address of a site on which everybody must have a second factor. It has a name, as passkeys need it."""
    with served(folder, "localhost", SECOND_FACTOR_ROLES="everybody") as address:
        yield address


@pytest.fixture
def password(address: str, folder: Path) -> str:
    printed = re.search(r"password: (\S+)", (folder / "log").read_text())
    assert printed
    return printed[1]


class Device:
    """An authenticator in a page of the browser."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self._devtools = context.new_cdp_session(page)
        self._devtools.send("WebAuthn.enable")
        added = self._devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        self._which = {"authenticatorId": added["authenticatorId"]}

    def verify_the_person(self, verified: bool) -> None:
        self._devtools.send("WebAuthn.setUserVerified", {**self._which, "isUserVerified": verified})

    def stored(self) -> list[Any]:
        found: list[Any] = self._devtools.send("WebAuthn.getCredentials", self._which)["credentials"]
        return found

    def copy_of_the_past(self, key: Any) -> None:
        """Put back the key as it was, with the count that it had."""
        self._devtools.send("WebAuthn.clearCredentials", self._which)
        self._devtools.send("WebAuthn.addCredential", {**self._which, "credential": key})

    def forget(self) -> None:
        self._devtools.send("WebAuthn.clearCredentials", self._which)


def give_password(page: Page, password: str) -> None:
    page.goto("/admin/login/")
    page.locator("[name=username]").fill("editor")
    page.locator("[name=password]").fill(password)
    page.locator("[name=password]").press("Enter")


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 800})
    context.add_init_script(BLOCKED)
    yield context
    context.close()


def add_first(page: Page, device: Device) -> None:
    """Nobody gets on without a factor, and an authenticator that does not ask who it is makes none."""
    offered = page.locator("form[data-passkey]")
    page.wait_for_url("**/admin/login/second-factor/first/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    offered.locator("[name=name]").fill("My telephone")
    device.verify_the_person(False)
    offered.locator("button").click()
    expect(offered.locator("[role=alert]")).to_contain_text("did not use a passkey")
    device.verify_the_person(True)
    offered.locator("button").click()
    page.wait_for_url("**/admin/second-factor/recovery-codes/")
    assert [key["rpId"] for key in device.stored()] == ["localhost"]


def test_passkey_is_added_used_and_needed(context: BrowserContext, password: str) -> None:
    page = context.new_page()
    device = Device(context, page)
    offered = page.locator("form[data-passkey]")
    problem = offered.locator("[role=alert]")
    give_password(page, password)
    add_first(page, device)
    page.locator(".factor-text button[type=submit]").click()
    expect(page.locator(".factor-codes li")).to_have_count(8)

    # The same device is not added twice.
    page.goto("/admin/second-factor/")
    expect(page.locator(".factor-list")).to_contain_text("My telephone")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    offered.locator("[name=name]").fill("Again")
    offered.locator("button").click()
    expect(problem).to_contain_text("already has a passkey")

    # It is asked for at the next sign-in, and nothing opens before.
    context.clear_cookies()
    earlier = device.stored()[0]
    give_password(page, password)
    page.wait_for_url("**/admin/login/second-factor/")
    page.goto("/admin/pages/")
    page.wait_for_url("**/admin/login/?next=/admin/pages/")
    page.goto("/admin/login/second-factor/")
    offered.locator("button").click()
    page.wait_for_url("**/admin/")

    # A copy of the key, whose count stands where the original's was, opens nothing; nor does another device.
    context.clear_cookies()
    give_password(page, password)
    device.copy_of_the_past(earlier)
    offered.locator("button").click()
    expect(problem).to_contain_text("was not accepted")
    device.forget()
    offered.locator("button").click()
    expect(problem).not_to_be_empty()
    page.goto("/admin/pages/")
    page.wait_for_url("**/admin/login/?next=/admin/pages/")
    assert page.evaluate("window.name") == ""


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_nothing_speaks_of_passkeys_without_a_script(
    browser: Browser, address: str, password: str, language: str
) -> None:
    context = browser.new_context(
        base_url=address, java_script_enabled=False, locale=language, viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    give_password(page, password)
    page.wait_for_url("**/admin/login/second-factor/**")
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    expect(page.locator("[name=code]")).to_be_visible()
    for form in page.locator("form[data-passkey]").all():
        expect(form).to_be_hidden()
    context.close()
