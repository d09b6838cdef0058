"""The form with which editors upload documents and replace their files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm

from core.dates import date_time_text
from core.files.contents import check_document
from core.models import ContentDocument, DocumentVersion


class VersionsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, version: Any) -> SafeString:
        replaced = _("replaced on %(date)s") % {"date": date_time_text(version.replaced_at)}
        return format_html(
            '<a href="{}"><bdi dir="ltr">{}</bdi></a> · {} · {}<br><small>SHA-256 <bdi dir="ltr">{}</bdi></small>',
            version.url,
            version.filename,
            filesizeformat(version.file_size or 0),
            replaced,
            version.sha256,
        )


class DocumentForm(BaseDocumentForm):
    """Wagtail's form, which deletes the file that is replaced. Here that file is kept as an earlier version
    (ContentDocument.save), and the editor says which versions are public.
    """

    instance: ContentDocument
    public_versions = VersionsField(
        label=_("Earlier versions"),
        queryset=DocumentVersion.objects.none(),
        required=False,
        help_text=_(
            "What this document was before. Staff can download every version; tick those that readers may have too. "
            "Links to an old file name lead to the file of today."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = self.instance.versions.all() if self.instance.pk else DocumentVersion.objects.none()
        if not versions:
            del self.fields["public_versions"]
            return
        self.fields["public_versions"].queryset = versions
        self.initial["public_versions"] = [version.pk for version in versions if version.is_public]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            check_document(file)
        return file

    def save(self, commit: bool = True) -> ContentDocument:
        self.original_file = None
        document: ContentDocument = super().save(commit=commit)
        if commit and "public_versions" in self.changed_data:
            public = [version.pk for version in self.cleaned_data["public_versions"]]
            document.versions.filter(pk__in=public).update(is_public=True)
            document.versions.exclude(pk__in=public).update(is_public=False)
        return document
