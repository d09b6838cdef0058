"""The log of coverage published after an inquiry."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from press.forms.fields import LineField, TextField
from press.inquiries.models.coverage import InquiryCoverage
from press.inquiries.models.inquiry import Inquiry
from press.inquiries.models.records import EventKind

from .actions import check_kept, record
from .forms import InquiryActionForm


class CoverageForm(InquiryActionForm):
    """Adds to the log. It changes nothing that others may be changing, so it needs no version."""

    action = "coverage"
    keeps = True
    address = forms.URLField(
        label=gettext_lazy("Address on the web"),
        required=False,
        max_length=2000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )
    outlet = LineField(
        label=gettext_lazy("Media outlet"),
        max_length=160,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": gettext_lazy("Enter where it was published.")},
    )
    published_on = forms.DateField(
        label=gettext_lazy("Published on"),
        initial=timezone.localdate,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "dir": "ltr"}),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )
    note = TextField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, data: Any = None, *, inquiry: Inquiry, version: int = 0) -> None:
        super().__init__(data, inquiry=inquiry, version=version, initial={"outlet": inquiry.outlet})

    def holds_something(self) -> bool:
        return any(self.data.get(self.add_prefix(name), "").strip() for name in ("address", "note"))

    def clean_published_on(self) -> date:
        day: date = self.cleaned_data["published_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Enter the day on which it was published: that day is still to come."))
        return day

    def carry_out(self, by: User) -> None:
        add_coverage(self.inquiry, self.cleaned_data, by=by)


class UncoverForm(InquiryActionForm):
    action = "uncover"
    argument = "coverage"
    done = gettext_lazy("Taken out of the log.")
    coverage = forms.ModelChoiceField(InquiryCoverage.objects.none())

    def __init__(self, data: Any = None, *, inquiry: Inquiry, version: int = 0) -> None:
        super().__init__(data, inquiry=inquiry, version=version)
        field: Any = self.fields["coverage"]
        field.queryset = inquiry.coverage.all()

    def carry_out(self, by: User) -> None:
        remove_coverage(self.inquiry, self.cleaned_data["coverage"], by=by)


@transaction.atomic
def add_coverage(inquiry: Inquiry, values: dict[str, Any], *, by: User) -> None:
    """Add to the log. Raise NobodyToAnswer for an inquiry of which nothing may be kept any more."""
    stored = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    check_kept(stored)
    InquiryCoverage.objects.create(inquiry=stored, author=by, **values)
    record(stored, EventKind.COVERED, by)


@transaction.atomic
def remove_coverage(inquiry: Inquiry, coverage: InquiryCoverage, *, by: User) -> None:
    """Remove an entry from the log, unless a colleague has removed it already."""
    deleted, _models = InquiryCoverage.objects.filter(pk=coverage.pk).delete()
    if deleted:
        record(inquiry, EventKind.UNCOVERED, by)
