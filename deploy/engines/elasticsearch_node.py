"""Run Elasticsearch without containers: a node of its own, in the Java of this machine."""

import json
import os
import re
import shutil
import signal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.engines import common, folders
from deploy.engines.elasticsearch_download import missing, node_home
from deploy.engines.process import (
    Account,
    Program,
    ServerProcess,
    run,
    server_environment,
)

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
    home = node_home(account)
    for name in ("config", "data", "logs", "tmp"):
        folders.make_folder(folder / name, account, mode=0o700)
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
    raise missing(f"a Java of version {OLDEST_JAVA} or newer")


def _java_homes() -> Iterator[Path]:
    """Yield JAVA_HOME if it is set, then the system's Java homes, newest first, then that of the `java` on the PATH."""
    if named := os.environ.get("JAVA_HOME"):
        yield Path(named)
    for pattern in JAVA_HOMES:
        yield from folders.newest_first(pattern)
    if on_path := shutil.which("java"):
        yield Path(on_path).resolve().parents[1]
