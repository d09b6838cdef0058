"""Attacks a site on this machine with the scanner Wapiti (https://wapiti-scanner.github.io), and reads its report."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

PROGRAM = Path(__file__).resolve().parents[1] / ".tools/wapiti/bin/wapiti"
# Whether a version of it runs on this Python at all.
EXISTS_FOR_PYTHON = sys.version_info < (3, 14)
# By name, since some ask other machines: cms, htp, nikto, wapp, wp_enum and network_device load lists, log4shell and
# takeover ask a name server. brute_login_form and buster try lists of words. https_redirect and ssl look at ports and
# certificates of a real address; other tests do that. spring4shell takes it for a hole if an unknown parameter, as that
# of its attack is, is answered with 400.
MODULES = (
    "backup", "cookieflags", "crlf", "csp", "csrf", "exec", "file", "htaccess", "http_headers", "ldap", "methods",
    "permanentxss", "redirect", "shellshock", "sql", "ssrf", "timesql", "upload", "xss", "xxe",
)  # fmt: skip
# Where an attacked server would fetch from, if it did: nothing listens there.
_NOWHERE = "http://127.0.0.1:9/"
_INFORMATION = 0


class Finding(NamedTuple):
    kind: str
    path: str
    detail: str


class Report(NamedTuple):
    """What is above information, and the number of addresses that were attacked."""

    findings: list[Finding]
    addresses: int


def attack(site: str, host: str, starts: list[str], folder: Path, *, seconds: int) -> Report:
    """Attack the pages at `starts` and what they link to; `site` is an address of this machine, served as `host`.

    Each module stops after so many seconds, finding addresses after six times as many.
    """
    written = folder / "wapiti.json"
    command = [str(PROGRAM), "--url", f"{site}{starts[0]}", "--header", f"Host: {host}", "--module", ",".join(MODULES)]
    for start in starts[1:]:
        command += ["--start", f"{site}{start}"]
    command += ["--scope", "domain", "--depth", "3", "--max-links-per-page", "20", "--max-files-per-dir", "5"]
    command += ["--max-scan-time", str(seconds * 6), "--max-attack-time", str(seconds)]
    command += ["--endpoint", _NOWHERE, "--no-bugreport", "--store-session", str(folder), "--store-config", str(folder)]
    command += ["--format", "json", "--output", str(written), "--verbose", "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds * 100)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return _report(json.loads(written.read_text()))


def _report(said: dict[str, dict[str, list[dict[str, object]]]]) -> Report:
    findings = [
        Finding(kind, str(one["path"]), str(one["info"]))
        for part in ("vulnerabilities", "anomalies")
        for kind, found in said[part].items()
        for one in found
        if one["level"] != _INFORMATION
    ]
    return Report(findings, int(str(said["infos"]["crawled_pages_nbr"])))
