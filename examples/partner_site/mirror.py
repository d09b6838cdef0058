"""Mirror the content of a site as static pages in three languages, and keep them in sync.

    python mirror.py https://www.example.org public

The first run reads everything; each later run reads only what changed, and removes what must disappear. Run it every
few minutes, or when a webhook comes. Copy this file and make it yours.
"""

from __future__ import annotations

import argparse
import html
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from mena_content import Client, SqliteStore
from mena_content.types import Item, Locale

DIRECTIONS: dict[Locale, str] = {"ar": "rtl", "en": "ltr", "fr": "ltr"}
LANGUAGES: dict[Locale, str] = {"ar": "العربية", "en": "English", "fr": "Français"}
TITLES: dict[Locale, str] = {"ar": "محتوى منقول", "en": "Mirrored content", "fr": "Contenu repris"}
SOURCES: dict[Locale, str] = {"ar": "المصدر:", "en": "Source:", "fr": "Source :"}
OTHERS: dict[Locale, str] = {"ar": "بلغات أخرى", "en": "In other languages", "fr": "Dans d’autres langues"}
STYLE = """body{max-inline-size:45rem;margin-inline:auto;padding:1rem;font:1.1rem/1.6 system-ui,sans-serif}
img{max-inline-size:100%;block-size:auto}nav a,nav strong{margin-inline-end:1rem}table{border-collapse:collapse}
th,td{border:1px solid;padding:.3rem .6rem;text-align:start}"""
# Nothing of ours runs scripts, so nothing in the content may.
POLICY = "default-src 'none'; img-src https: http:; media-src https: http:; style-src 'unsafe-inline'"
HREF = re.compile(r'href="([^"]*)"')


def main() -> None:
    parser = argparse.ArgumentParser(description="Mirror the content of a site as static pages, and keep them in sync.")
    parser.add_argument("site", help="the address of the site: https://www.example.org")
    parser.add_argument("folder", type=Path, help="where the pages go; everything else in it is left alone")
    parser.add_argument("--state", type=Path, help="the file of the copy and its cursor (default: FOLDER.sqlite3)")
    parser.add_argument("--key", help="an API key, if you have one")
    arguments = parser.parse_args()
    state = arguments.state or arguments.folder.with_name(arguments.folder.name + ".sqlite3")
    client = Client(arguments.site, key=arguments.key, name="partner site example")
    print(mirror(client, arguments.folder, state))


def mirror(client: Client, folder: Path, state: Path) -> str:
    """Bring the copy up to date and the pages with it; returns what was done, in a line."""
    with SqliteStore(state) as store:
        result = client.sync(store)
        items = [entry.item for entry in store.entries()]
    written, removed = write_pages(folder, dict(pages(items)))
    return (
        f"{result.upserted} contents new or changed, {result.removed} removed; "
        f"{written} pages written, {removed} removed, {len(items)} contents in all"
    )


def write_pages(folder: Path, wanted: dict[str, str]) -> tuple[int, int]:
    """Make the folder hold these pages; a page that says the same is not touched. How many were written and removed."""
    written = removed = 0
    for language in LANGUAGES:
        (folder / language).mkdir(parents=True, exist_ok=True)
        for path in (folder / language).glob("*.html"):
            if f"{language}/{path.name}" not in wanted:
                path.unlink()
                removed += 1
    for name, text in wanted.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            written += 1
    return written, removed


def pages(items: list[Item]) -> Iterator[tuple[str, str]]:
    """Name and text of every page. All are made anew each time: a link depends on whether its target is mirrored."""
    addresses = {item["html_url"]: path_of(item) for item in items}
    yield "index.html", languages_page()
    for language in LANGUAGES:
        yield f"{language}/index.html", list_page([item for item in items if item["locale"] == language], language)
    for item in items:
        yield path_of(item), item_page(item, addresses)


def path_of(item: Item) -> str:
    """Where the page of an item is: the content's id never changes, even when its title and address do."""
    return f"{item['locale']}/{UUID(item['content_id'])}.html"


def item_page(item: Item, addresses: dict[str, str]) -> str:
    language = item["locale"]
    title, original = html.escape(item["title"]), html.escape(item["html_url"])
    body = f"""<p><a href="index.html">{TITLES[language]}</a></p>
<article>
<h1>{title}</h1>
{day(item)}<p>{html.escape(item["summary_text"])}</p>
{picture(item)}{HREF.sub(lambda link: f'href="{local(link[1], addresses)}"', item["body_html"])}
</article>
{translations(item, addresses)}<footer><p>{SOURCES[language]} <a href="{original}">{title}</a></p></footer>"""
    return document(language, title, body, f'<link rel="canonical" href="{original}">\n')


def local(link: str, addresses: dict[str, str]) -> str:
    """The mirrored page that an escaped link leads to, or the link as it is."""
    address, mark, fragment = html.unescape(link).partition("#")
    return f"../{addresses[address]}{mark}{html.escape(fragment)}" if address in addresses else link


def day(item: Item) -> str:
    """The day that the content bears, where it bears one."""
    if item["type"] == "news" or item["type"] == "press_release":
        shown = html.escape(item["date"])
    elif item["type"] == "publication":
        shown = html.escape(item["issued"])
    else:
        return ""
    return f'<p><time datetime="{shown}">{shown}</time></p>\n'


def picture(item: Item) -> str:
    image = item["lead_image"]
    if image is None or not image["renditions"]:
        return ""
    widest = max(image["renditions"], key=lambda rendition: rendition["width"])
    credit = f"<figcaption>{html.escape(image['credit'])}</figcaption>" if image["credit"] else ""
    source, alt = html.escape(widest["url"]), html.escape(image["alt"])
    return (
        f'<figure><img src="{source}" width="{int(widest["width"])}" height="{int(widest["height"])}" alt="{alt}">'
        f"{credit}</figure>\n"
    )


def translations(item: Item, addresses: dict[str, str]) -> str:
    links = [
        f'<a href="../{addresses[other["html_url"]]}" lang="{other["locale"]}" dir="{DIRECTIONS[other["locale"]]}" '
        f'hreflang="{other["locale"]}" rel="alternate">{html.escape(other["title"])}</a>'
        for other in item["alternates"]
        if other["html_url"] in addresses
    ]
    return f'<nav aria-label="{OTHERS[item["locale"]]}">{" ".join(links)}</nav>\n' if links else ""


def list_page(items: list[Item], language: Locale) -> str:
    newest_first = sorted(items, key=lambda item: (item["published_at"] or "", item["content_id"]), reverse=True)
    entries = [
        f'<li><a href="{UUID(item["content_id"])}.html">{html.escape(item["title"])}</a></li>' for item in newest_first
    ]
    shown = "\n".join(entries)
    body = f"{language_bar(language, '../')}<h1>{TITLES[language]}</h1>\n<ul>\n{shown}\n</ul>"
    return document(language, TITLES[language], body)


def languages_page() -> str:
    return document("en", "Mirrored content", language_bar(None, ""))


def language_bar(current: Locale | None, up: str) -> str:
    links = [
        f'<a href="{up}{code}/index.html" lang="{code}" dir="{DIRECTIONS[code]}" hreflang="{code}">{name}</a>'
        if code != current
        else f"<strong>{name}</strong>"
        for code, name in LANGUAGES.items()
    ]
    return f"<nav>{''.join(links)}</nav>\n"


def document(language: Locale, title: str, body: str, head: str = "") -> str:
    return f"""<!doctype html>
<html lang="{language}" dir="{DIRECTIONS[language]}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
{head}<style>{STYLE}</style>
</head>
<body>
{body}
</body>
</html>
"""


if __name__ == "__main__":
    main()
