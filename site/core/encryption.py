"""Encryption of personal data at rest: Fernet (AES-128-CBC with HMAC-SHA256), https://github.com/fernet/spec.

The first of ENCRYPTION_KEYS encrypts; all of them decrypt, so that a key is exchanged without a pause
(docs/operations.md). What was encrypted with a key that is gone cannot be read by anybody.
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
    """None of the keys opens what is stored."""


def encrypt(text: str) -> str:
    """A token of the text under the first key. Two tokens of one text differ."""
    return _keys(tuple(settings.ENCRYPTION_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text of a token. Raises DecryptionError."""
    return _opened(_keys(tuple(settings.ENCRYPTION_KEYS)).decrypt, token)


def reencrypt(token: str) -> str:
    """The same text under the first key. Raises DecryptionError."""
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
    """Text that the database holds encrypted; the empty text is stored as it is. Cannot be searched or sorted by."""

    description = "Encrypted text"

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return encrypt(text) if text else text

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> str | None:
        return decrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Only whether there is a value can be asked: the same text is never stored twice in the same way."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted and cannot be looked up by its value")
        return super().get_lookup(lookup_name)
