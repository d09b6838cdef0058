"""Whether an installation has the keys that a backup needs, and the keys themselves, which are kept apart from backups.

A backup holds no key. It holds a token under each of ENCRYPTION_KEYS, and one signed with SECRET_KEY: who has the keys
opens them, and nobody else learns anything from them.
"""

from __future__ import annotations

import os
import shlex
from datetime import UTC, datetime
from pathlib import Path

from cryptography.fernet import Fernet
from django.apps import apps
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import F, TextField
from django.db.models.functions import Cast

from core.security.encryption import DecryptionError, EncryptedTextField, decrypt

from .errors import BackupError
from .folders import is_backup, make_private_folder, moment

_SALT = "deploy.backup"


def write_keys(target: Path) -> Path:
    """Write SECRET_KEY and ENCRYPTION_KEYS, as lines of the environment, into a new file that only its owner reads.

    Raise BackupError if there are backups in the folder: whoever finds one must not find the keys beside it.
    """
    make_private_folder(target)
    if any(is_backup(entry) for entry in target.iterdir()):
        raise BackupError("This folder holds backups. Keep the keys apart from them: name another folder.")
    path = target / f"website-keys-{moment(datetime.now(UTC))}.env"
    lines = {"SECRET_KEY": settings.SECRET_KEY, "ENCRYPTION_KEYS": ",".join(settings.ENCRYPTION_KEYS)}
    text = "".join(f"{name}={shlex.quote(value)}\n" for name, value in lines.items())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return path


def seals() -> list[str]:
    """Return a token under each of ENCRYPTION_KEYS, by which a restore tells whether it has the key."""
    return [Fernet(key).encrypt(b"").decode() for key in settings.ENCRYPTION_KEYS]


def signature() -> str:
    return Signer(salt=_SALT).sign("SECRET_KEY")


def missing_keys(seals: list[str]) -> int:
    """Return how many of the keys with which a backup's data may be encrypted are not among ENCRYPTION_KEYS."""
    return sum(not _opens(seal) for seal in seals)


def signed_here(signature: str) -> bool:
    """Return whether SECRET_KEY is the one of the backup."""
    try:
        Signer(salt=_SALT).unsign(signature)
    except BadSignature:
        return False
    return True


def unreadable_values() -> int:
    """Return how many encrypted values of the database none of ENCRYPTION_KEYS opens."""
    unreadable = 0
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedTextField):
                stored = model._base_manager.annotate(token=Cast(F(field.name), TextField())).exclude(token="")
                unreadable += sum(not _opens(token) for token in stored.values_list("token", flat=True).iterator())
    return unreadable


def _opens(token: str) -> bool:
    try:
        decrypt(token)
    except DecryptionError:
        return False
    return True
