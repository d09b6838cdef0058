"""Unsent text typed by officers, kept on the server and encrypted: each officer sees their own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from core.security.encryption import decrypt, encrypt
from press.inquiries.models.inquiry import Inquiry
from press.inquiries.models.records import InquiryDraft

from .forms import InquiryActionForm

# How recently somebody must have typed to be shown as writing.
_WRITING = timedelta(minutes=15)
# How long text typed while signed out is kept.
_KEPT_SIGNED_OUT = timedelta(hours=12)
_SESSION_KEY = "press_desk_typed"
# The key of the inquiry that is just being entered.
NEW_INQUIRY = 0


def keep(inquiry: Inquiry, user: User, forms: Iterable[InquiryActionForm]) -> dict[str, int]:
    """Store what the forms contain, and delete drafts that the officer has emptied; return the revision of each draft
    left.

    Nothing is stored for an inquiry that was erased, even if its page is still open.
    """
    if inquiry.anonymized_at:
        return {}
    revisions = {}
    known = {draft.action: draft for draft in InquiryDraft.objects.filter(inquiry=inquiry, user=user)}
    for form in forms:
        draft = known.get(form.action)
        if form.holds_something():
            revisions[form.action] = _store(draft, inquiry, user, form)
        elif draft and form.data.get(marker(form.action)) == str(draft.revision):
            draft.delete()
        elif draft:
            revisions[form.action] = draft.revision
    return revisions


def kept(inquiry: Inquiry, user: User) -> dict[str, tuple[InquiryDraft, QueryDict]]:
    """Return the drafts of an officer by action, each with its content as form data."""
    return {
        draft.action: (draft, _query(json.loads(draft.content)))
        for draft in InquiryDraft.objects.filter(inquiry=inquiry, user=user)
    }


def forget(inquiry: Inquiry, user: User, action: str) -> None:
    InquiryDraft.objects.filter(inquiry=inquiry, user=user, action=action).delete()


def others_writing(inquiry: Inquiry, user: User) -> QuerySet[InquiryDraft]:
    """Return the replies that colleagues are writing at this moment."""
    recent = timezone.now() - _WRITING
    found = inquiry.drafts.filter(action="reply", saved_at__gt=recent).exclude(user=user)
    return found.select_related("user").order_by("saved_at")


def marker(action: str) -> str:
    """Return the name of the hidden field in which a page says which revision of a draft it shows."""
    return f"{action}-draft"


def keep_signed_out(session: Any, inquiry_pk: int, typed: QueryDict) -> None:
    """Keep text sent without a login in the visitor's own session, encrypted."""
    content = {name: values for name, values in typed.lists() if name not in ("csrfmiddlewaretoken", "action")}
    sent = {"inquiry": inquiry_pk, "at": timezone.now().timestamp(), "typed": content}
    session[_SESSION_KEY] = encrypt(json.dumps(sent))


def typed_signed_out(session: Any, inquiry_pk: int) -> QueryDict | None:
    """Return, only once, the text typed into an inquiry's page before its officer signed in again."""
    token = session.get(_SESSION_KEY)
    sent = json.loads(decrypt(token)) if token else {}
    if sent.get("inquiry") != inquiry_pk:
        return None
    del session[_SESSION_KEY]
    too_old = timezone.now().timestamp() - sent["at"] > _KEPT_SIGNED_OUT.total_seconds()
    return None if too_old else _query(sent["typed"])


def _store(draft: InquiryDraft | None, inquiry: Inquiry, user: User, form: InquiryActionForm) -> int:
    content = json.dumps(_typed_into(form), sort_keys=True)
    if draft is None:
        draft = InquiryDraft(inquiry=inquiry, user=user, action=form.action, revision=0)
    elif draft.content == content:
        return draft.revision
    draft.content, draft.revision, draft.saved_at = content, draft.revision + 1, timezone.now()
    draft.save()
    return draft.revision


def _typed_into(form: InquiryActionForm) -> dict[str, list[str]]:
    names = (f"{form.prefix}-", f"initial-{form.prefix}-")
    data: Any = form.data
    return {name: values for name, values in data.lists() if name.startswith(names) and name != marker(form.action)}


def _query(content: Mapping[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in content.items():
        data.setlist(name, values)
    return data
