"""`make containers-secrets`: write what the containers are told in files, with secrets made here, once.

The folder is the operator's: nothing in it is ever changed again, and it is no part of an image or a commit.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

from deploy.stack.configuration import made_secrets
from deploy.stack.environment_file import written
from deploy.stack.errors import StackError
from deploy.stack.files import make_folder, put, say
from deploy.stack.places import CHECKOUT
from deploy.stack.wishes import refuse_another_name

# Beside the folders that an image is made of.
FOLDER = CHECKOUT / "var/containers"


def write(folder: Path, domain: str, email_url: str) -> None:
    """Write the site's environment, the name for the proxy and the database's password. Raise StackError."""
    refuse_another_name(domain)
    if not email_url:
        raise StackError("Say which server takes mail: EMAIL_URL=smtp://user:password@mail.example.int:587")
    make_folder(folder, 0o700)
    password = folder / "database_password"
    if not password.exists():
        put(password, secrets.token_urlsafe(32), 0o644)
    known = password.read_text(encoding="ascii")
    environment = {
        **made_secrets(),
        "ALLOWED_HOSTS": domain,
        "BASE_URL": f"https://{domain}",
        # Both ends are on this machine, in a network that nothing else is in.
        "DATABASE_URL": f"postgresql://website:{known}@database:5432/website?sslmode=disable",
        "EMAIL_URL": email_url,
        "EMAIL_SENDER": f"website@{domain}",
        "FILES_SENT_BY": "nginx",
        "TRUST_PROXY": "true",
    }
    for name, variables in (("website.env", environment), ("proxy.env", {"DOMAIN": domain})):
        if (folder / name).exists():
            say(f"{folder / name} stays as it is.")
        else:
            put(folder / name, written(variables))


def main() -> int:
    try:
        write(FOLDER, os.environ.get("DOMAIN", ""), os.environ.get("EMAIL_URL", ""))
    except StackError as error:
        print(error, file=sys.stderr)
        return 1
    say(f"Put the certificate and its key beside them: {FOLDER}/certificate.pem, {FOLDER}/certificate.key")
    return 0


if __name__ == "__main__":
    sys.exit(main())
