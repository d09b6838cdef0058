"""nginx in front: the shipped configuration with this machine's values."""

from __future__ import annotations

from deploy.nginx.site import Values, configuration, main_configuration

from .certificate import certificate_file, key_file
from .files import make_folder, put, say
from .places import Places
from .wishes import Wishes


def configure(places: Places, wishes: Wishes) -> bool:
    """Write the site of nginx; return whether it changed."""
    for folder in (places.nginx / "conf.d", places.nginx_cache, places.nginx_log):
        make_folder(folder)
    _switch_off_the_example(places)
    return put(places.nginx / "conf.d/website.conf", _site(places, wishes), 0o644)


def write_main(places: Places, user: str) -> None:
    """Write the file that nginx is started with where systemd does not start it."""
    included = f"include {places.nginx}/conf.d/*.conf;"
    put(places.settings / "nginx.conf", main_configuration(places.run, f"user {user};", included), 0o644)


def _site(places: Places, wishes: Wishes) -> str:
    return configuration(
        Values(
            name=wishes.domain,
            application=wishes.application,
            http=wishes.http_listen,
            https=wishes.https_listen,
            certificate=certificate_file(places),
            key=key_file(places),
            pictures=places.nginx_cache / "website",
            pages=places.nginx_cache / "website_pages",
            media=places.data / "media",
            log=places.nginx_log / "website.error.log",
        )
    )


def _switch_off_the_example(places: Places) -> None:
    """Debian's package answers on port 80 with a page of its own, for every name that nobody else has."""
    example = places.nginx / "sites-enabled/default"
    if example.is_symlink():
        example.unlink()
        say(f"Removed: {example}")
