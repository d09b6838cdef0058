"""Creates one object of each kind that the admin has views of, and says what the arguments of these views mean."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Locale, Page, Task, UploadedFile, Workflow, WorkflowPage
from wagtail_localize.models import OverridableSegment, StringSegment, Translation, TranslationSource

from accounts.models import User
from api.models import ApiKey
from core.models import ContentDocument, ContentImage
from news.models import NewsIndexPage, NewsPage
from press.hours.models import Holiday, OfficeHours
from press.inquiries.models.inquiry import Inquiry
from press.inquiries.models.records import CannedReply
from press.staffing.models.desk import Desk, RoutingRule
from press.staffing.models.roster import Cover, Duty
from publishing.models import WebhookDelivery, WebhookSubscription
from search.vocabulary.models import PromotedResult
from tests.admin_views import Values, address_of, admin_views, values_of_the_site
from tests.factories import make_document, make_image
from tests.press_inquiries import make_inquiry
from tests.second_factors import give_app, give_passkey

# In any page on which the inquiry is shown.
OF_AN_INQUIRY = "Leïla Haddad"
_NAMES = {"ar": "ا", "en": "Duty", "fr": "P"}


def addresses_of_the_admin() -> dict[str, str | None]:
    """Create the objects, and return an address for each route of the admin, without what all begin with; None if
    there is no value for one of its arguments.
    """
    user = User.objects.create_user("somebody", "somebody@example.org", "a password of the tests")
    page, in_workflow = NewsPage.objects.filter(locale__language_code="en", live=True)[:2]
    page.save_revision()
    inquiry = _make_press_desk(user)
    _make_what_administrators_see(page)
    values = values_of_the_site() | _of_a_page(page, user) | _of_a_translation(page) | _of_files(user)
    values |= {"kind": "csv", "uidb64": "MQ", "token": "a-token", "app_name": "taggit", "user_id": user.pk}
    meant = {
        "second-factor/apps/<": {"<int:pk>": give_app(user).pk},
        "second-factor/passkeys/<": {"<int:pk>": give_passkey(user).pk},
        "api/main/^documents/<": {"<int:pk>": values["document_id"]},
        "api/main/^images/<": {"<int:pk>": values["image_id"]},
        "press-desk/<": {"<int:pk>": inquiry.pk},
        "collections/<": {"<int:pk>": Collection.get_first_root_node().add_child(name="A collection").pk},
        "tag-autocomplete/<": {"<slug:model_name>": "tag"},
        "workflows/tasks/": {"<int:pk>": Task.objects.earliest("pk").pk, "<str:app_label>": "wagtailcore"}
        | {"<str:model_name>": "groupapprovaltask"},
        "images/multiple/": {"<int:uploaded_file_id>": values["uploaded_image"]},
    }
    meant |= dict.fromkeys(("pages/workflow/", "pages/<int:page_id>/workflow_"), _of_a_workflow(in_workflow, user))
    found: dict[str, str | None] = {}
    for route, view in admin_views():
        below = filled = route.removeprefix("admin/")
        for beginning, replaced in meant.items():
            if below.startswith(beginning):
                for argument, value in replaced.items():
                    filled = filled.replace(argument, str(value))
        found[below] = address_of(f"admin/{filled}", view, values)
    found["bulk/<str:app_label>/<str:model_name>/<str:action>/"] = f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}"
    return found


def _make_press_desk(user: User) -> Inquiry:
    days = {"first_day": timezone.localdate(), "last_day": timezone.localdate() + timedelta(days=9)}
    desk = Desk.objects.create(names=_NAMES, email="desk@example.org", is_duty=True)
    RoutingRule.objects.create(sort_order=1, country="EGY", desk=desk)
    Duty.objects.create(officer=user, desk=desk, **days)
    Cover.objects.create(absent=user, covered_by=user, **days)
    CannedReply.objects.create(language="en", title="Thanks", text="Thank you.")
    Holiday.objects.create(names=_NAMES, first_day=timezone.localdate())
    if not OfficeHours.objects.exists():
        OfficeHours.objects.create()
    return make_inquiry(1, name=OF_AN_INQUIRY)


def _make_what_administrators_see(page: Page) -> None:
    hook = WebhookSubscription.objects.create(name="A partner", url="https://partner.example.org/")
    WebhookDelivery.objects.create(subscription=hook, event="published", seq=1, body="{}")
    ApiKey.objects.create(name="A partner", digest="0" * 64, beginning="key")
    PromotedResult.objects.create(page=page, lines={"en": "a map"})


def _of_a_page(page: Page, user: User) -> Values:
    section, other = NewsIndexPage.objects.get(locale=page.locale), Page.objects.get(depth=2, locale=page.locale)
    session = EditingSession.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(page),
        object_id=str(page.pk),
        last_seen_at=timezone.now(),
    )
    values: Values = dict.fromkeys(("page_id", "page_to_move_id", "pk", "object_id", "page_pk"), page.pk)
    return values | {
        "parent_page_id": section.pk,
        "destination_id": other.pk,
        "revision_id": page.revisions.latest("pk").pk,
        "action_name": "unpublish",
        "session_id": session.pk,
        "redirect_id": Redirect.objects.create(old_path="/en/old", redirect_link="/en/").pk,
        "workflow_pk": Workflow.objects.earliest("pk").pk,
    }


def _of_a_workflow(page: Page, user: User) -> dict[str, Any]:
    workflow = Workflow.objects.earliest("pk")
    WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})
    page.save_revision()
    state = workflow.start(page, user)
    return {
        "<int:page_id>": page.pk,
        "<int:workflow_state_id>": state.pk,
        "<int:task_state_id>": state.current_task_state.pk,
        "<slug:action_name>": "approve",
    }


def _of_a_translation(page: Page) -> Values:
    source, _ = TranslationSource.get_or_create_from_instance(page)
    source.update_from_db()
    locale = Locale.objects.get(language_code="fr")
    translation, _ = Translation.objects.get_or_create(source=source, target_locale=locale)
    return {
        "translation_source_id": source.pk,
        "translation_id": translation.pk,
        "string_segment_id": StringSegment.objects.filter(source=source).values_list("pk", flat=True)[0],
        "overridable_segment_id": OverridableSegment.objects.filter(source=source).values_list("pk", flat=True)[0],
        "mode": "",
    }


def _of_files(user: User) -> Values:
    document = make_document().pk
    kept = {
        name: UploadedFile.objects.create(
            for_content_type=ContentType.objects.get_for_model(model),
            file=ContentFile(b"content", name),
            uploaded_by_user=user,
        ).pk
        for model, name in ((ContentDocument, "a.pdf"), (ContentImage, "a.png"))
    }
    uploads = {"uploaded_file_id": kept["a.pdf"], "uploaded_image": kept["a.png"]}
    return uploads | {"document_id": document, "doc_id": document, "image_id": make_image().pk}
