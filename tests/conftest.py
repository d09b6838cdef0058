"""Fixtures and hooks for every test: the site with its starter and sample content, and a known language."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from functools import cache as remembered
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, cast

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.signals import template_rendered
from django.utils import translation
from django.utils.safestring import SafeString
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import User
from accounts.roles import communications_group
from api.limits import counts
from core.web import process_memory
from deploy import css
from deploy.engines.elasticsearch_node import find_java
from deploy.engines.errors import EngineError
from deploy.engines.process import unprivileged_account
from deploy.nginx.trial import nginx_program
from tests import wapiti
from tests.chromium import browser_program
from tests.clients.javascript import COMPILER
from tests.container_engine import container_engine
from tests.loaded_site.keeping import copy_of_the_loaded_site
from tests.loaded_site.pictures import draw_quickly
from tests.stack_trial import can_install

ROOT = Path(__file__).resolve().parents[1]
STARTER = ROOT / "home" / "content" / "starter"
SAMPLE = ROOT / "home" / "content" / "sample"


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Copy the content of `make run`, loaded once and kept (tests.loaded_site); each test's changes are rolled back."""
    draw_quickly()
    with django_db_blocker.unblock(), copy_of_the_loaded_site(Path(settings.MEDIA_ROOT)):
        ContentType.objects.get_for_models(*apps.get_models(), for_concrete_models=False)
        # All objects that exist by now are permanent, so searching them for garbage again would gain nothing.
        gc.collect()
        gc.freeze()
        yield


@pytest.fixture(scope="session", autouse=True)
def keep_only_the_context_of_whole_pages(django_test_environment: None) -> None:
    """Keep, for `response.context`, what the template of the page was given, not what each of its parts was.

    Django's own recording copies the context of every included template and widget, which takes more than a third of
    the time of a form of the admin.
    """
    inside = ContextVar("inside", default=False)

    def render(template: Any, context: Context) -> SafeString:
        if inside.get():
            return cast(SafeString, template.nodelist.render(context))
        template_rendered.send(sender=template, template=template, context=context)
        token = inside.set(True)
        try:
            return cast(SafeString, template.nodelist.render(context))
        finally:
            inside.reset(token)

    cast(Any, Template)._render = render


@pytest.fixture(autouse=True)
def reset_language_and_cache() -> Iterator[None]:
    """Reset what a test must not inherit from another: language, cached site paths, counts of searches, the menu."""
    cache.clear()
    counts().forget()
    process_memory.forget()
    translation.activate("en")
    yield
    translation.deactivate()
    cache.clear()


@pytest.fixture
def editor(db: None) -> User:
    """A member of the communications staff, without further permissions."""
    user = User.objects.create_user("an-editor", "editor@example.org", "a password of the tests")
    user.groups.add(communications_group())
    return user


@pytest.fixture
def editor_client(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def pytest_configure(config: pytest.Config) -> None:
    """Turn Elasticsearch off, so that only tests that enable it search there."""
    settings.ELASTICSEARCH_URL = ""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--one-case", action="store_true", help="run each test with the first of its parameters alone")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the tests of what is not available, and with --one-case all cases of a test but the first.

    Tests that need PostgreSQL run only on it. Where a tool is missing, the tests that need it are left out with a
    prominent warning, except in CI, where they fail.
    """
    without = {tool.marker for tool in _missing()}
    if connection.vendor != "postgresql":
        without.add("postgresql")
    kept = [item for item in items if not any(mark.name in without for mark in item.iter_markers())]
    if config.getoption("one_case"):
        kept = list({item.nodeid.partition("[")[0]: item for item in reversed(kept)}.values())[::-1]
    left_out = set(items).difference(kept)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for tool in _missing():
        terminalreporter.section(f"*** {tool.warning} ***", sep="*")
        terminalreporter.line(tool.advice)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Delete the files of the tests."""
    shutil.rmtree(settings.FOLDER_OF_TESTS, ignore_errors=True)


@remembered
def has_java() -> bool:
    """Return whether there is a Java that Elasticsearch nodes can run on."""
    try:
        return bool(find_java(unprivileged_account()))
    except EngineError:
        return False


class Tool(NamedTuple):
    """What the tests with a marker need from the machine."""

    marker: str
    is_there: Callable[[], object]
    warning: str
    advice: str
    is_there_in_ci: bool = True


TOOLS = (
    Tool(
        "browser",
        browser_program,
        "No browser: its tests did NOT run",
        "Install Chromium (Debian: apt-get install chromium).",
    ),
    Tool(
        "java",
        partial(shutil.which, "java"),
        "No Java: pages were NOT validated, nor measured with Lighthouse",
        "Install it (Debian: apt-get install default-jre-headless).",
    ),
    Tool(
        "elasticsearch",
        partial(os.environ.get, "ELASTICSEARCH_URL"),
        "No Elasticsearch: its tests did NOT run",
        "make elasticsearch starts it and prints ELASTICSEARCH_URL, which the tests take.",
    ),
    Tool(
        "cluster",
        has_java,
        "No Java: the tests that kill nodes of Elasticsearch did NOT run",
        "Install it (Debian: apt-get install default-jre-headless maven).",
    ),
    Tool(
        "nginx",
        nginx_program,
        "No nginx: the proxy that operators are given was NOT tested",
        "Install it (Debian: apt-get install nginx-light).",
    ),
    Tool(
        "stack",
        can_install,
        "Not root, or no nginx, PostgreSQL or systemd-analyze: `make stack` was NOT tried",
        "Run the tests as root, in a container, after `bash .ci/packages`.",
    ),
    Tool(
        "wapiti",
        wapiti.PROGRAM.exists,
        "No Wapiti: the installed site was NOT attacked",
        "Run the tests on a Python older than 3.14, after: make wapiti",
        is_there_in_ci=wapiti.EXISTS_FOR_PYTHON,
    ),
    Tool(
        "containers",
        container_engine,
        "No container engine: the image was linted and its steps were tried, but it was NOT built",
        "Start docker or podman.",
        is_there_in_ci=False,
    ),
    Tool(
        "stylelint",
        css.is_installed,
        "No stylelint: what it refuses in style sheets was NOT tested",
        "Install node and npm (Debian: apt-get install npm), then: make css",
    ),
    Tool(
        "typescript",
        COMPILER.exists,
        "No TypeScript compiler: its tests did NOT run",
        "Install node and npm (Debian: apt-get install npm), then: make typescript",
    ),
)


def _missing() -> list[Tool]:
    """Return the tools that are missing; in CI only those that it need not have: tests of the others shall fail."""
    in_ci = bool(os.environ.get("CI"))
    return [tool for tool in TOOLS if not (in_ci and tool.is_there_in_ci) and not tool.is_there()]
