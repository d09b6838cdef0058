"""The parts of a page around its text: picture, date, corrections, authors, files, contacts and terms of use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape
from pathlib import PurePosixPath

from words import DIRECTIONS, LANGUAGES, WORDS, size

from mena_content.types import Author, File, Image, Item, Locale, PressReleaseItem, PublicationItem, Rendition

_SHA256 = re.compile(r"[0-9a-f]{64}")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


def link(address: str, text: str, attributes: str = "") -> str:
    """Return a link if the address is a web, mail or phone address, otherwise the text alone."""
    if not address.startswith(("https://", "http://", "mailto:", "tel:")):
        return escape(text)
    return f'<a href="{escape(address)}"{attributes}>{escape(text)}</a>'


def section(heading: str, entries: Iterable[str]) -> str:
    shown = "\n".join(f"<li>{entry}</li>" for entry in entries)
    return f"<section><h2>{heading}</h2>\n<ul>\n{shown}\n</ul></section>\n" if shown else ""


def day(item: Item) -> str:
    """Return the date of the content, if any, with the dateline of a release or the revision date of a publication."""
    if item["type"] == "publication":
        revised = item["revised"]
        later = f" · {WORDS[item['locale']].revised} {_time(revised)}" if revised else ""
        return f"<p>{_time(item['issued'])}{later}</p>\n"
    if item["type"] == "press_release":
        place = f"{escape(item['dateline'])} · " if item["dateline"] else ""
        return f"<p>{place}{_time(item['date'])}</p>\n"
    return f"<p>{_time(item['date'])}</p>\n" if item["type"] == "news" else ""


def _time(value: str, shown: str = "") -> str:
    """Return a date or time, which reads from left to right in every language."""
    return f'<time datetime="{escape(value)}" dir="ltr">{escape(shown or value)}</time>'


def picture(image: Image | None) -> str:
    """Return a picture with its caption and credit, as a smaller file for browsers that support WebP."""
    if image is None or not image["renditions"]:
        return ""
    widest = max(image["renditions"], key=lambda rendition: rendition["width"])
    under = " · ".join(escape(text) for text in (image["caption"], image["credit"]) if text)
    caption = f"<figcaption>{under}</figcaption>" if under else ""
    return f"<figure>{_shown(widest, image['alt'])}{caption}</figure>\n"


def thumbnail(image: Image | None) -> str:
    """Return the square thumbnail for lists, or nothing for older documents that have none."""
    square = image.get("square") if image else None
    return _shown({**square, "width": 96, "height": 96}, "", ' loading="lazy"') if square else ""


def _shown(rendition: Rendition, alt: str, attributes: str = "") -> str:
    webp = rendition.get("webp_url")
    source = f'<source type="image/webp" srcset="{escape(webp)}">' if webp else ""
    return (
        f'<picture>{source}<img src="{escape(rendition["url"])}" width="{int(rendition["width"])}" '
        f'height="{int(rendition["height"])}" alt="{escape(alt)}"{attributes}></picture>'
    )


def details(item: Item, copied: set[str]) -> str:
    """Return the part after the text, by the type of the content. `copied` are the names of files in the mirror."""
    if item["type"] == "publication":
        return publication(item, copied)
    return release(item) if item["type"] == "press_release" else ""


def corrections(item: Item) -> str:
    """Return the corrections, which come before the text so that readers do not miss them."""
    if item["type"] == "page" or item["type"] == "programme":
        return ""
    corrected = [f"{_time(one['date'])}: {escape(one['text'])}" for one in item["corrections"]]
    return section(WORDS[item["locale"]].corrections, corrected)


def publication(item: PublicationItem, copied: set[str]) -> str:
    words = WORDS[item["locale"]]
    facts = []
    if item["authors"]:
        facts.append(f"{words.authors} {', '.join(_author(author) for author in item['authors'])}")
    if item["series"]:
        facts.append(f"{words.series} {escape(item['series'])}")
    if item["isbn"]:
        facts.append(f"ISBN <bdi>{escape(item['isbn'])}</bdi>")
    if item["doi"]:
        facts.append(f"DOI {link('https://doi.org/' + item['doi'], item['doi'], ' dir=ltr')}")
    about = "".join(f"<p>{fact}</p>\n" for fact in facts)
    return about + section(words.files, [_file(file, item["locale"], copied) for file in item["files"]])


def _author(author: Author) -> str:
    return link(f"https://orcid.org/{author['orcid']}", author["name"]) if author["orcid"] else escape(author["name"])


def _file(file: File, language: Locale, copied: set[str]) -> str:
    name = name_of(file)
    address = f"../files/{name}" if name in copied else escape(file["url"])
    about = [PurePosixPath(file["filename"]).suffix[1:].upper()]
    if file["bytes"] is not None:
        about.append(size(file["bytes"], language))
    in_language = ""
    if file["locale"]:
        about.append(LANGUAGES[file["locale"]])
        in_language = f' hreflang="{file["locale"]}"'
    shown = " · ".join(f"<bdi>{escape(text)}</bdi>" for text in about if text)
    download = f' download="{escape(file["filename"])}"' if name in copied else ""
    return f'<a href="{address}"{in_language}{download}>{escape(file["title"])}</a> ({shown})'


def name_of(file: File) -> str:
    """Return the name of a file in the mirror: its checksum and suffix, or nothing if either is malformed.

    Nothing that the site sends is trusted to be a path.
    """
    suffix = PurePosixPath(file["filename"]).suffix.lower()
    is_whole = _SHA256.fullmatch(file["sha256"]) and _SUFFIX.fullmatch(suffix)
    return file["sha256"] + suffix if is_whole else ""


def release(item: PressReleaseItem) -> str:
    words = WORDS[item["locale"]]
    parts = []
    until = item["embargo_until"]
    moment = datetime.fromisoformat(until) if until else None
    if until and moment and moment <= datetime.now(UTC):
        parts.append(f"<p>{words.embargo} {_time(until, f'{moment:%Y-%m-%d %H:%M} UTC')}</p>\n")
    if item["pictures"]:
        parts.append(f"<h2>{words.pictures}</h2>\n")
    for image in item["pictures"]:
        parts.append(f"{picture(image)}<p>{link(image['original']['url'], words.original)}</p>\n")
    parts.append(f"<p>{link(item['press_kit'], words.press_kit)}</p>\n")
    people = []
    for contact in item["contacts"]:
        ways = [escape(contact["name"]), escape(contact["role"] or "")]
        ways.append(link(f"mailto:{contact['email']}", contact["email"]) if contact["email"] else "")
        ways.append(link(f"tel:{contact['phone']}", contact["phone"], " dir=ltr") if contact["phone"] else "")
        people.append(" · ".join(way for way in ways if way))
    parts.append(section(words.contacts, people))
    if item["boilerplate"]:
        parts.append(f"<p>{escape(item['boilerplate'])}</p>\n")
    return "".join(parts)


def source(item: Item) -> str:
    """Return the source of the text and its terms of use, with the credit line that its owner requires."""
    words, rights = WORDS[item["locale"]], item.get("rights")
    lines = [f"{words.source} {link(item['html_url'], item['title'])}"]
    if rights:
        lines.append(escape(rights["credit_line"] or rights["copyright_holder"] or ""))
        licence = rights["license"]
        if licence:
            lines.append(link(licence["url"] or "", licence["name"], " rel=license"))
        lines.append(link(rights["terms_url"], words.terms) if rights["terms_url"] else "")
    return "<footer>" + "".join(f"<p>{line}</p>" for line in lines if line) + "</footer>"


def language_link(address: str, language: Locale, text: str) -> str:
    return (
        f'<a href="{escape(address)}" lang="{language}" dir="{DIRECTIONS[language]}" hreflang="{language}">'
        f"{escape(text)}</a>"
    )
