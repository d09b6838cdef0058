"""The environment of the processes that tests start: the settings and the files of the tests."""

from __future__ import annotations

from django.conf import settings


def environment_of_tests() -> dict[str, str]:
    return {"DJANGO_SETTINGS_MODULE": "config.settings.test", "FOLDER_OF_TESTS": str(settings.FOLDER_OF_TESTS)}
