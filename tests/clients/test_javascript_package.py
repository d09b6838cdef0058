"""The JavaScript package verifies webhooks, and is published with strict types and no runtime dependencies."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from publishing.webhooks.signing import new_seed, secret_of, signed_headers

from .javascript import COMPILER, PACKAGE, Node

pytestmark = pytest.mark.typescript


def test_webhook_is_believed_only_if_a_secret_signed_it_unchanged_and_not_long_ago(node: Node) -> None:
    old, new, other = (secret_of(new_seed()) for _ in range(3))
    body = '{"type":"content.upserted","data":{"title":"عنوان"}}'
    headers = signed_headers("msg_1", datetime.now(UTC), body, [old, new])
    sent = {"body": body, "headers": {name.title(): value for name, value in headers.items()}}
    cases: list[tuple[str, str, Any]] = [
        ("body, headers, secrets[0]", "", None),
        ("body, new Headers(headers), [secrets[2], secrets[1]]", "", None),
        ("new TextEncoder().encode(body), headers, secrets", "", None),
        ("body, headers, secrets[2]", "WebhookRefused", "No signature"),
        ("body, headers, []", "WebhookRefused", "No signature"),
        ("body + ' ', headers, secrets", "WebhookRefused", "No signature"),
        ("body, { ...headers, 'Webhook-Id': 'msg_2' }, secrets", "WebhookRefused", "No signature"),
        (
            "body, { ...headers, 'Webhook-Signature': 'v1,é v2,AAAA v1, v1,AAAA' }, secrets",
            "WebhookRefused",
            "No signature",
        ),
        ("body, { ...headers, 'Webhook-Timestamp': '1e9' }, secrets", "WebhookRefused", "not a number"),
        ("body, headers, secrets, { now: Date.now() / 1000 + 400 }", "WebhookRefused", "too long ago"),
        ("body, headers, secrets, { now: Date.now() / 1000 + 400, tolerance: 500 }", "", None),
        ("body, {}, secrets", "WebhookRefused", "is missing"),
        ("body, headers, 'whsec_not base64!'", "TypeError", "A secret is"),
        ("body, headers, 'whsec_'", "TypeError", "A secret is"),
    ]
    asked = ", ".join(f"() => api.verifyWebhook({arguments})" for arguments, _, _ in cases)
    results = node(f"""const {{ body, headers }} = {json.dumps(sent)}; const secrets = {json.dumps([old, new, other])};
      const outcomes = [];
      for (const check of [{asked}]) outcomes.push((await failure(check())) ?? (await check()));
      return outcomes;""")
    for result, (arguments, name, words) in zip(results, cases, strict=True):
        if name:
            assert (result.get("name"), words in result.get("message", "")) == (name, True), arguments
        else:
            assert (result["id"], result["payload"]["data"]["title"]) == ("msg_1", "عنوان"), arguments


def test_package_installs_from_its_tarball_and_its_types_are_strict(tmp_path: Path) -> None:
    def run(*command: str) -> str:
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    packed = json.loads(run("npm", "pack", str(PACKAGE), "--json", "--silent", "--pack-destination", str(tmp_path)))
    files = {file["path"] for file in packed[0]["files"]}
    assert {"package.json", "README.md", "dist/index.js", "dist/index.d.ts", "dist/folder-store.js"} <= files
    assert all(name.startswith("dist/") or name in ("package.json", "README.md") for name in files)
    (tmp_path / "package.json").write_text('{"type": "module", "private": true}')
    run("npm", "install", "--offline", "--silent", "--no-audit", "--no-fund", packed[0]["filename"])
    assert run("node", "-e", 'import("iom-mena-content").then((api) => console.log(typeof api.Client))') == "function\n"
    (tmp_path / "site.ts").write_text(
        'import { Client, MemoryStore, NotFound, type Item } from "iom-mena-content";\n'
        'import { FolderStore } from "iom-mena-content/folder-store";\n'
        'const client = new Client("https://www.example.org");\n'
        'export const narrowed = client.sync(new MemoryStore(), { country: "EGY" });\n'
        'export const whole = client.sync(new FolderStore("copy"));\n'
        'export const issued = (item: Item): string => (item.type === "publication" ? item.issued : "");\n'
        "export const locales = (error: NotFound): string[] => error.availableLocales;\n"
        '// @ts-expect-error There is no such language.\nvoid client.item("x", { locale: "de" });\n'
    )
    strict = ("--noEmit", "--strict", "--exactOptionalPropertyTypes", "--target", "es2022", "--module", "nodenext")
    run("node", str(COMPILER), *strict, "--lib", "es2022,dom", "--typeRoots", "none", "site.ts")


def test_package_needs_nothing_at_run_time_and_nothing_of_node_but_in_its_folder_store() -> None:
    assert "dependencies" not in json.loads((PACKAGE / "package.json").read_text())
    for path in (PACKAGE / "src").glob("*.ts"):
        assert path.name == "folder-store.ts" or 'from "node:' not in path.read_text(), path
