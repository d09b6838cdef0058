"""The outbox: messages are written in the transaction that changes a document, and exist only if it is committed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.documents import api_url, timestamp
from publishing.documents import compact

from .models import Event, WebhookDelivery, WebhookSubscription

if TYPE_CHECKING:
    from publishing.models import PublishedDocument

_BATCH = 500


def write_messages(documents: Iterable[PublishedDocument]) -> None:
    """A message for each of these changed documents to each subscription that wants it, in the order of `seq`."""
    documents = sorted(documents, key=lambda document: document.seq)
    subscriptions = list(WebhookSubscription.objects.filter(active=True)) if documents else []
    WebhookDelivery.objects.bulk_create(
        (
            WebhookDelivery(subscription=subscription, event=event, seq=document.seq, body=_body(document, event))
            for document in documents
            for event in (Event.DELETED if document.removal else Event.UPSERTED,)
            for subscription in subscriptions
            if subscription.wants(document, event)
        ),
        batch_size=_BATCH,
    )


def _body(document: PublishedDocument, event: Event) -> str:
    """The message as it is sent and signed: thin, so that what it says of a content is never out of date."""
    return compact(
        {
            "type": event,
            "timestamp": timestamp(document.updated_at),
            "data": {
                "seq": document.seq,
                "content_id": str(document.content_id),
                "locale": document.locale,
                "content_type": document.type,
                "api_url": api_url(document.content_id, document.locale),
                "reason": document.removal or None,
            },
        }
    )
