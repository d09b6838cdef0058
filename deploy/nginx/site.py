"""Fill in nginx's configuration where it says CHANGE, for tests, benchmarks and `make stack`."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from deploy.engines.errors import EngineError

SITE = Path(__file__).with_name("website.conf")


class Values(NamedTuple):
    """What differs between two installations. `application`, `http` and `https` are addresses: a port, or host:port."""

    name: str
    application: str
    http: str
    https: str
    certificate: Path
    key: Path
    pictures: Path
    pages: Path
    media: Path
    log: Path


def configuration(values: Values) -> str:
    """Return the site's configuration. Raise EngineError if the shipped file no longer says what is replaced."""
    text = SITE.read_text(encoding="utf-8")
    for written, times, here in (
        ("server_name mena.example.int;", 2, f"server_name {values.name};"),
        ("server 127.0.0.1:8000;", 1, f"server {values.application};"),
        ("listen 80;", 1, f"listen {values.http};"),
        ("listen 443 ssl http2;", 1, f"listen {values.https} ssl http2;"),
        ("/etc/ssl/website/fullchain.pem", 1, str(values.certificate)),
        ("/etc/ssl/website/privkey.pem", 1, str(values.key)),
        ("/var/log/nginx/website.error.log", 1, str(values.log)),
        ("/var/cache/nginx/website ", 1, f"{values.pictures} "),
        ("/var/cache/nginx/website_pages ", 1, f"{values.pages} "),
        ("/srv/website/var/media/", 1, f"{values.media}/"),
    ):
        if text.count(written) != times:
            raise EngineError(f"{SITE} must say {times} times: {written}")
        text = text.replace(written, here)
    return text


def main_configuration(folder: Path, user: str, included: str) -> str:
    """Return an nginx.conf that keeps to a folder, for machines whose own nginx is left alone."""
    return f"""{user}
worker_processes 1;
pid {folder}/nginx.pid;
events {{ worker_connections 256; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    keepalive_requests 1000000;
    {included}
}}
"""
