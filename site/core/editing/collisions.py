"""Handle editors who change the same object at the same moment: the request is repeated, and if that does not help, the
editor is told what happened. Nothing is half stored, and nothing typed is lost.
"""

from __future__ import annotations

import copy
import logging
import random
import time
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.contrib.messages.storage import default_storage
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse, TemplateResponse
from django.utils import translation
from wagtail.log_actions import LogContext
from wagtail.models import Site

from accounts.languages import admin_language
from core.processing.unit_of_work import unit_of_work

logger = logging.getLogger(__name__)

_TRIES = 5
_FIRST_PAUSE_SECONDS = 0.05
# https://www.postgresql.org/docs/current/errcodes-appendix.html: in_failed_sql_transaction (an earlier error was caught
# by other code); serialization_failure; deadlock_detected; lock_not_available.
_STATES = frozenset({"25P02", "40001", "40P01", "55P03"})
# Views that move, add or remove pages in the tree: no one else may change pages meanwhile, since a page is saved with
# its place in the tree.
_CHANGING_THE_TREE = frozenset(
    {
        "wagtail_bulk_action",
        "wagtail_localize:submit_page_translation",
        "wagtail_localize:update_translations",
        "wagtailadmin_pages:add",
        "wagtailadmin_pages:copy",
        "wagtailadmin_pages:delete",
        "wagtailadmin_pages:move_confirm",
        "wagtailadmin_pages:set_page_position",
    }
)

View = Callable[..., HttpResponse]


def is_collision(error: Exception) -> bool:
    """Return whether the same request may succeed, or be refused with a reason, when it is repeated."""
    if isinstance(error, (IntegrityError, ObjectDoesNotExist)):
        return True
    if getattr(error.__cause__, "sqlstate", None) in _STATES:
        return True
    return connection.vendor == "sqlite" and isinstance(error, OperationalError) and "locked" in str(error)


def carry_out(request: HttpRequest, view: View, arguments: Any, keywords: Any) -> HttpResponse:
    """Return the view's response, storing all its changes in one transaction; repeat the request after a collision."""
    state = _State(request)
    for attempt in range(1, _TRIES + 1):
        stored: list[bool] = []
        try:
            response = _once(request, view, arguments, keywords, stored)
        except (DatabaseError, ObjectDoesNotExist) as error:
            if stored or not is_collision(error):
                raise
            if attempt == _TRIES or not state.restore():
                logger.warning("%s collided with another change: %s", request.path_info, error)
                gone = isinstance(error, ObjectDoesNotExist)
                return _explained(request, HTTPStatus.NOT_FOUND if gone else HTTPStatus.CONFLICT)
            time.sleep(random.uniform(0, _FIRST_PAUSE_SECONDS * 2**attempt))  # noqa: S311  no secret
        else:
            gone = response.status_code == HTTPStatus.NOT_FOUND and _reads_pages(request)
            return _explained(request, HTTPStatus.NOT_FOUND) if gone else response
    raise AssertionError("the last try answers")


def _once(request: HttpRequest, view: View, arguments: Any, keywords: Any, stored: list[bool]) -> HttpResponse:
    match = request.resolver_match
    # Work at the end of the transaction is logged under the editor's name too.
    user = request.user if request.user.is_authenticated else None
    with LogContext(user=user), unit_of_work(changes_tree=bool(match and match.view_name in _CHANGING_THE_TREE)):
        transaction.on_commit(lambda: stored.append(True))
        response = view(request, *arguments, **keywords)
        if isinstance(response, SimpleTemplateResponse):
            response.render()
    return response


class _State:
    """A request as it arrived, to be repeated."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        if request.content_type in ("multipart/form-data", "application/x-www-form-urlencoded"):
            self.files: list[UploadedFile] = [file for _, files in request.FILES.lists() for file in files]
        else:
            self.files = []
            _ = request.body
        self.attributes = copy.copy(request.__dict__)

    def restore(self) -> bool:
        """Restore the request and return whether it can be repeated: not if an uploaded file has already been moved
        into place.
        """
        if not all(map(_is_whole, self.files)):
            return False
        for file in self.files:
            file.seek(0)
        self.request.__dict__.clear()
        self.request.__dict__.update(self.attributes)
        session: Any = self.request.session
        self.request.session = type(session)(session.session_key)
        self.request._messages = default_storage(self.request)  # type: ignore[attr-defined]
        Site.clear_site_root_paths_cache()
        return True


def _reads_pages(request: HttpRequest) -> bool:
    """Return whether the response is for a person who works in the admin, not for a script."""
    accepted = request.headers.get("Accept", "text/html")
    return "text/html" in accepted and bool(request.user.has_perm("wagtailadmin.access_admin"))


def _is_whole(file: UploadedFile) -> bool:
    path = getattr(file, "temporary_file_path", None)
    return not file.closed and (path is None or Path(path()).exists())


def _explained(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """Return a page that says what happened, in the editor's admin language, with everything that was typed."""
    with translation.override(admin_language(request)):
        context = {
            "is_gone": status == HTTPStatus.NOT_FOUND,
            "sent": [] if request.FILES else _fields(request),
            "has_files": bool(request.FILES),
            "texts": [value for _, value in _fields(request) if " " in value.strip()],
        }
        return TemplateResponse(request, "admin/collision.html", context, status=status).render()


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, str(value)) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values
    ]
