"""Who may enter which address of the admin and of the API: every route, by GET and by an empty POST, for each role.

A route for which no rule speaks fails, so that a new view needs one.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.template.base import Template

from publishing.models import PublishedDocument
from tests.admin_objects import OF_AN_INQUIRY, addresses_of_the_admin
from tests.admin_rules import ALONE, ANYBODY, LEFT_OUT, OFFICERS, RULES, STAFF, may
from tests.admin_views import blocks_its_scripts
from tests.public_routes import public_addresses
from tests.roles import somebody, undone

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def is_refused(response: Any) -> bool:
    if response.status_code == 302:
        location: str = response["Location"]
        return location == "/admin/" or location.startswith("/admin/login/")
    return bool(response.status_code in (403, 404, 405))


class Visit:
    """What a role meets at the addresses of the admin. `faults`: what it should not have met."""

    def __init__(self, role: str) -> None:
        self.role, self.client = role, somebody(role)
        self.faults: list[str] = []

    def enters(self, address: str) -> bool:
        """Return whether the role gets in, by GET or by an empty POST; what it stores is taken back."""
        return {self._is_refused(method, address) for method in ("GET", "POST")} != {True}

    def _is_refused(self, method: str, address: str) -> bool:
        path, _, query = address.partition("?")
        with undone() as stored:
            response: Any = self.client.generic(method, path, QUERY_STRING=query)
        refused = is_refused(response) and not stored
        wrong = {
            f"answers {response.status_code}": response.status_code >= 500,
            "shows an inquiry": self.role not in OFFICERS and shows_an_inquiry(response),
            "keeps its own scripts from running": blocks_its_scripts(response),
        }
        self.faults += [f"{method} {address} {fault}" for fault, is_so in wrong.items() if is_so]
        return refused


def shows_an_inquiry(response: Any) -> bool:
    return not response.streaming and OF_AN_INQUIRY in response.content.decode(errors="replace")


# wagtail-localize pages through translations without an order.
@pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results")
@pytest.mark.parametrize("role", sorted(ANYBODY))
def test_each_role_enters_what_it_may_and_nothing_else(monkeypatch: pytest.MonkeyPatch, role: str) -> None:
    addresses = addresses_of_the_admin()
    assert [route for route, address in addresses.items() if address is None] == []
    visit = Visit(role)
    if role in STAFF - {"communications"}:
        # Whether the pages can be made is tested elsewhere; here it would take most of the time.
        monkeypatch.setattr(Template, "render", lambda template, context: "")
    for route, address in addresses.items():
        if route not in LEFT_OUT and visit.enters(str(address)) != (role in may(route)):
            visit.faults.append(f"{route} ({address}): {'may not' if role in may(route) else 'may'} be entered")
    assert visit.faults == []


def test_every_rule_is_for_a_route_that_there_is() -> None:
    routes = addresses_of_the_admin().keys()
    assert [alone for alone in (*ALONE, *LEFT_OUT) if alone not in routes] == []
    assert [beginning for beginning in RULES if not any(route.startswith(beginning) for route in routes)] == []


def test_api_knows_no_roles_and_changes_nothing() -> None:
    content = str(PublishedDocument.objects.filter(removal="", locale="en").values_list("content_id", flat=True)[0])
    anonymous, administrator = somebody("anonymous"), somebody("administrator")
    routes = {route: address for route, address in public_addresses("en").items() if route.startswith("api/")}
    assert len(routes) > 30
    for route, made_up in routes.items():
        address = made_up.replace("items/a-name", f"items/{content}")
        for method in ("GET", "POST"):
            with undone() as stored:
                answers = [client.generic(method, address) for client in (anonymous, administrator)]
            assert answers[0].status_code == answers[1].status_code < 500, (method, address)
            assert not stored, (method, address)
            if "<content_id>" in route and method == "GET":
                assert answers[0].status_code == 200, address
