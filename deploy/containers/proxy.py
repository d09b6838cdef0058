"""Print nginx's configuration for the image of the proxy; `DOMAIN` is filled in when the container starts."""

from __future__ import annotations

from pathlib import Path

from deploy.nginx.site import Values, configuration


def template() -> str:
    return configuration(
        Values(
            name="${DOMAIN}",
            application="web:8000",
            http="8080",
            https="8443",
            certificate=Path("/run/secrets/certificate"),
            key=Path("/run/secrets/certificate_key"),
            pictures=Path("/var/cache/nginx/website"),
            pages=Path("/var/cache/nginx/website_pages"),
            media=Path("/var/lib/website/media"),
            log=Path("/dev/stderr"),
        )
    )


if __name__ == "__main__":
    print(template(), end="")
