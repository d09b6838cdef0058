"""The view that converts a clipboard for the editor's form: to blocks as Wagtail's editor has them, and sentences."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from core.blocks.body import BodyBlock
from core.languages.declared import reader_language
from core.web.keys import key_in

from .clipboard import LARGEST_CLIPBOARD, ClipboardRefused
from .converter import Block, read_as_text, read_clipboard

_BODY = BodyBlock()
# Django has read the body of these already, in search of the form's token.
_OF_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


@require_POST
def paste(request: HttpRequest) -> JsonResponse:
    """Convert the clipboard's HTML, which is the body of the request, so that one that is too large is not read at all.
    `page`: the page that is edited, or the parent of a new page; `into`: body, or text if only text is allowed.
    """
    language = _language_of_page(request)
    if request.content_type in _OF_FORMS:
        raise BadRequest
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LARGEST_CLIPBOARD:
        return _refused(_("This is too much at once: paste the document in parts."), status=413)
    source = request.body.decode("utf-8", "replace")
    try:
        pasted = read_clipboard(source, language) if request.GET.get("into") == "body" else read_as_text(source)
    except ClipboardRefused as refused:
        return _refused(str(refused), status=422)
    return JsonResponse({"blocks": _as_edited(pasted.blocks), "remarks": pasted.remarks})


def _language_of_page(request: HttpRequest) -> str:
    """Return the language of the page being edited. Raise PermissionDenied if the user may not edit it."""
    number = request.GET.get("page", "")
    page = Page.objects.filter(pk=key_in(number)).first() if number else None
    if page is None:
        if number or not page_permission_policy.user_has_any_permission(request.user, ("add", "change")):
            raise PermissionDenied
        return reader_language()
    may = page.permissions_for_user(request.user)
    if not (may.can_edit() or may.can_add_subpage()):
        raise PermissionDenied
    return str(page.locale.language_code)


def _as_edited(blocks: list[Block]) -> Any:
    """Return blocks as the editor expects them: rich text as Draft.js state, each with an id."""
    return _BODY.get_form_state(_BODY.to_python([{**block, "id": str(uuid4())} for block in blocks]))


def _refused(message: str, status: int) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)
