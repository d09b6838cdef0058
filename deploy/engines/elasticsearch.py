"""
Start a real Elasticsearch for development and tests: `python deploy/engines/elasticsearch.py start`.

If a container engine answers, it runs the official image; otherwise Maven fetches a node and Java runs it.
Either way it is a single node, without security, on the loopback address only.
"""

import argparse
import http.client
import json
import os
import sys
from pathlib import Path

if not __package__:
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from deploy.engines import common, errors
from deploy.engines.elasticsearch_container import ServerContainer, find_container_engine
from deploy.engines.elasticsearch_node import STOP_SIGNAL, launch_node
from deploy.engines.process import ServerProcess

JAVA_OPTIONS = "-Xms512m -Xmx512m"


class Elasticsearch(common.Engine):
    """The search node of this checkout."""

    name = "elasticsearch"
    title = "Elasticsearch"
    description = (
        "Start and stop the Elasticsearch of this checkout, on the loopback address only: the official "
        "image where a container engine answers, else a node that Maven brings (kept in ELASTICSEARCH_CACHE, "
        "default ~/.cache/website-engines) and Java runs. ES_JAVA_OPTS sets its memory."
    )
    url_variable = "ELASTICSEARCH_URL"
    port_variable = "ELASTICSEARCH_PORT"
    default_port = 9209
    accounts = ("elasticsearch",)
    ready_seconds = 120
    start_flags = {"--no-container": "use Maven and Java even where a container engine answers"}

    def url(self, port: int) -> str:
        return f"http://{common.HOST}:{port}"

    def recorded(self) -> ServerProcess | ServerContainer | None:
        return ServerContainer.recorded(self.folder) or ServerProcess.recorded(self.folder, STOP_SIGNAL)

    def answers(self, port: int) -> bool:
        """Return whether all primary shards are available, so that the cluster can be written to and searched."""
        connection = http.client.HTTPConnection(common.HOST, port, timeout=5)
        try:
            connection.request("GET", "/_cluster/health")
            return json.load(connection.getresponse()).get("status") in {"yellow", "green"}
        except (OSError, http.client.HTTPException, ValueError):
            return False
        finally:
            connection.close()

    def launch(self, port: int, arguments: argparse.Namespace) -> ServerProcess | ServerContainer:
        ServerContainer.record_of(self.folder).unlink(missing_ok=True)
        java_options = os.environ.get("ES_JAVA_OPTS", JAVA_OPTIONS)
        engine = None if arguments.no_container else find_container_engine()
        if not engine:
            return launch_node(self.folder, self.account, port, java_options)
        try:
            return ServerContainer.launch(engine, self.folder, port, java_options)
        except errors.EngineError as error:
            common.say(f"{error}\nTrying without a container.")
            return launch_node(self.folder, self.account, port, java_options)


if __name__ == "__main__":
    sys.exit(common.main(Elasticsearch))
