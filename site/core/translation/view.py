"""Extend “Translate this page” of wagtail-localize: state the source text, check rights, and link to the results."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Locale, Page
from wagtail_localize.views.submit_translations import SubmitPageTranslationView, SubmitTranslationForm

from core.languages.declared import language_name
from core.translation import translating
from core.translation.translating import Source

PUBLISHED, DRAFT = "published", "draft"


class TranslatePageForm(SubmitTranslationForm):
    text = forms.ChoiceField(label=gettext_lazy("Start from"), widget=forms.RadioSelect, required=False)

    def __init__(self, page: Page, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(page, *args, **kwargs)
        self.page, self.user = page, user
        self.order_fields(["select_all", "locales", "text", "include_subtree"])
        self._offer_texts()
        self._offer_locales()

    @property
    def prefers_draft(self) -> bool:
        return bool(self.cleaned_data.get("text") == DRAFT)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        below = bool(cleaned.get("include_subtree"))
        for sentence in translating.refusals(self.user, self.page, cleaned.get("locales", ()), with_pages_below=below):
            self.add_error("locales", sentence)
        return cleaned

    def _offer_texts(self) -> None:
        published, draft = translating.published_source(self.page), translating.draft_source(self.page)
        field: Any = self.fields["text"]
        texts = [(PUBLISHED, published), (DRAFT, draft)]
        field.choices = [(name, described(source)) for name, source in texts if source]
        field.initial = field.choices[0][0]
        if not draft and not self._has_drafts_below():
            field.widget = forms.HiddenInput()
        elif not draft:
            field.choices.append((DRAFT, _("the drafts, of pages below that have a newer one")))
            field.widget.choices = field.choices

    def _has_drafts_below(self) -> bool:
        below = self.page.get_descendants().filter(live=True, has_unpublished_changes=True)
        return bool(below.exists())

    def _offer_locales(self) -> None:
        """Show the languages that the user may translate into, and say why the others are missing."""
        field: Any = self.fields["locales"]
        refused = {locale.pk: translating.refusals(self.user, self.page, [locale]) for locale in field.queryset}
        field.widget.choices = [
            (locale.pk, language_name(locale.language_code)) for locale in field.queryset if not refused[locale.pk]
        ]
        field.help_text = " ".join(sentence for sentences in refused.values() for sentence in sentences)
        if len(field.widget.choices) < 2:
            self.fields["select_all"].widget = forms.HiddenInput()


class TranslatePageView(SubmitPageTranslationView):
    def get_form(self) -> TranslatePageForm:
        if self.request.method == "POST":
            return TranslatePageForm(self.object, self.request.user, self.request.POST)
        wanted = Locale.objects.filter(language_code=self.request.GET.get("select_locale", ""))
        return TranslatePageForm(self.object, self.request.user, initial={"locales": list(wanted)})

    def form_valid(self, form: TranslatePageForm) -> HttpResponse:
        locales = list(form.cleaned_data["locales"])
        source = translating.source_of(self.object, prefer_draft=form.prefers_draft)
        below = form.cleaned_data["include_subtree"]
        translating.translate(
            self.object,
            locales,
            user=self.request.user,
            prefer_draft=form.prefers_draft,
            with_pages_below=below,
            components=self.components,
        )
        made = list(self.object.get_translations().filter(locale__in=locales, alias_of=None))
        self._tell(source, locales, made)
        if len(made) == 1 and not below:
            return redirect("wagtailadmin_pages:edit", made[0].pk)
        query = urlencode({"locale": [locale.language_code for locale in locales]}, doseq=True)
        return redirect(f"{reverse('translated_page', args=[self.object.pk])}?{query}")

    def _tell(self, source: Source, locales: list[Locale], made: list[Page]) -> None:
        missing = {locale.pk for locale in locales} - {page.locale_id for page in made}
        for locale in locales:
            if locale.pk in missing:
                values = {
                    "page": self.object.get_admin_display_title(),
                    "language": language_name(locale.language_code),
                }
                messages.error(
                    self.request,
                    _("“%(page)s” was not translated into %(language)s: something is missing in it. Complete it first.")
                    % values,
                )
        if made:
            messages.success(self.request, _("Made from %(text)s.") % {"text": described(source)})


def described(source: Source) -> str:
    """Return a phrase that says which text of a page this is."""
    time = date_format(timezone.localtime(source.since), "DATETIME_FORMAT") if source.since else _("unknown date")
    if source.is_draft:
        return _("the draft of %(time)s, which is not published") % {"time": time}
    return _("the version published on %(time)s") % {"time": time}


def translated(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the results of a page's translation in the languages just chosen, with links."""
    page = get_object_or_404(Page, pk=page_id)
    locales = Locale.objects.filter(language_code__in=request.GET.getlist("locale"))
    if not translating.may_translate(request.user, page):
        raise PermissionDenied
    versions = page.get_translations().filter(locale__in=locales, alias_of=None).select_related("locale")
    made = [
        {
            "page": version,
            "language": language_name(version.locale.language_code),
            "below": _drafts_below(version),
            "can_edit": version.permissions_for_user(request.user).can_edit(),
        }
        for version in versions.order_by("path")
    ]
    return render(request, "admin/translated_page.html", {"page": page, "made": made})


def _drafts_below(page: Page) -> str:
    number = page.get_descendants().filter(live=False, alias_of=None).count()
    return ngettext("%(number)d draft below it", "%(number)d drafts below it", number) % {"number": number}


def refuse(request: HttpRequest, **_arguments: Any) -> HttpResponseBase:
    """Refuse an action that would overwrite a translation with the source's text."""
    raise PermissionDenied
