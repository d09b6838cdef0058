"""Validators for the identifiers of publications."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import isbn as isbn_standard
from stdnum import isni

# https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html
DOI_PATTERN = re.compile(r"10\.\d{4,9}(\.\d+)*/\S+")


def validate_isbn(value: str) -> None:
    """Raise ValidationError unless `value` is an ISBN-10 or ISBN-13 with a correct check digit (ISO 2108)."""
    if not isbn_standard.is_valid(value):
        raise ValidationError(_("%(value)s is not an ISBN: check the digits."), params={"value": value})


def validate_doi(value: str) -> None:
    """Raise ValidationError unless `value` is a bare DOI name such as 10.1234/abc, without a URL prefix (ISO 26324)."""
    if not DOI_PATTERN.fullmatch(value):
        raise ValidationError(
            _("%(value)s is not a DOI. It starts with 10. and has a slash, such as 10.1234/abc."),
            params={"value": value},
        )


def validate_orcid(value: str) -> None:
    """Raise ValidationError unless `value` is an ORCID iD with a correct check digit (ISO 27729)."""
    if not re.fullmatch(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", value) or not isni.is_valid(value):
        raise ValidationError(_("%(value)s is not an ORCID iD such as 0000-0002-1825-0097."), params={"value": value})
