"""Decide who may see a file that is not public: staff, by their permissions on the file's collection, and anyone who
may read a restricted page that shows it.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex
from wagtail.permissions import policy_registry

from core.files.stored_files import StoredFile
from core.languages.restrictions import is_restricted
from core.languages.versions import readable_pages
from core.models import ContentDocument

_ACTIONS = ("choose", "change", "delete")


def may_see(request: HttpRequest, stored: StoredFile | None) -> bool:
    """Return whether the visitor may see a file that is not public. The session is read whenever the request has one,
    and never otherwise, so that an answer does not reveal whether the file exists.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    is_staff = request.user.has_perm("wagtailadmin.access_admin")
    if stored is None:
        return False
    restrictions = _restrictions(stored)
    if not all(restriction.accept_request(request) for restriction in restrictions):
        return False
    if stored.is_offered and (restrictions or _reads_a_page_with(request, stored)):
        return True
    policy = policy_registry.get_by_type(type(stored.owner))
    return is_staff and bool(policy.user_has_any_permission_for_instance(request.user, _ACTIONS, stored.owner))


def _restrictions(stored: StoredFile) -> list[CollectionViewRestriction]:
    """Return the view restrictions of a private collection, which the readers of its documents must meet."""
    if isinstance(stored.owner, ContentDocument) and stored.is_private:
        return list(stored.owner.collection.get_view_restrictions())
    return []


def _reads_a_page_with(request: HttpRequest, stored: StoredFile) -> bool:
    """Return whether a live page under a view restriction shows the file, and the visitor has its password or group."""
    kind = ContentType.objects.get_for_model(type(stored.owner))
    references = ReferenceIndex.objects.filter(
        to_content_type=kind,
        to_object_id=str(stored.owner.pk),
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    pages = readable_pages(
        Page.objects.filter(pk__in=[int(key) for key in references.values_list("object_id", flat=True)])
    )
    return any(
        all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
        for page in pages
        if is_restricted(page)
    )
