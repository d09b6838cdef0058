"""An editor at work in Wagtail's admin. Each method sends what one press of a button sends."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.test import Client, TestCase
from django.urls import reverse
from django.utils.text import slugify
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile

from accounts.models import User
from tests.admin_forms import Data, body_data, fields_of, page_data

PUBLISH = {"action-publish": "action-publish"}


def add_address(model: type[Page], parent: Page) -> str:
    return reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])


def edit_address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


class Editing:
    """The admin as `editor` sees and uses it. Actions count as committed: on-commit callbacks run as well."""

    def __init__(self, client: Client, editor: User) -> None:
        self.client = client
        self.editor = editor

    def prefer(self, language: str) -> None:
        """Choose the language of the admin interface."""
        profile = UserProfile.get_for_user(self.editor)
        profile.preferred_language = language
        profile.save()

    def get(self, address: str, data: Data | None = None) -> str:
        """Return the HTML of an admin page; fail unless it answers with 200."""
        response = self.client.get(address, data)
        assert response.status_code == 200, f"{response.status_code} {address}"
        return response.content.decode()

    def post(self, address: str, data: Data | None = None, **options: Any) -> Any:
        with TestCase.captureOnCommitCallbacks(execute=True):
            return self.client.post(address, data or {}, **options)

    def new_form(self, model: type[Page], parent: Page, fields: Data) -> Data:
        """Return the filled-in form for a new page. The slug is made from the title, as the browser does."""
        response = self.client.get(add_address(model, parent))
        assert response.status_code == 200
        slug = slugify(fields.get("title", ""), allow_unicode=True)
        page = model(locale=parent.locale)
        return fields_of(response) | {"slug": slug} | page_data(fields) | body_data(page, fields.get("body", []))

    def edit_form(self, page: Page, **changes: Any) -> Data:
        """Return the form of a page with its current values, except for these changes."""
        response = self.client.get(edit_address(page))
        assert response.status_code == 200
        latest = page.specific.get_latest_revision_as_object()
        return fields_of(response) | page_data(changes) | body_data(latest, changes.get("body"))

    def create(self, model: type[Page], parent: Page, *, publish: bool = False, **fields: Any) -> Any:
        """Add a page, as a draft unless `publish`. Fail unless the form is accepted."""
        data = self.new_form(model, parent, fields) | (PUBLISH if publish else {})
        response = self.post(add_address(model, parent), data)
        assert response.status_code == 302, response.context["form"].errors
        return model.objects.get(pk=model.objects.aggregate(newest=Max("pk"))["newest"])

    def change(self, page: Page, *, publish: bool = False, **changes: Any) -> Any:
        """Save or publish a page with some values changed. Fail unless the form is accepted."""
        data = self.edit_form(page, **changes) | (PUBLISH if publish else {})
        response = self.post(edit_address(page), data)
        assert response.status_code == 302, response.context["form"].errors
        return page.specific_class.objects.get(pk=page.pk)

    def translate(self, page: Page, *languages: str, with_pages_below: bool = False) -> list[Any]:
        """Submit a page for translation, and return its versions in those languages."""
        address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        self.get(address)
        locales = list(Locale.objects.filter(language_code__in=languages))
        data = {"locales": [locale.pk for locale in locales]} | ({"include_subtree": "on"} if with_pages_below else {})
        response = self.post(address, data)
        assert response.status_code == 302, response.context["form"].errors
        return [page.specific.get_translation(locale).specific for locale in locales]

    def move(self, page: Page, parent: Page) -> None:
        address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, parent.pk])
        self.get(address)
        assert self.post(address).status_code == 302

    def unpublish(self, page: Page) -> None:
        address = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
        self.get(address)
        assert self.post(address).status_code == 302

    def delete(self, page: Page) -> None:
        address = reverse("wagtailadmin_pages:delete", args=[page.pk])
        self.get(address)
        assert self.post(address).status_code == 302
