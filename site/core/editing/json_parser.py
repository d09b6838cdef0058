"""Reads the JSON that browsers of the staff send to the views of Wagtail Localize."""

from __future__ import annotations

from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class BoundedJSONParser(JSONParser):
    """Refuses what is nested deeper than Python reads, as it refuses what is no JSON."""

    def parse(self, *arguments: Any, **keywords: Any) -> Any:
        try:
            return super().parse(*arguments, **keywords)
        except RecursionError as error:
            raise ParseError("The JSON is nested too deeply.") from error
