"""Change the factors of an account: each change is logged, stands in the account's history, and is told by mail."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from wagtail.log_actions import log

from accounts.languages import mail_language
from accounts.models import User
from mailing.outbox import Mail, queue_message
from signing_in.guard import gave_code

from .codes import new_recovery_codes
from .half import let_go, use_device
from .models import FACTORS, RecoveryCodes
from .requirement import factors_of

logger = logging.getLogger(__name__)


def factor_added(device: Any) -> None:
    """Tell of a new factor; the caller has stored it in the same transaction."""
    _tell(device.user, "added", by=device.user, name=device.name)


def recovery_codes_made(user: User) -> list[str]:
    """Give the account new recovery codes, and return them."""
    with transaction.atomic():
        codes = new_recovery_codes(user)
        _tell(user, "codes_made", by=user)
    return codes


def recovery_code_used(user: User, left: int) -> None:
    """Tell that somebody signed in with a recovery code, and how many are left."""
    with transaction.atomic():
        _tell(user, "code_used", by=user, left=left)


def remove_factor(request: HttpRequest, device: Any) -> None:
    """Take a factor from its own account. Sessions that were opened with it end, but for this one, which goes on with
    another factor of the account. With the last one its recovery codes go.
    """
    user, name = device.user, device.name
    with transaction.atomic():
        device.delete()
        others = factors_of(user)
        if not others:
            RecoveryCodes.objects.filter(user=user).delete()
        _tell(user, "removed", by=user, name=name)
    if others:
        use_device(request, others[0])
    else:
        let_go(request)


def reset(user: User, *, by: User | None) -> bool:
    """Take all factors and recovery codes from an account, whose sessions end; return whether it had any."""
    with transaction.atomic():
        models: tuple[Any, ...] = (*FACTORS, RecoveryCodes)
        taken = [model.objects.filter(user=user).delete()[0] for model in models]
        gave_code(user.get_username())
        if any(taken):
            _tell(user, "reset", by=by)
    return any(taken)


def _tell(user: User, what: str, *, by: User | None, **values: Any) -> None:
    logger.info("Second factor of account %s: %s by %s", user.pk, what, f"account {by.pk}" if by else "the operator")
    log(User.objects.get(pk=user.pk), f"second_factor.{what}", user=by)  # a lazy one has no history
    if not user.email:
        return
    language = mail_language(user)
    address = settings.WAGTAILADMIN_BASE_URL + reverse("second_factor")
    context = {"what": what, "user": user, "address": address, **values}
    with translation.override(language):
        subject = render_to_string("emails/second_factor_subject.txt", context).strip()
        text = render_to_string("emails/second_factor.txt", context)
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": language}
    queue_message(
        Mail(user.email, subject, text, headers=headers), purpose="second-factor", about=f"accounts.user:{user.pk}"
    )
