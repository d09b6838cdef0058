"""Mirror the content of a site as static pages in three languages, and keep them in sync.

    python mirror.py https://www.example.org public

The first run reads everything; each later run reads only the changes, and removes content that was withdrawn. Run it
every few minutes, or when a webhook arrives. Copy this file and adapt it.
"""

from __future__ import annotations

import argparse
import html
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import UUID

from details import corrections, day, details, language_link, name_of, picture, source, thumbnail
from words import DIRECTIONS, LANGUAGES, WORDS

from mena_content import Client, ClientError, SqliteStore
from mena_content.types import File, Item, Locale

STYLE = """body{max-inline-size:45rem;margin-inline:auto;padding:1rem;font:1.1rem/1.6 system-ui,sans-serif}
img{max-inline-size:100%;block-size:auto}figure{margin-inline:0}nav{display:flex;flex-wrap:wrap;gap:.3rem 1rem}
table{border-collapse:collapse}th,td{border:1px solid;padding:.3rem .6rem;text-align:start}
.list{list-style:none;padding:0}.list li{display:flex;gap:1rem;align-items:center;margin-block:.6rem}
.list img{inline-size:6rem}footer{border-block-start:1px solid;margin-block-start:2rem}"""
# Our pages need no scripts, so none in the content may run.
POLICY = "default-src 'none'; img-src https: http:; media-src https: http:; style-src 'unsafe-inline'"
HREF = re.compile(r'href="([^"]*)"')


def main() -> None:
    parser = argparse.ArgumentParser(description="Mirror the content of a site as static pages, and keep them in sync.")
    parser.add_argument("site", help="the address of the site: https://www.example.org")
    parser.add_argument("folder", type=Path, help="where the pages go; everything else in it is left alone")
    parser.add_argument("--state", type=Path, help="the file of the copy and its cursor (default: FOLDER.sqlite3)")
    parser.add_argument("--key", help="an API key, if you have one")
    parser.add_argument("--link-files", action="store_true", help="lead to the site's files, without copies of them")
    arguments = parser.parse_args()
    state = arguments.state or arguments.folder.with_name(arguments.folder.name + ".sqlite3")
    client = Client(arguments.site, key=arguments.key, name="partner site example")
    print(mirror(client, arguments.folder, state, link_files=arguments.link_files))


def mirror(client: Client, folder: Path, state: Path, *, link_files: bool = False) -> str:
    """Bring the copy, the pages and the files up to date, and return a line that says what was done."""
    with SqliteStore(state) as store:
        # Only content to read, without the site's own search, forms, lists and legal pages.
        result = client.sync(store, role="content")
        items = [entry.item for entry in store.entries()]
    files = [] if link_files else [file for item in items if item["type"] == "publication" for file in item["files"]]
    copied = copy_files(client, folder / "files", files)
    written, removed = write_pages(folder, dict(pages(items, copied)))
    return (
        f"{result.upserted} contents new or changed, {result.removed} removed; "
        f"{written} pages written, {removed} removed, {len(items)} contents and {len(copied)} files in all"
    )


def copy_files(client: Client, folder: Path, files: Iterable[File]) -> set[str]:
    """Make the folder contain these files and no others, and return the names of those that are there.

    A file that cannot be downloaded intact is tried again in the next run; until then its page links to the original.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {name_of(file): file for file in files if name_of(file)}
    for path in folder.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, file in wanted.items():
        if not (folder / name).exists():
            try:
                content = client.download(file)
            except ClientError as error:
                print(error, file=sys.stderr)
                continue
            part = folder / f"{name}.part"
            part.write_bytes(content)
            part.rename(folder / name)
    return {path.name for path in folder.iterdir()}


def write_pages(folder: Path, wanted: dict[str, str]) -> tuple[int, int]:
    """Make the folder contain these pages, leaving unchanged ones untouched; return the numbers written and removed."""
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


def pages(items: list[Item], copied: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the name and text of every page. All are rebuilt each time: links depend on which targets are mirrored."""
    addresses = {item["html_url"]: path_of(item) for item in items}
    yield "index.html", languages_page()
    for language in LANGUAGES:
        yield f"{language}/index.html", list_page([item for item in items if item["locale"] == language], language)
    for item in items:
        yield path_of(item), item_page(item, addresses, copied)


def path_of(item: Item) -> str:
    """Return the path of an item's page, made from the content's id, which never changes (title and address may)."""
    return f"{item['locale']}/{UUID(item['content_id'])}.html"


def item_page(item: Item, addresses: dict[str, str], copied: set[str]) -> str:
    language = item["locale"]
    title, original = html.escape(item["title"]), html.escape(item["html_url"])
    body = f"""<p><a href="index.html">{WORDS[language].title}</a></p>
<article>
<h1>{title}</h1>
{day(item)}{corrections(item)}<p>{html.escape(item["summary_text"])}</p>
{picture(item["lead_image"])}{HREF.sub(lambda link: f'href="{local(link[1], addresses)}"', item["body_html"])}
{details(item, copied)}</article>
{translations(item, addresses)}{source(item)}"""
    return document(language, title, body, f'<link rel="canonical" href="{original}">\n')


def local(link: str, addresses: dict[str, str]) -> str:
    """Return the address of the mirrored page that an escaped link leads to, or the link unchanged."""
    address, mark, fragment = html.unescape(link).partition("#")
    return f"../{addresses[address]}{mark}{html.escape(fragment)}" if address in addresses else link


def translations(item: Item, addresses: dict[str, str]) -> str:
    links = [
        language_link(f"../{addresses[other['html_url']]}", other["locale"], other["title"])
        for other in item["alternates"]
        if other["html_url"] in addresses
    ]
    return f'<nav aria-label="{WORDS[item["locale"]].other_languages}">{" ".join(links)}</nav>\n' if links else ""


def list_page(items: list[Item], language: Locale) -> str:
    newest_first = sorted(items, key=lambda item: (item["published_at"] or "", item["content_id"]), reverse=True)
    shown = "\n".join(
        f'<li>{thumbnail(item["lead_image"])}<a href="{UUID(item["content_id"])}.html">{html.escape(item["title"])}</a>'
        "</li>"
        for item in newest_first
    )
    title = WORDS[language].title
    body = f'{language_bar(language, "../")}<h1>{title}</h1>\n<ul class="list">\n{shown}\n</ul>'
    return document(language, title, body)


def languages_page() -> str:
    return document("en", WORDS["en"].title, language_bar(None, ""))


def language_bar(current: Locale | None, up: str) -> str:
    links = [
        language_link(f"{up}{code}/index.html", code, name) if code != current else f"<strong>{name}</strong>"
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
