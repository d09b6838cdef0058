"""The states of an inquiry, and the effects of each move between them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from mailing.outbox import cancel_messages, hold_messages, release_messages
from press.inquiries.models.inquiry import Inquiry, InquiryState
from press.inquiries.models.records import EventKind, InquiryEvent, InquiryPause
from press.staffing.models.notices import Notice

from .correspondence import PURPOSES
from .notices import PURPOSE, tell

if TYPE_CHECKING:
    from accounts.models import User

S = InquiryState

_ENDS = frozenset({S.ANSWERED, S.DECLINED, S.DUPLICATE, S.SPAM, S.WITHDRAWN, S.LAPSED})
_WORK = frozenset({S.ASSIGNED, S.WAITING_CLEARANCE, S.WAITING_JOURNALIST})
# The states that each state may move to. Only the journalist withdraws, which is final; only the site lets an inquiry
# lapse, because nobody works on it.
MOVES: dict[InquiryState, frozenset[InquiryState]] = {
    S.NEW: _ENDS | _WORK | {S.ACKNOWLEDGED},
    S.ACKNOWLEDGED: _ENDS | _WORK,
    S.ASSIGNED: _ENDS | {S.ACKNOWLEDGED, S.WAITING_CLEARANCE, S.WAITING_JOURNALIST},
    S.WAITING_CLEARANCE: _ENDS - {S.SPAM} | {S.ASSIGNED, S.WAITING_JOURNALIST},
    S.WAITING_JOURNALIST: _ENDS - {S.SPAM} | {S.ASSIGNED, S.WAITING_CLEARANCE},
    S.ANSWERED: frozenset({S.ASSIGNED, S.WAITING_JOURNALIST, S.WITHDRAWN}),
    S.DECLINED: frozenset({S.ASSIGNED, S.WITHDRAWN}),
    S.DUPLICATE: frozenset({S.ACKNOWLEDGED, S.WITHDRAWN}),
    S.SPAM: frozenset({S.NEW, S.WITHDRAWN}),
    S.LAPSED: frozenset({S.ASSIGNED, S.WITHDRAWN}),
    S.WITHDRAWN: frozenset(),
}
_NOT_BY_STAFF = frozenset({S.WITHDRAWN, S.LAPSED})
# The duplicates of an inquiry that ends so must be answered in their own right.
_FREES_DUPLICATES = frozenset({S.WITHDRAWN, S.SPAM, S.LAPSED})
CLOSED = _ENDS
OPEN = frozenset(S) - CLOSED


class IllegalMove(Exception):
    """An inquiry may not go from its state to that one. The message is for staff, in the reader's language."""


def moves_for_staff(state: str) -> list[InquiryState]:
    """Return the states that staff may move an inquiry to, in the order in which states are declared."""
    return [to for to in S if to in MOVES[S(state)] - _NOT_BY_STAFF]


@transaction.atomic
def move(
    inquiry: Inquiry, to: InquiryState, *, by: User | None = None, at: datetime | None = None, **detail: Any
) -> Inquiry:
    """Move an inquiry to another state and record it; return it as stored, locked until the transaction ends.

    `by`: None for the journalist and for the site itself. `detail`: codes and keys for the history. Raise IllegalMove
    if the move is not allowed.
    """
    stored = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    before, at = S(stored.state), at or timezone.now()
    if to not in MOVES[before]:
        raise IllegalMove(
            _("An inquiry that is “%(before)s” cannot become “%(after)s”.")
            % {"before": before.label, "after": to.label}
        )
    if before is S.WAITING_JOURNALIST:
        InquiryPause.objects.filter(inquiry=stored, ended=None).update(ended=at)
    if to is S.WAITING_JOURNALIST:
        InquiryPause.objects.create(inquiry=stored, began=at)
    stored.state = to
    stored.closed_at = at if to in CLOSED else None
    if to is S.ANSWERED:
        stored.answered_at = at
    if to is not S.DUPLICATE:
        stored.duplicate_of = None
    stored.version = F("version") + 1
    stored.save(update_fields=["state", "closed_at", "answered_at", "duplicate_of", "version"])
    stored.refresh_from_db(fields=["version"])
    InquiryEvent.objects.create(
        inquiry=stored, at=at, user=by, kind=EventKind.MOVED, from_state=before, to_state=to, detail=detail
    )
    _follow(stored, before, to, by)
    return stored


def _follow(inquiry: Inquiry, before: InquiryState, to: InquiryState, by: User | None) -> None:
    """Apply the effects of a move: on waiting mail, on duplicates, and on those who must be notified."""
    if to is S.WITHDRAWN:
        cancel_messages(inquiry.about, but=[PURPOSE])
        tell(inquiry, Notice.WITHDRAWN, by=by)
    elif to is S.SPAM:
        hold_messages(inquiry.about, PURPOSES)
    elif before is S.SPAM and not inquiry.suspicion:
        release_messages(inquiry.about)
    if before in CLOSED and to in OPEN:
        tell(inquiry, Notice.REOPENED, by=by)
    if to in _FREES_DUPLICATES:
        for duplicate in inquiry.duplicates.filter(state=S.DUPLICATE, anonymized_at=None):
            move(duplicate, S.ACKNOWLEDGED, by=by, original=inquiry.reference)


@transaction.atomic
def withdraw(inquiry: Inquiry) -> None:
    """Withdraw an inquiry whose journalist needs no answer any more. Idempotent."""
    stored = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if stored.state != InquiryState.WITHDRAWN:
        move(stored, InquiryState.WITHDRAWN)
