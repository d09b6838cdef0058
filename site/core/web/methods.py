"""Which methods an address has (RFC 9110, section 9.1): an address is for reading, unless its view says more."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPMethod
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])

READ: tuple[HTTPMethod, ...] = (HTTPMethod.GET, HTTPMethod.HEAD)
FORM: tuple[HTTPMethod, ...] = (*READ, HTTPMethod.POST)

_ATTRIBUTE = "answered_methods"


def takes_a_form(view: View) -> View:
    """Return the view, marked as one that answers POST besides GET and HEAD."""
    setattr(view, _ATTRIBUTE, FORM)
    return view


def decides_itself(view: View) -> View:
    """Return the view, marked as one that refuses methods itself: what it finds at the address has a say."""
    setattr(view, _ATTRIBUTE, None)
    return view


def methods_of(view: Callable[..., Any]) -> tuple[HTTPMethod, ...] | None:
    """Return the methods that a view answers; None if it decides itself."""
    methods: tuple[HTTPMethod, ...] | None = getattr(view, _ATTRIBUTE, READ)
    return methods
