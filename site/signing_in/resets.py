"""New passwords by mail. A request only notes the address in the outbox, the same for every address, so that neither
the answer nor its time tells whether there is an account; the worker then writes to the accounts that have it.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm

from accounts.languages import mail_language
from core.security.networks import sender_of
from core.security.rate_limits import HOUR, count
from mailing.models import OutgoingMessage
from mailing.outbox import Mail, queue_message

from .guard import UNKNOWN_NETWORKS, same_name

# An hour.
MAILS_TO_ONE_ADDRESS = 3
REQUESTS_OF_A_NETWORK = 20
_REQUEST, _ABOUT = "password-reset-request", "accounts.reset"
_AT_ONCE = 50


def is_over_limit(request: HttpRequest) -> bool:
    """Count a request for a new password; return whether its network has sent too many this hour."""
    network = sender_of(request)
    most = REQUESTS_OF_A_NETWORK * (1 if network else UNKNOWN_NETWORKS)
    return count("password-reset-network", network, window=HOUR).used > most


def ask_for_reset(address: str) -> None:
    """Note that somebody who says that this is their address wants a new password; beyond the limit nothing is noted,
    and nobody is told.
    """
    if count("password-reset-address", same_name(address), window=HOUR).used <= MAILS_TO_ONE_ADDRESS:
        queue_message(Mail(address, "", ""), purpose=_REQUEST, about=_ABOUT, held=True)


def answer_requests() -> bool:
    """Write the mail for the requests that wait; return whether there were any."""
    waiting = OutgoingMessage.objects.filter(about=_ABOUT, purpose=_REQUEST).order_by("pk")
    if not waiting.exists():
        return False
    with transaction.atomic():
        requests = list(waiting.select_for_update(skip_locked=True)[:_AT_ONCE])
        for request in requests:
            for user in WagtailPasswordResetForm().get_users(request.email().to[0]):
                _write_to(user)
        OutgoingMessage.objects.filter(pk__in=[request.pk for request in requests]).delete()
    return True


def _write_to(user: Any) -> None:
    language = mail_language(user)
    context = {
        "user": user,
        "uid": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
    }
    folder = "wagtailadmin/account/password_reset"
    with translation.override(language):
        subject = render_to_string(f"{folder}/email_subject.txt", context).strip()
        text = render_to_string(f"{folder}/email.txt", context)
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": language}
    queue_message(
        Mail(user.email, subject, text, headers=headers), purpose="password-reset", about=f"accounts.user:{user.pk}"
    )
