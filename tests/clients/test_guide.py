"""The API does what the partners' guides say: each of their examples is run."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from api.api import openapi
from mena_content import Client
from publishing.models import WebhookDelivery, WebhookSubscription
from publishing.webhooks.signing import new_seed, secret_of, signed_headers

from .guides import (
    ANSWERED,
    COMMANDS,
    EXAMPLE_SITE,
    GUIDES,
    INLINE,
    PROGRAMS,
    SESSIONS,
    differences,
    fences,
    parsed,
)
from .live import LiveSite
from .operations import news, unpublish

GUIDE = GUIDES["guide.md"]


def opened(address: str, site: LiveSite, headers: dict[str, str] | None = None) -> tuple[int, Any]:
    """Return the status of an answer, with its headers and body."""
    address = address.replace(EXAMPLE_SITE, site.address)
    address = urllib.request.Request(address, headers=headers or {})  # type: ignore[assignment]
    try:
        with urllib.request.urlopen(address) as response:
            return response.status, (response.headers, response.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, (error.headers, error.read())


@pytest.mark.parametrize(("address", "answer"), ANSWERED, ids=[address for address, _ in ANSWERED])
def test_command_is_answered_as_the_guide_says(address: str, answer: str, live_site: LiveSite) -> None:
    _status, (_headers, body) = opened(address, live_site)
    assert differences(json.loads(answer), json.loads(body)) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_works_as_it_stands(command: str, live_site: LiveSite) -> None:
    words = shlex.split(command)
    address = next(word for word in words if word.startswith(EXAMPLE_SITE))
    headers = {}
    if "-H" in words:
        name, _, _value = words[words.index("-H") + 1].partition(": ")
        _status, (answered, _body) = opened(address, live_site)
        headers[name] = answered["ETag"]
    problems = {at: json.loads(text)["status"] for at, text in ANSWERED if "/api/problems/" in text}
    expected = 304 if headers else problems.get(address, 200)
    status, (_headers, body) = opened(address, live_site, headers)
    assert status == expected
    assert body or status == 304


@pytest.mark.parametrize(("path", "answer"), INLINE)
def test_answer_in_a_line_is_the_real_one(path: str, answer: str, live_site: LiveSite) -> None:
    status, (_headers, body) = opened(f"{EXAMPLE_SITE}/api/v1{path}", live_site)
    assert status == 200
    assert differences(parsed(answer), json.loads(body)) == []


def test_session_of_a_copy_goes_as_it_is_shown(live_site: LiveSite, client: Client) -> None:
    (first, snapshot), (then, delta) = SESSIONS
    _status, (_headers, body) = opened(first, live_site)
    assert differences(json.loads(snapshot), json.loads(body)) == []
    *_, last = client.iterate_changes(include="none")
    unpublish()
    _status, (_headers, body) = opened(re.sub("since=.*", f"since={last['next_since']}", then), live_site)
    changes = json.loads(body)["changes"]
    shown = json.loads(delta)
    gone = [change for change in changes if change["op"] == "delete"]
    assert differences(shown["changes"], gone) == []
    assert set(shown) == set(json.loads(body))


def test_picture_has_the_form_that_is_shown_and_the_element_can_be_made_of_it(client: Client) -> None:
    [shown] = [json.loads(text) for language, text in fences(GUIDE) if text.startswith('{"alt"')]
    [element] = [text for language, text in fences(GUIDE) if language == "html"]
    pictures = [item["lead_image"] for item in client.iter_items() if item["lead_image"]]
    assert any(differences(shown, picture) == [] for picture in pictures)
    made = element.format(alt=pictures[0]["alt"], **pictures[0]["renditions"][0])
    assert pictures[0]["renditions"][0]["url"] in made


@pytest.mark.typescript
@pytest.mark.parametrize(("name", "program"), PROGRAMS["js"])
def test_javascript_runs(
    name: str, program: str, live_site: LiveSite, javascript_package: Path, tmp_path: Path
) -> None:
    installed = tmp_path / "node_modules" / "iom-mena-content"
    installed.mkdir(parents=True)
    package = Path(__file__).resolve().parents[2] / "clients" / "typescript" / "package.json"
    (installed / "package.json").write_text(package.read_text())
    (installed / "dist").symlink_to(javascript_package)
    if "verifyWebhook" in program:
        program += _RECEIVED.replace("GIVEN", json.dumps(received()))
    (tmp_path / "program.mjs").write_text(program.replace(EXAMPLE_SITE, live_site.address))
    done = subprocess.run(["node", "program.mjs"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize(("name", "program"), PROGRAMS["python"])
def test_python_runs(
    name: str, program: str, live_site: LiveSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(compile(program.replace(EXAMPLE_SITE, live_site.address), name, "exec"), names)  # noqa: S102
    if "is_genuine" in names:
        body, headers, secrets = received()
        assert names["is_genuine"](secrets[0], headers, body.encode())
        assert not names["is_genuine"](secrets[1], headers, body.encode())
        assert not names["is_genuine"](secrets[0], headers, body.encode() + b" ")
    else:
        assert capsys.readouterr().out


_RECEIVED = """
const [body, headers, secrets] = GIVEN;
const received = [await receive(body, headers, secrets[0]), await receive(body, headers, secrets[1])];
if (received[0].payload.type !== "content.upserted" || received[1] !== null) throw new Error("wrong");
console.log("as it should be");
"""


def received() -> tuple[str, dict[str, str], list[str]]:
    """Return one of our messages, its headers, and two secrets, of which the first signed it."""
    from django.utils import timezone

    secrets = [secret_of(new_seed()), secret_of(new_seed())]
    body = '{"type":"content.upserted"}'
    return body, signed_headers("msg_1", timezone.now(), body, secrets[:1]), secrets


def test_webhook_is_what_the_guide_shows(live_site: LiveSite) -> None:
    text = GUIDES["webhooks.md"]
    shown = json.loads(re.search(r'\n\n    (\{"type".*?\}\})\n', text, re.DOTALL)[1])  # type: ignore[index]
    subscription = WebhookSubscription.objects.create(name="The guide", url="https://www.example.org/hooks")
    page = news()
    page.title += " (corrected)"
    page.save_revision().publish()
    delivery = WebhookDelivery.objects.filter(subscription=subscription).first()
    assert delivery
    message = json.loads(delivery.body)
    assert set(message) == set(shown)
    assert set(message["data"]) == set(shown["data"])
    assert {name for name in (*message, *message["data"]) if f"{name}`" not in text} == {"data"}
    sent = {line.split(":")[0].strip() for line in text.split("\n") if line.startswith("    webhook-")}
    assert sent == set(received()[1]) & {f"webhook-{name}" for name in ("id", "timestamp", "signature")}


def test_no_example_is_left_out() -> None:
    """Every fenced block and every indented command of the guides is of a kind that is run above."""
    for name, text in GUIDES.items():
        known = len(re.findall(r"curl '[^'…]*'\n\n```json", text)) if name == "guide.md" else 0
        kinds = [language for language, _ in fences(text)]
        known += kinds.count("js") + kinds.count("python") + kinds.count("html") + kinds.count("")
        known += sum(language == "json" and body.startswith('{"alt"') for language, body in fences(text))
        assert known == len(kinds), name
        assert text.count("\n    curl ") == sum(command in text for command in COMMANDS), name
        assert text.count("\n$ curl ") == sum(address in text for address, _ in SESSIONS), name
        assert "```" not in re.sub(r"```\w*\n.*?```", "", text, flags=re.DOTALL)
        assert text.count("→ `{") == sum(f"`{path}` → " in text for path, _ in INLINE), name


def test_every_address_of_the_api_stands_in_the_guide() -> None:
    """The line about feeds names the first one, and the endings of the others."""
    paths = {path for path in openapi()["paths"] if not path.startswith("/feeds/")} | {"/feeds/news.json"}
    assert {path for path in paths if f"`{path}" not in GUIDE} == set()
    assert "`, `.atom`, `.rss`; also `press-releases`, `publications`, `events` |" in GUIDE


def test_every_parameter_of_lists_stands_in_the_guide() -> None:
    names = {item["name"] for item in openapi()["paths"]["/search"]["get"]["parameters"] if "name" in item}
    assert {name for name in names if name not in GUIDE} == set()
