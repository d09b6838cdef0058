"""Bodies of requests: the forms of the site's own pages with something wrong in them, and what is no form at all."""

from __future__ import annotations

import json
from random import Random
from typing import Any, NamedTuple
from urllib.parse import urlencode

from lxml import etree, html

from tests.admin_forms import Data, field_data

from .values import NUMBERS, WORDS, hostile_text

_BOUNDARY = "a-boundary"
_NAMES = [
    "../../../etc/passwd",
    "a\x00.pdf",
    "x" * 400 + ".jpg",
    "",
    ".",
    "a.php",
    "صورة.png",
    'a".pdf',
    "CON",
    "a\r\nb",
]
_CONTENTS = [
    b"",
    b"%PDF-1.4\n%%EOF",
    b"\x89PNG\r\n\x1a\n",
    b"GIF89a",
    b"PK\x03\x04",
    b"\xff\xd8\xff",
    b"a,b\r\n1",
    b"\x00" * 64,
]
_MANAGEMENT = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")

Pairs = list[tuple[str, str]]


class Body(NamedTuple):
    content: bytes
    content_type: str


def fields_of_page(page: bytes) -> Data:
    """Return every field of all forms of a page, with its value; nothing if it is no page."""
    try:
        document = html.fromstring(page)
    except (etree.ParserError, ValueError):
        return {}
    data: Data = {}
    for field in document.xpath("//form//*[self::input or self::select or self::textarea][@name]"):
        data |= {field.get("name"): ""} | field_data(field)
    return data


def hostile_body(random: Random, fields: Data, shape: Any) -> Body:
    """Return a body; `fields`: those of the form at the address, `shape`: what JSON is read there."""
    way = random.randrange(12)
    if way < 5:
        return _encoded(random, hostile_pairs(random, fields))
    if way < 8:
        return _multipart(random, hostile_pairs(random, fields))
    if way < 11:
        return _json(random, shape)
    garbage = random.choice((b"", b"\x00", b"\xff\xfe", b"=&=&;", b"a" * 120_000, b"<?xml version='1.0'?><a/>", b"{"))
    types = ("text/plain", "application/xml", "", "a/b; charset=utf-16", "application/x-www-form-urlencoded; charset=x")
    return Body(garbage, random.choice(types))


def hostile_pairs(random: Random, fields: Data) -> Pairs:
    """Return the fields of a form with one to three wrong: changed, removed, sent twice, or never asked for."""
    pairs = [
        (name, str(value))
        for name, values in fields.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(pairs)) if pairs else -1
        way = random.randrange(6) if pairs else 5
        if way < 3:
            pairs[at] = (pairs[at][0], hostile_text(random, pairs[at][1]))
        elif way == 3:
            del pairs[at]
        elif way == 4:
            pairs.append((pairs[at][0], hostile_text(random)))
        else:
            pairs.append(_never_asked_for(random))
    return pairs


def _never_asked_for(random: Random) -> tuple[str, str]:
    names = (*(f"form-{name}" for name in _MANAGEMENT), "body-count", "next", "id", "action-publish", "x")
    return random.choice(names), random.choice((*NUMBERS, *WORDS))


def _encoded(random: Random, pairs: Pairs) -> Body:
    content = urlencode([(key, value.encode("utf-8", "surrogatepass")) for key, value in pairs]).encode()
    if random.random() < 0.1:
        content = content.replace(b"%", b"%%", 3) + b"&%ff=%00&a[b]=c&"
    charset = random.choice(("", "", "", "; charset=utf-8", "; charset=latin-1", "; charset=utf-7", "; charset=none"))
    return Body(content, f"application/x-www-form-urlencoded{charset}")


def _multipart(random: Random, pairs: Pairs) -> Body:
    parts = [_part(f'name="{name}"', value.encode("utf-8", "surrogatepass")) for name, value in pairs]
    for _ in range(random.randint(0, 2)):
        field = random.choice([*(name for name, _ in pairs), "file", "files[]"])
        name, kind = random.choice(_NAMES), random.choice(("image/png", "", "x"))
        parts.append(_part(f'name="{field}"; filename="{name}"\r\nContent-Type: {kind}', random.choice(_CONTENTS)))
    content = b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode()
    way = random.randrange(8)
    if way == 0:
        content = content[: random.randint(0, len(content))]
    elif way == 1:
        content = content.replace(
            b"Content-Disposition", b"Content-Transfer-Encoding: base64\r\nContent-Disposition", 1
        )
    boundary = random.choice(("", " ; boundary=other", "; boundary=", f"; boundary={'b' * 300}", '; boundary="é"'))
    return Body(content, f"multipart/form-data{boundary if way == 2 else f'; boundary={_BOUNDARY}'}")


def _part(head: str, content: bytes) -> bytes:
    return b"".join(
        (f"--{_BOUNDARY}\r\nContent-Disposition: form-data; ".encode(), head.encode(), b"\r\n\r\n", content, b"\r\n")
    )


def _json(random: Random, shape: Any) -> Body:
    way = random.randrange(5)
    if way == 0:
        deep = random.choice((50, 2000, 60_000))
        content = random.choice(("[" * deep + "]" * deep, '{"a":' * deep + "1" + "}" * deep, "[" * deep))
    elif way == 1:
        content = random.choice(("", "{", "nul", "NaN", "[1,]", '{"a":1}{"b":2}', '"\\ud800"', "9" * 6000, "\ufeff{}"))
    else:
        content = json.dumps(_other_shape(random, shape))
    kind = random.choice(("application/json", "application/json", "application/json; charset=utf-16", "text/json"))
    return Body(content.encode("utf-8", "surrogatepass"), kind)


def _other_shape(random: Random, shape: Any) -> Any:
    """Return JSON like the shape with wrong values in it, or of another kind."""
    others: list[Any] = [None, True, -1, 1e300, 10**40, "", [], {}, [[]], {"": None}, hostile_text(random)]
    if isinstance(shape, dict) and shape and random.random() < 0.8:
        changed = {name: value for name, value in shape.items() if random.random() < 0.6}
        return changed | {random.choice(list(shape)): random.choice(others)}
    return random.choice(others)
