"""The values that documents are made of, each with its allowed choices."""

from __future__ import annotations

from typing import Literal

Locale = Literal["ar", "en", "fr"]
Role = Literal["home", "index", "tool", "legal", "content"]
Direction = Literal["rtl", "ltr"]
