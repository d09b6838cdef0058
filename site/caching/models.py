"""The generation of what the public may see."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class Generation(models.Model):
    """One row, which moves in every transaction that changes what a public page may show. `number` grows by one;
    `token` is another one each time, so that a number that a restored backup issues again is not mistaken for the
    earlier one.
    """

    number = models.BigIntegerField(default=0)
    token = models.UUIDField(default=uuid4)

    def __str__(self) -> str:
        return str(self.number)
