"""Encryption of personal data at rest: Fernet (AES-128-CBC with HMAC-SHA256), https://github.com/fernet/spec.

The first of ENCRYPTION_KEYS encrypts; all of them decrypt, so that a key can be rotated without downtime
(docs/operations.md). What was encrypted with a lost key cannot be read by anyone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


class DecryptionError(Exception):
    """None of the keys decrypts the stored value."""


def encrypt(text: str) -> str:
    """Return the text encrypted with the first key. Two tokens of the same text differ."""
    return _keys(tuple(settings.ENCRYPTION_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """Return the text of a token. Raise DecryptionError if no key decrypts it."""
    return _opened(_keys(tuple(settings.ENCRYPTION_KEYS)).decrypt, token)


def reencrypt(token: str) -> str:
    """Return a token of the same text under the first key. Raise DecryptionError if no key decrypts it."""
    return _opened(_keys(tuple(settings.ENCRYPTION_KEYS)).rotate, token)


def _opened(opening: Callable[[bytes], bytes], token: str) -> str:
    from cryptography.fernet import InvalidToken

    try:
        return opening(token.encode()).decode()
    except InvalidToken:
        raise DecryptionError("None of ENCRYPTION_KEYS opens this; is an older key missing?") from None


@lru_cache(maxsize=4)
def _keys(keys: tuple[str, ...]) -> MultiFernet:
    from cryptography.fernet import Fernet, MultiFernet  # 7 MB that few requests need

    return MultiFernet([Fernet(key) for key in keys])


class EncryptedTextField(models.TextField):
    """Text that is stored encrypted; the empty text is stored as it is. Cannot be used to search or sort."""

    description = "Encrypted text"

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return encrypt(text) if text else text

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> str | None:
        return decrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Allow only `isnull`: the same text is never encrypted twice in the same way."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted and cannot be looked up by its value")
        return super().get_lookup(lookup_name)
