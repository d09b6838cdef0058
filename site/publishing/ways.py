"""Make every way to publish go through the gate.

Everything that publishes in Wagtail ends in one of four places: the action that publishes a revision (used by forms,
bulk actions, workflows, the schedule and `revision.publish()`), the row of a page that is saved as live (pages added
or copied as live, and code that saves), a move, and the removal of a view restriction.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import pre_page_move

from core.languages.restrictions import restricted_paths
from core.languages.versions import in_a_tree, readable_pages
from core.models import BasePage
from core.processing.unit_of_work import unit_of_work
from core.publication.drafts import FIELDS_OF_DRAFTS
from core.publication.rules import PublicationRefused, Refusal

from . import openings
from .gate import admit, is_gated
from .models import Opening

_execute = PublishRevisionAction.execute
# Fields of a page in which no new text becomes public, and its position, which only a move changes.
_UNSEEN = FIELDS_OF_DRAFTS | {"pk", "live_revision", "first_published_at", "last_published_at", "expired", "go_live_at",
                              "numchild", "path", "depth", "url_path"}  # fmt: skip


def execute_through_the_gate(action: Any, skip_permission_checks: bool = False) -> Any:
    """Publish a revision, or schedule it for the end of a hold. Raise PublicationRefused if it may not be published.

    Wagtail has no extension point for this: hooks only run in forms, and signals come too late to wait. Delete this
    when PublishRevisionAction can be replaced through Wagtail's registry of actions.
    """
    page = action.object
    if is_gated(page):
        held_until = admit(page, action.user).held_until
        if held_until:
            page.go_live_at = max(filter(None, [page.go_live_at, held_until]))
        page._is_admitted = True
    # Wagtail saves the page, then says that it is published: the documents are made once, after both.
    with unit_of_work():
        return _execute(action, skip_permission_checks=skip_permission_checks)


PublishRevisionAction.execute = execute_through_the_gate


@receiver(pre_save, dispatch_uid="publishing.gate.saved")
def page_is_saved(sender: type, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    """Check a page that is saved as live without publishing a revision, since it becomes public that way."""
    if raw or not is_gated(instance) or getattr(instance, "_is_admitted", False):
        return
    if not instance.live:
        _forget_publication(instance, update_fields)
        return
    if instance.pk is None:
        _add(instance)
    elif _says_something_else(instance, update_fields):
        found = admit(instance)
        if found.holds:
            raise PublicationRefused(Refusal(instance, hold.reason) for hold in found.holds)


def _says_something_else(page: BasePage, update_fields: Any) -> bool:
    """Return whether the public would read something on a page that the stored one does not say. Saving a draft of a
    live page only stores fields that editors see.
    """
    if update_fields is not None and _UNSEEN.issuperset(update_fields):
        return False
    stored = type(page)._default_manager.filter(pk=page.pk, live=True).first()
    return stored is None or _said(stored) != _said(page)


def _said(page: BasePage) -> dict[str, Any]:
    return {name: value for name, value in page.serializable_data().items() if name not in _UNSEEN}


def _add(page: BasePage) -> None:
    """Check a page that is added as live, such as a copy; make it a draft if something holds it."""
    if admit(page).holds:
        page.live = False
        page.has_unpublished_changes = True


def _forget_publication(page: BasePage, update_fields: Any) -> None:
    """Clear the publication dates that Wagtail gives a copy, which was never published."""
    if update_fields and "live_revision" in update_fields and page.live_revision_id:
        page.live_revision = None
        page.first_published_at = page.last_published_at = None


@receiver(pre_page_move, dispatch_uid="publishing.gate.moved")
def page_moves(sender: type, instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Check the pages that a move makes public."""
    moving = Page.objects.filter(path__startswith=instance.path)
    paths = restricted_paths()
    if any(parent_page_after.path.startswith(path) for path in paths):
        openings.judge_again(parent_page_after.path)
        return
    inside = [path for path in paths if path.startswith(instance.path) and path != instance.path]
    if instance.path in paths:
        return
    was_public = _outside(moving.filter(in_a_tree()), paths)
    coming = readable_pages(_outside(moving, inside)).exclude(pk__in=was_public.values("pk"))
    if coming.exists():
        openings.judge(coming, instance, _nearest_restriction(instance))


@receiver(pre_delete, sender=PageViewRestriction, dispatch_uid="publishing.gate.unrestricted")
def restriction_ends(sender: type, instance: PageViewRestriction, origin: Any = None, **kwargs: Any) -> None:
    """Check the pages behind a restriction that is lifted, unless the page is deleted with it."""
    if getattr(instance, "_is_judged", False):
        return
    if isinstance(origin, QuerySet) and origin.model is PageViewRestriction:
        going = set(origin.values_list("pk", flat=True))
    elif isinstance(origin, PageViewRestriction):
        going = {instance.pk}
    else:
        return
    # Use the stored row: the admin's form has already written its new value into the object.
    stored = PageViewRestriction.objects.filter(pk=instance.pk).first()
    instance._is_replaced = stored is not None and _open(stored, going)


@receiver(pre_save, sender=PageViewRestriction, dispatch_uid="publishing.gate.restriction_moved")
def restriction_changes(sender: type, instance: PageViewRestriction, raw: bool = False, **kwargs: Any) -> None:
    """Check the pages that become public when a restriction is given to another page. If someone sets a restriction
    again while the pages behind it are being judged, it stays.
    """
    Opening.objects.filter(restriction=instance.pk).delete()
    before = None if raw else PageViewRestriction.objects.filter(pk=instance.pk).exclude(page=instance.page_id).first()
    if before:
        _open(before, {before.pk})


def _open(restriction: PageViewRestriction, going: set[int]) -> bool:
    """Judge the pages behind a restriction that is removed; return whether another one replaces it meanwhile. `going`
    has the primary keys of all restrictions removed with it.
    """
    page = Page.objects.filter(pk=restriction.page_id).first()
    others = PageViewRestriction.objects.exclude(pk__in=going).values("page")
    paths = list(Page.objects.filter(pk__in=others).values_list("path", flat=True))
    if page is None:
        return False
    if any(page.path.startswith(path) for path in paths):
        openings.judge_again(page.path)
        return False
    below = readable_pages(Page.objects.filter(path__startswith=page.path)).filter(in_a_tree())
    return openings.judge(_outside(below, paths), page, restriction)


def _nearest_restriction(page: Page) -> PageViewRestriction | None:
    """Return the restriction that applies to a page; if there are several, the lowest in the tree."""
    above = PageViewRestriction.objects.filter(page__in=page.get_ancestors(inclusive=True))
    return above.order_by("-page__path").first()


def _outside(pages: Any, paths: list[str]) -> Any:
    for path in paths:
        pages = pages.exclude(path__startswith=path)
    return pages
