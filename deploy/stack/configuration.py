"""The site's environment, with secrets made here. What is written once is the operator's: it is never changed again.

Only root reads the file: systemd and website-manage hand its variables on. nginx shares the site's group, for files.
"""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Mapping

from .certificate import certificate_file
from .environment_file import read, written
from .errors import StackError
from .files import put, say
from .places import Places
from .wishes import Wishes

_HEAD = """# The environment of the website: docs/environment.md. `make stack` made it, and never changes it.
# After a change: make stack-restart. Keep SECRET_KEY and ENCRYPTION_KEYS apart from the backups (make backup-keys).
"""


def variables(places: Places, wishes: Wishes, engine: Mapping[str, str]) -> dict[str, str]:
    """Return the site's environment; write its file if there is none. Raise StackError if no mail server is named.

    `engine` says how the database of this machine is reached, where that is not what libpq expects.
    """
    file = places.environment
    if file.exists():
        found = read(file)
        _say_what_stays(places, found, wishes)
        return found
    if not wishes.email_url:
        raise StackError("Say which server takes mail: EMAIL_URL=smtp://user:password@mail.example.int:587")
    made = {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        **made_secrets(),
        "ALLOWED_HOSTS": wishes.domain,
        "BASE_URL": f"https://{wishes.domain}",
        "DATABASE_URL": f"postgresql:///{wishes.account}",
        **engine,
        "EMAIL_URL": wishes.email_url,
        "EMAIL_SENDER": wishes.email_sender or f"website@{wishes.domain}",
        "ELASTICSEARCH_URL": wishes.elasticsearch_url,
        "DATA_FOLDER": str(places.data),
        "STATIC_FOLDER": str(places.static),
        "CERTIFICATE_FILE": str(certificate_file(places)),
        "FILES_SENT_BY": "nginx",
        "TRUST_PROXY": "true",
    }
    put(file, _HEAD + written({name: value for name, value in made.items() if value}))
    return read(file)


def made_secrets() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ENCRYPTION_KEYS": base64.urlsafe_b64encode(os.urandom(32)).decode(),
    }


def _say_what_stays(places: Places, found: Mapping[str, str], wishes: Wishes) -> None:
    wanted = {
        "ALLOWED_HOSTS": wishes.domain,
        "EMAIL_URL": wishes.email_url,
        "EMAIL_SENDER": wishes.email_sender,
        "ELASTICSEARCH_URL": wishes.elasticsearch_url,
    }
    for name, value in wanted.items():
        if value and value not in found.get(name, "").split(","):
            say(f"{name} stays as it is in {places.environment}: change it there, then make stack-restart.")
