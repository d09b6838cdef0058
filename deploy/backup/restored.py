"""What a restored site needs before it starts, and how it is."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from caching.writes import public_change
from mailing.models import OutgoingMessage
from search.engines.embedded.indexer import rebuild
from search.verification import difference, held_by_embedded

from . import keys, media
from .manifest import Manifest

_SHOWN = 5
_Status = OutgoingMessage.Status


def settle() -> None:
    """Let nothing that the site did after the backup happen again, or be taken for its state.

    Mail that waited then may have been sent since: it waits for a person, who sends it again. Kept pages and copies of
    the generations after the backup no longer hold.
    """
    now = timezone.now()
    with transaction.atomic():
        waited = OutgoingMessage.objects.filter(status__in=[_Status.WAITING, _Status.HANDING_OVER])
        held = waited.update(
            status=_Status.UNCERTAIN, settled_at=now, claimed_until=None, last_failure="restored from a backup"
        )
        public_change()
    if held:
        print(f"{held} mails waited when the backup was made and may have been sent since: the press desk shows them.")
    said = StringIO()
    call_command("rebuild_documents", stdout=said, stderr=StringIO(), no_color=True)
    print(f"Published documents: {said.getvalue().strip()}", flush=True)


def what_needs_a_person(manifest: Manifest) -> list[str]:
    """Return a sentence for each fault of the restored site; mend the index of search where it differs."""
    found = []
    if unreadable := keys.unreadable_values():
        found.append(f"{unreadable} encrypted values are opened by none of ENCRYPTION_KEYS.")
    if not keys.signed_here(manifest.signature):
        found.append("SECRET_KEY is another: links in mail already sent no longer work.")
    if missing := [row for row, is_there in media.named_files() if not is_there]:
        shown = "; ".join(missing[:_SHOWN]) + ("; …" if len(missing) > _SHOWN else "")
        found.append(f"{len(missing)} files that the database names were not there when it was backed up: {shown}.")
    if difference(held_by_embedded()):
        rebuild(lambda *_: None)
        if differs := difference(held_by_embedded()):
            found.append(f"The index of search {differs}.")
    return found
