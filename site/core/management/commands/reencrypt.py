from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection

from core.security.encryption import DecryptionError, EncryptedTextField, reencrypt


class Command(BaseCommand):
    help = (
        "Encrypts all personal data again with the first of ENCRYPTION_KEYS, after which the older keys may be "
        "removed. Idempotent; the site may run meanwhile."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = unreadable = 0
        for model in apps.get_models():
            for field in model._meta.local_fields:
                if isinstance(field, EncryptedTextField):
                    now, lost = _reencrypt_column(model._meta.db_table, str(field.column), str(model._meta.pk.column))
                    done, unreadable = done + now, unreadable + lost
        self.stdout.write(self.style.SUCCESS(f"{done} values are encrypted with the first key."))
        if unreadable:
            self.stdout.write(self.style.ERROR(f"{unreadable} values are opened by none of the keys."))
            raise SystemExit(1)


def _reencrypt_column(table: str, column: str, key: str) -> tuple[int, int]:
    """Return how many values are now under the first key, and how many no key opens. Concurrent changes are kept."""
    table, column, key = map(connection.ops.quote_name, (table, column, key))
    done = unreadable = 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, {column} FROM {table} WHERE {column} <> ''")  # noqa: S608  # quoted names
        rows = cursor.fetchall()
        for number, token in rows:
            try:
                again = reencrypt(token)
            except DecryptionError:
                unreadable += 1
                continue
            cursor.execute(
                f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s",  # noqa: S608  # quoted names
                [again, number, token],
            )
            done += 1
    return done, unreadable
