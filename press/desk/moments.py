"""A moment as officers type it: in the office's time, to the minute."""

from __future__ import annotations

from typing import Any

from django import forms


class CairoMomentField(forms.DateTimeField):
    """Date and time in the office's time zone (settings.TIME_ZONE)."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "dir": "ltr"})
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]
        super().__init__(widget=widget, input_formats=formats, **kwargs)
