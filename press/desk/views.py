"""The pages of the press desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from core.languages.declared import direction, reader_language
from core.text.csv_text import CSV_TYPE
from core.web.keys import key_in
from press.hours.calendar import office_calendar, opening_text, years_without_holidays
from press.staffing.access import ANSWER, EXPORT, MEASURE, VIEW
from press.staffing.roster import covers, duties

from . import reports
from .bulk import BulkForm, ticked_in
from .export import FORMATS, exported_rows, header
from .inbox import InboxForm, inquiries_for, rows_of
from .models import SavedFilter
from .page import DeskViewMixin
from .spreadsheets import XLSX_TYPE, csv_file, xlsx_file
from .statistics import figures, since_days

PAGE_LENGTH = 50


class InboxView(DeskViewMixin, TemplateView):
    """Lists the inquiries that the filters choose.

    A POST does something with those that are ticked, saves the filters under a name, or deletes saved ones.
    """

    template_name = "admin/desk/inbox.html"
    page_title = gettext_lazy("Press inquiries")
    post_permission = VIEW

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        form = InboxForm(self.request.GET)
        chosen = form.chosen()
        page = Paginator(inquiries_for(chosen, user), PAGE_LENGTH).get_page(self.request.GET.get("p"))
        query = self.request.GET.copy()
        query.pop("p", None)
        return (
            super().get_context_data()
            | {
                "form": form,
                "page": page,
                "rows": rows_of(page),
                "opening": opening_text(office_calendar(), timezone.now()),
                "years_without_holidays": years_without_holidays(timezone.localdate()),
                "query": query.urlencode(),
                "is_filtered": bool(chosen),
                "is_narrowed": bool(chosen.keys() - {"q"}),
                "bulk": BulkForm(),
                "ticked": (),
                "duties": duties(),
                "covers": covers(),
                "saved": SavedFilter.objects.filter(user=user),
                "formats": FORMATS,
            }
            | kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "bulk-do" in request.POST:
            return self._with_ticked(request)
        query = request.POST.get("query", "")[:500]
        kept = QueryDict(query, mutable=True)
        # The search is often for a journalist's name, which must not stay in a saved filter.
        kept.pop("q", None)
        user: Any = request.user
        mine = SavedFilter.objects.filter(user=user)
        name = request.POST.get("name", "").strip()[:80]
        if "forget" in request.POST:
            mine.filter(pk=key_in(request.POST["forget"])).delete()
        elif name:
            SavedFilter.objects.update_or_create(user=user, name=name, defaults={"query": kept.urlencode()})
        else:
            messages.error(request, _("Give the saved filter a name."))
        return redirect(f"{reverse('inquiries:index')}?{query}")

    def _with_ticked(self, request: HttpRequest) -> HttpResponse:
        """Carry out a bulk action.

        Each refusal is explained in a sentence; an invalid form is shown again, with the ticks.
        """
        user: Any = request.user
        if not user.has_perm(ANSWER):
            raise PermissionDenied
        form, values = BulkForm(request.POST), request.POST.getlist("ticked")
        ticked = ticked_in(values)
        if not form.is_valid() or not ticked:
            if not ticked:
                messages.error(request, _("Tick the inquiries first."))
            keys = {inquiry.pk for inquiry, _version in ticked}
            return self.render_to_response(self.get_context_data(bulk=form, ticked=keys), status=422)
        done, refusals = form.carry_out(ticked, user)
        if done:
            messages.success(request, ngettext("%(n)d inquiry: done.", "%(n)d inquiries: done.", done) % {"n": done})
        for refusal in refusals:
            messages.error(request, refusal)
        return redirect(f"{reverse('inquiries:index')}?{request.GET.urlencode()}")


class ExportView(DeskViewMixin, TemplateView):
    """Exports the inquiries that the inbox shows as a file."""

    permission = EXPORT

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        kind = kwargs["kind"]
        if kind not in FORMATS:
            raise Http404
        user: Any = request.user
        rows = exported_rows(list(inquiries_for(InboxForm(request.GET).chosen(), user)), user)
        if kind == "csv":
            response = HttpResponse(csv_file(header(), rows), content_type=CSV_TYPE)
        else:
            right_to_left = direction(reader_language()) == "rtl"
            response = HttpResponse(xlsx_file(header(), rows, right_to_left=right_to_left), content_type=XLSX_TYPE)
        name = f"inquiries-{timezone.localdate():%Y-%m-%d}.{kind}"
        response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
        return response


class StatisticsView(DeskViewMixin, TemplateView):
    template_name = "admin/desk/statistics.html"
    page_title = gettext_lazy("Statistics")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        calendar = office_calendar()
        rows = []
        for days in reports.PERIODS:
            found = figures(calendar, since=since_days(days))
            rows.append((days, found, *map(reports.time_text, (found.first_response, found.answer))))
        context = super().get_context_data(**kwargs) | {"rows": rows, "periods": reports.PERIODS}
        if self.request.user.has_perm(MEASURE):
            context["days"] = days = reports.period_of(self.request.GET.get("days", ""))
            context["tables"] = reports.tables(days)
        return context


class StatisticsExportView(DeskViewMixin, TemplateView):
    """Exports the statistics by desk, officer, topic and country as CSV."""

    permission = MEASURE

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        days = reports.period_of(request.GET.get("days", ""))
        content = csv_file(reports.header(), reports.exported(days))
        name = f"inquiry-statistics-{timezone.localdate():%Y-%m-%d}-{days}.csv"
        return HttpResponse(
            content,
            content_type=CSV_TYPE,
            headers={"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""},
        )
