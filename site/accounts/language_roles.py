"""Define what staff may do in one language: write, translate, review or publish its pages, and no other language's.

Each role in each language is a group, since Wagtail gives rights below a page and each language has its own tree. What
writers and translators submit goes through a workflow of the language: its reviewers, then its publishers.
"""

from __future__ import annotations

from typing import NamedTuple

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.utils.translation import gettext, override
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from accounts.roles import COMMUNICATIONS, FILE_APPS, PAGE_PERMISSIONS


class Role(NamedTuple):
    """`groups`: what its groups are called; `on_pages`: its rights below the home page of a language."""

    groups: str
    on_pages: tuple[str, ...]
    translates: bool = False


LANGUAGE_ROLES = {
    "writer": Role("Writers", ("add_page", "change_page")),
    "translator": Role("Translators", ("add_page", "change_page"), translates=True),
    "reviewer": Role("Reviewers", ("change_page", "lock_page", "unlock_page")),
    "publisher": Role("Publishers", PAGE_PERMISSIONS, translates=True),
}
# Pictures and documents: every role adds them and chooses from all; only who uploaded one changes it.
_ON_FILES = ("add_image", "choose_image", "add_document", "choose_document")


class NoHomePageError(LookupError):
    """There are no pages in a language yet, below which somebody could have rights."""


def language_group(role: str, language: str) -> Group:
    """Return the group of a role in a language, with exactly the rights of the role, and see to it that there is a
    workflow for what is submitted. Raise NoHomePageError if the language has no pages.
    """
    home, group = _home_page(language), _group(role, language)
    _set_rights(group, home, LANGUAGE_ROLES[role])
    _see_to_workflow(home, language)
    return group


def _home_page(language: str) -> Page:
    home: Page | None = Page.objects.filter(depth=2, locale__language_code=language).order_by("path").first()
    if home is None:
        raise NoHomePageError(language)
    return home


def _group(role: str, language: str) -> Group:
    """Return the group, which has no rights when it is new."""
    group: Group = Group.objects.get_or_create(name=f"{LANGUAGE_ROLES[role].groups} ({language})")[0]
    return group


def _set_rights(group: Group, home: Page, role: Role) -> None:
    """Give the group exactly the rights of the role."""
    everywhere = Q(codename="access_admin")
    if role.translates:
        everywhere |= Q(content_type__app_label="wagtail_localize", codename="submit_translation")
    group.permissions.set(Permission.objects.filter(everywhere))
    on_pages = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=role.on_pages)
    GroupPagePermission.objects.filter(group=group).exclude(page=home, permission__in=on_pages).delete()
    for permission in on_pages:
        GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
    on_files = Permission.objects.filter(content_type__app_label__in=FILE_APPS, codename__in=_ON_FILES)
    root = Collection.get_first_root_node()
    GroupCollectionPermission.objects.filter(group=group).exclude(collection=root, permission__in=on_files).delete()
    for permission in on_files:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _see_to_workflow(home: Page, language: str) -> None:
    """Give the pages of a language a workflow, unless an administrator gave them one."""
    if WorkflowPage.objects.filter(page=home).exists():
        return
    # In the language, since those who work in it read the names: “Submit to …”.
    with override(language):
        name, review, decision = (
            gettext("Review and publication"),
            gettext("Language review"),
            gettext("Decision to publish"),
        )
    workflow, is_new = Workflow.objects.get_or_create(name=f"{name} ({language})")
    if is_new:
        publishers = [_group("publisher", language), *Group.objects.filter(name=COMMUNICATIONS)]
        steps = {review: [_group("reviewer", language)], decision: publishers}
        for order, (step, groups) in enumerate(steps.items()):
            task = GroupApprovalTask.objects.create(name=f"{step} ({language})")
            task.groups.set(groups)
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.create(workflow=workflow, page=home)
