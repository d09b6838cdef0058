"""Template tags and filters that are available in every template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Page

from core.dates import date_text, date_time_text, long_date, long_date_time
from core.design.icons import icon_template
from core.languages.declared import (
    DECLARED,
    NATIVE_NAMES,
    direction,
    language_in_sentence,
    language_name,
    reader,
    reader_language,
)
from core.languages.language import TextIn
from core.languages.links import address_in
from core.languages.versions import x_default
from core.pages.routing import short_code
from core.pictures.markup import picture_of
from core.pictures.save_data import saves_data
from core.places.countries import alphabetical, country_name
from core.social.drawing import HEIGHT, WIDTH
from core.social.views import social_address
from core.text import bidi
from core.text.lists import listed

register = template.Library()


@register.simple_tag
def social_picture(page: Any, office: Any) -> dict[str, Any] | None:
    """Return the picture for social networks, as Open Graph requires it (https://ogp.me): url, width, height. None if
    it cannot be drawn.
    """
    address = social_address(page, office)
    return {"url": absolute(address), "width": WIDTH, "height": HEIGHT} if address else None


@register.filter
def absolute(url: str | None) -> str:
    """Return the address with the site's scheme and host, for feeds, canonical links and mail."""
    url = url or ""
    return url if "://" in url else f"{settings.BASE_URL}{url}"


@register.filter
def short_address(page: Page) -> str:
    """Return an address of a page that can be written down: short and in Latin letters, whatever its title."""
    return reverse("short_address", args=[short_code(page.translation_key)])


@register.filter
def host(url: str) -> str:
    """Return the host of an address, as readers know a site: without "www."."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


@register.filter
def native_name(language: str) -> str:
    return NATIVE_NAMES.get(language, language)


@register.filter
def home_url(language: str) -> str:
    """Return the address of a language's home page; needs no database."""
    return f"/{language}/"


@register.filter
def text_direction(language: str) -> str:
    return direction(language)


@register.simple_tag(takes_context=True)
def address_in_language(context: Context, language: str) -> str:
    """Return the address where the reader continues in another language."""
    return address_in(language, context.get("language_versions"), context.get("request"))


@register.filter(name="country_name")
def country_name_filter(code: str) -> str:
    return country_name(code, reader_language())


@register.filter
def country_names(codes: list[str]) -> list[str]:
    language = reader_language()
    return sorted((country_name(code, language) for code in codes), key=alphabetical)


@register.filter
def topic_name(topic: Any) -> str:
    name: str = topic.name(reader_language())
    return name


@register.filter
def in_its_language(text: str) -> str:
    """Return a text, marked with its language if that is not the reader's (WCAG 3.1.2)."""
    if not isinstance(text, TextIn):
        return text
    return format_html('<span lang="{}" dir="{}">{}</span>', text.language, direction(text.language), str(text))


@register.filter
def language_attributes(text: str) -> str:
    """Return the attributes of an element that holds nothing but this text, if its language is not the reader's."""
    if not isinstance(text, TextIn):
        return ""
    return format_html('lang="{}" dir="{}"', text.language, direction(text.language))


@register.filter
def default_version(versions: dict[str, Page]) -> Page | None:
    return x_default(versions) if versions else None


@register.filter
def at(mapping: dict[str, Any], key: str) -> Any:
    """Return the value at a key that is a variable."""
    return mapping.get(key) if mapping else None


register.simple_tag(long_date)
register.simple_tag(long_date_time)
register.filter(date_time_text)
register.filter(date_text)
register.filter(listed)


@register.filter
def listed_in_languages(texts: list[str]) -> SafeString:
    """Join texts like `listed`, each marked with its language if that is not the reader's."""
    return format_html_join(reader().comma, "{}", ((in_its_language(text),) for text in texts))


register.filter("isolate", bidi.isolate_where_needed)
register.filter("in_its_script", bidi.in_its_script)
register.filter("language_name", language_name)
register.filter("language_in_sentence", language_in_sentence)
register.filter("bidi", bidi.for_reader)
register.filter("isolated", bidi.text_for_reader)


@register.filter
def lead_image_text(page: Any) -> str:
    """Return the alternative text of a page's picture; empty for decoration."""
    return "" if page.lead_image_is_decorative else str(page.lead_image_alt)


@register.filter
def icon(page: Any) -> str | None:
    """Return the template of a page's icon; None if its topics have no icon, or it has no topics."""
    return icon_template(topic.slug for topic in getattr(page, "shown_topics", ()))


@register.filter
def with_sections(body: Iterable[Any]) -> Iterator[tuple[Any, int | None]]:
    """Yield each block of a body with its number among the headings (the same in all languages), or with None."""
    sections = count(1)
    for block in body:
        yield block, next(sections) if block.block_type == "heading" else None


@register.filter
def last_of(pages: list[Page]) -> Page | None:
    return pages[-1] if pages else None


@register.filter
def page_address(number: int, query: str = "") -> str:
    """Return the relative address of a page of a list that `query` narrows."""
    return f"?{query}page={number}"


@register.simple_tag
def component(name: str, sample: dict[str, Any]) -> SafeString:
    """Return a component rendered with its sample, for the page of components."""
    return render_to_string(name, {"language": reader_language(), **sample})


@register.inclusion_tag("components/picture.html")
def picture(image: Any, shape: str, *, alt: str = "", eager: bool = False) -> dict[str, Any]:
    """Show a picture in a shape of `core.pictures.markup.SHAPES`; `eager`: the one that the reader sees first."""
    return {
        "picture": picture_of(image, shape) if image else None,
        "average": image.average_colour if image else "",
        "alt": alt,
        "eager": eager,
        "is_left_out": saves_data(),
    }


@register.inclusion_tag("components/picture.html")
def card_picture(card: Any) -> dict[str, Any]:
    """Show the picture of a card (listing.cards.Card), which is only decoration."""
    return {"picture": card.picture, "average": card.average, "alt": "", "eager": False, "is_left_out": saves_data()}


@register.filter
def open_graph_locale(language: str) -> str:
    """Return the language as https://ogp.me writes it."""
    return DECLARED[language].open_graph_locale
