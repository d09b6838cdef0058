"""The outbox: messages are written in the transaction that changes a document and exist only if it commits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils import timezone

from core.content_types.builder import api_url, timestamp
from publishing.documents import compact

from .models import NOT_SELECTED, Event, Facets, WebhookDelivery, WebhookSubscription

if TYPE_CHECKING:
    from publishing.models import PublishedDocument

FacetsOf = Mapping[int, Facets]
_NONE: FacetsOf = MappingProxyType({})
_BATCH = 500


def is_anybody_told() -> bool:
    """Return whether there is any active subscription to write messages for."""
    return WebhookSubscription.objects.filter(active=True).exists()


def write_messages(
    documents: Iterable[PublishedDocument],
    before: FacetsOf = MappingProxyType({}),
    now: FacetsOf = MappingProxyType({}),
) -> None:
    """Write a message for each of these changed documents to each subscription that wants it, in the order of `seq`.
    `before` and `now` have the facets of documents by primary key, for those that had or have any.
    """
    documents = sorted(documents, key=lambda document: document.seq)
    subscriptions = list(WebhookSubscription.objects.filter(active=True)) if documents else []
    WebhookDelivery.objects.bulk_create(
        (
            WebhookDelivery(
                subscription=subscription,
                event=event,
                seq=document.seq,
                body=_body(document, event),
                next_attempt_at=subscription.next_probe_at or timezone.now(),
            )
            for document in documents
            for subscription in subscriptions
            for event in (_event(subscription, document, before, now),)
            if event
        ),
        batch_size=_BATCH,
    )


def _event(
    subscription: WebhookSubscription, document: PublishedDocument, before: FacetsOf, now: FacetsOf
) -> Event | None:
    return subscription.event_of(document, before.get(document.pk, frozenset()), now.get(document.pk, frozenset()))


def _body(document: PublishedDocument, event: Event) -> str:
    """Return the message as it is sent and signed: thin, so that what it says of a content is never out of date."""
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
                "reason": (document.removal or NOT_SELECTED) if event == Event.DELETED else None,
            },
        }
    )
