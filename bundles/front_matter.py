"""The front matter of the files with the office's settings, and of the topics."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from core.content_types.front_matter import Email, FrontMatterModel, Short, in_every_language


class SocialLink(FrontMatterModel):
    label: Short
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=255)]


WebAddress = Annotated[str, StringConstraints(pattern=r"^(?:https?://\S+)?$", max_length=255)]


class OfficeFrontMatter(FrontMatterModel):
    """The office settings in one language; the body of the file is the emergency notice."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
    organization: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
    contact_email: Email
    contact_phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = ""
    address: str = ""
    boilerplate: str = ""
    press_picture_terms: str = ""
    exit_address: Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$", max_length=200)] = ""
    licence: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    licence_url: WebAddress = ""
    terms_url: WebAddress = ""
    credit_line: Annotated[str, StringConstraints(strip_whitespace=True, max_length=255)] = ""
    social: list[SocialLink] = []
    notice_kind: Literal["info", "warning"] = "warning"


TopicNames = in_every_language(Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)])


# Keys that describe the content rather than its text: languages that state one must agree, and a language that does not
# state it takes it from the others.
SHARED_KEYS = ("content_id", "parent", "type", "topics", "countries", "embargo")
