"""The metrics of the site in the text format of Prometheus."""

from __future__ import annotations

import os
from collections.abc import Iterator

from prometheus_client import CONTENT_TYPE_LATEST as CONTENT_TYPE
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from .measures import read

__all__ = ["CONTENT_TYPE", "metrics"]


class Measures(Collector):
    """Reads what is watched at the moment of the question. `website_alarm` says of each measure whether it is an alarm,
    so that one rule of Prometheus is enough and the thresholds are in one place.
    """

    def collect(self) -> Iterator[GaugeMetricFamily]:
        alarms = GaugeMetricFamily(
            "website_alarm", "1 if somebody has to do something about a measure", labels=["name"]
        )
        for measure, value, is_known in (readings := list(read())):
            if is_known and value is not None:
                yield GaugeMetricFamily(f"website_{measure.name}", measure.meaning, float(value))
        for reading in readings:
            alarms.add_metric([reading.measure.name], float(reading.is_alarm))
        yield alarms


def metrics() -> bytes:
    """Return the measures, and the counts of all web processes of this machine together."""
    site = CollectorRegistry()
    site.register(Measures())
    return generate_latest(_processes()) + generate_latest(site)


def _processes() -> CollectorRegistry:
    """Return the counts of all processes, which gunicorn gives a folder to share them in; else those of this one."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
