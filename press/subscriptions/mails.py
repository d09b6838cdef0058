"""The mails that subscribers get."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from core.content_types.builder import absolute_url
from core.languages.declared import direction
from core.models import OfficeSettings
from mailing.outbox import Mail
from press.releases.page import PressReleasePage

from .models import Subscription

# RFC 3834: sent automatically, so that no other machine answers it.
_BY_A_MACHINE = {"Auto-Submitted": "auto-generated"}


def confirmation_mail(subscription: Subscription) -> Mail:
    """Return a mail that asks the owner of the address, in the subscription's language, whether they want it."""
    topics = sorted(topic.name(subscription.language) for topic in subscription.topics.all())
    context = {
        "address": _address("confirm_subscription", subscription),
        "topics": topics,
        **_office(subscription.language),
    }
    return _mail("subscription_confirmation", subscription, context, {})


class ReleaseMail:
    """The mail that announces a release: rendered with one context, addressed to each subscriber."""

    def __init__(self, release: PressReleasePage, language: str) -> None:
        self.context = {"page": release, "page_address": absolute_url(release.url), **_office(language)}

    def to(self, subscription: Subscription) -> Mail:
        address = _address("unsubscribe", subscription)
        headers = {
            # RFC 8058: the reader's mail program unsubscribes with one POST, without opening a page.
            "List-Unsubscribe": f"<{address}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        return _mail("release", subscription, {**self.context, "unsubscribe_address": address}, headers)


def _mail(name: str, subscription: Subscription, context: dict[str, Any], headers: dict[str, str]) -> Mail:
    language = subscription.language
    with translation.override(language):
        context = {"language": language, "direction": direction(language), **context}
        return Mail(
            recipient=subscription.email,
            subject=render_to_string(f"emails/{name}_subject.txt", context).strip(),
            text=render_to_string(f"emails/{name}.txt", context),
            html=render_to_string(f"emails/{name}.html", context),
            headers={**_BY_A_MACHINE, "Content-Language": language, **headers},
            sender_name=context["office"].name,
        )


def _office(language: str) -> dict[str, Any]:
    return {"office": OfficeSettings.in_language(language)}


def _address(name: str, subscription: Subscription) -> str:
    with translation.override(subscription.language):
        return absolute_url(reverse(name, args=[subscription.token]))
