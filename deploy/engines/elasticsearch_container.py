"""Run Elasticsearch from the official image, in Docker or Podman."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from deploy.engines import common, errors, folders
from deploy.engines.process import run

IMAGE = "docker.elastic.co/elasticsearch/elasticsearch:9.4.3"
CONTAINER_ENGINES = ("docker", "podman")
DATA_IN_IMAGE = "/usr/share/elasticsearch/data"
SETTINGS = {
    "cluster.routing.allocation.disk.threshold_enabled": "false",
    "discovery.type": "single-node",
    "ingest.geoip.downloader.enabled": "false",
    "xpack.ml.enabled": "false",
    "xpack.security.enabled": "false",
}


def find_container_engine() -> str | None:
    """Return the first container engine whose service answers (an installed client is not enough), or None."""
    for name in CONTAINER_ENGINES:
        if shutil.which(name) and run([name, "info"]).returncode == 0:
            return name
    return None


@dataclass(frozen=True)
class ServerContainer:
    """A container of this checkout. Its data is in a volume of the same name, which outlives it."""

    engine: str
    name: str
    port: int
    folder: Path

    @classmethod
    def launch(cls, engine: str, folder: Path, port: int, java_options: str) -> Self:
        """Run the image, after fetching it if it is missing (with the progress display of the container engine).

        Raise EngineError if that fails.
        """
        container = cls(engine, folders.fallback_name(), port, folder)
        if run([engine, "image", "inspect", IMAGE]).returncode != 0:
            common.say(f"Fetching {IMAGE} with {engine}")
            if subprocess.run([engine, "pull", IMAGE], stdout=sys.stderr, check=False).returncode != 0:
                raise errors.EngineError(f"{engine} could not fetch {IMAGE}.")
        run([engine, "rm", "--force", container.name])
        settings = SETTINGS | {"ES_JAVA_OPTS": java_options}
        container._run(
            *("run", "--detach", "--name", container.name),
            *("--publish", f"{common.HOST}:{port}:9200", "--volume", f"{container.name}:{DATA_IN_IMAGE}"),
            *(word for name, value in settings.items() for word in ("--env", f"{name}={value}")),
            IMAGE,
        )
        cls.record_of(folder).write_text(f"{engine}\n{container.name}\n{port}\n", encoding="utf-8")
        return container

    @classmethod
    def recorded(cls, folder: Path) -> Self | None:
        try:
            engine, name, port = cls.record_of(folder).read_text(encoding="utf-8").splitlines()
            return cls(engine, name, int(port), folder)
        except (OSError, ValueError):
            return None

    @staticmethod
    def record_of(folder: Path) -> Path:
        return folder / "server.container"

    def __str__(self) -> str:
        return f"{self.engine} container {self.name}"

    def is_alive(self) -> bool:
        answer = run([self.engine, "inspect", "--format", "{{.State.Running}}", self.name])
        return answer.returncode == 0 and answer.stdout.strip() == "true"

    def last_words(self) -> str:
        return run([self.engine, "logs", "--tail", "15", self.name]).stdout.rstrip()

    def stop(self) -> None:
        self._run("stop", "-t", "30", self.name)
        self._run("rm", self.name)
        self.record_of(self.folder).unlink(missing_ok=True)

    def _run(self, *arguments: str) -> None:
        answer = run([self.engine, *arguments])
        if answer.returncode != 0:
            raise errors.EngineError(f"{self.engine} {arguments[0]} failed: {answer.stdout.strip()}")
