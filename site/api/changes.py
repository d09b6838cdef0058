"""The change feed: what is new since a cursor, including tombstones, so that a partner's copy stays exact."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import BigIntegerField, Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.content_types.builder import timestamp
from listing.prepared import NOW, Given, PreparedQuery
from listing.query import Choices, condition_of
from publishing.documents import compact
from publishing.models import TOMBSTONES_KEPT, DocumentFacet, PublishedDocument
from publishing.visible import not_expired
from publishing.webhooks.models import NOT_SELECTED

from . import cursors
from .items import item_text
from .parameters import check_values
from .problems import Culprit, Problem
from .query import choices_of
from .responses import address_of, etag_of, json_response, not_modified
from .schemas import ChangesParameters

# The filters of a copy, in addition to language and type. Contents that are not selected are reported as
# deleted, whether or not the client ever had them: only then does a content leave the copy when it stops matching.
_FILTERS = ("topic", "country", "programme", "role")
# The columns that an entry is built from.
_READ = ("seq", "removal", "content_id", "locale", "type", "updated_at", "digest", "is_selected", "role")
# How many prepared queries are kept: those that clients run again and again.
_PREPARED = 256


def changes(request: HttpRequest, parameters: ChangesParameters) -> HttpResponse:
    """Return the latest change of each content and language after `since`, in the order of `seq`. At most two queries.

    Without `since` a snapshot begins: its first page fixes the seq at which it ends, and the delta starts from the
    cursor after its last page, so nothing falls between the two.
    """
    choices = choices_of({name: getattr(parameters, name) for name in _FILTERS})
    check_values(choices)
    digest = cursors.query_digest("changes", parameters.locale, parameters.type, *([choices] if choices else []))
    after, snapshot_end, complete_on = _position(parameters, digest)
    found = _ask(parameters, choices, after, snapshot_end, parameters.limit + 1)
    more = len(found) > parameters.limit
    found = found[: parameters.limit]
    if more:
        position = [found[-1].seq, snapshot_end]
    else:
        position = [snapshot_end if snapshot_end is not None else (found[-1].seq if found else after), None]
        # Changes made while the snapshot was being read are still to come.
        ended = parameters.since is not None and snapshot_end is not None
        more = ended and bool(_ask(parameters, choices, snapshot_end or 0, None, 1))
        complete_on = complete_on if more else _today()
    following = cursors.encode([*position, complete_on, settings.CHANGE_FEED_EPOCH], digest)
    etag = etag_of("changes", request.GET.urlencode(), [row.seq for row in found], following)
    response = not_modified(request, etag) or json_response(
        _text(found, parameters, following, more=more), etag=etag, links=[(address_of(request), 'rel="self"')]
    )
    response["Cache-Control"] = "no-cache"
    return response


def _today() -> int:
    return timezone.now().date().toordinal()


def _position(parameters: ChangesParameters, digest: str) -> tuple[int, int | None, int]:
    """Return the seq to start after, the seq at which a snapshot ends (None in a delta), and the day up to which the
    client has missed nothing, which is the day of its last complete reading. Tombstones younger than that day are
    kept. A cursor of another epoch dates from before a backup was restored, and may refer to what is gone.
    """
    if parameters.since is None:
        latest = PublishedDocument.objects.order_by("-seq").values_list("seq", flat=True).first()
        return 0, latest or 0, _today()
    after, snapshot_end, complete_on, epoch = cursors.decode(parameters.since, digest, "since")
    if epoch != settings.CHANGE_FEED_EPOCH or _today() - complete_on > TOMBSTONES_KEPT.days:
        detail = "Begin again with a snapshot: the address without `since`."
        culprit = Culprit("cursor-expired", detail, parameter="since")
        raise Problem("cursor-expired", detail, [culprit], {"snapshot_url": "/api/v1/changes"})
    return after, snapshot_end, complete_on


@dataclass(frozen=True)
class _Wanted:
    """The selection of a copy, how much of each document is read, and whether it is a snapshot."""

    locale: str | None
    type: str | None
    choices: Choices
    include: str
    is_snapshot: bool

    def rows(self) -> QuerySet[PublishedDocument]:
        """Return the rows after `after` up to `snapshot_end`, in the order of `seq`."""
        # An expired document is no longer reported; its tombstone comes with a `seq` of its own.
        told = ~Q(removal="") | not_expired(NOW)
        rows = PublishedDocument.objects.filter(told, seq__gt=Given("after", BigIntegerField()))
        if self.locale:
            rows = rows.filter(locale=self.locale)
        if self.type:
            rows = rows.filter(type=self.type)
        if self.is_snapshot:
            # A document that changes while the snapshot is read moves beyond its end, and comes with the delta.
            rows = rows.filter(seq__lte=Given("snapshot_end", BigIntegerField()), removal="")
        return self._selected(rows).order_by("seq")

    def _selected(self, rows: QuerySet[PublishedDocument]) -> QuerySet[PublishedDocument]:
        if not self.choices:
            return rows.annotate(is_selected=Value(True))
        selected = Q(*(condition_of(name, choice) for name, choice in self.choices))
        if self.is_snapshot:
            rows = rows.filter(selected)
        return rows.annotate(is_selected=Case(When(selected, then=True), default=False))


@lru_cache(_PREPARED)
def _prepared(wanted: _Wanted, most: int) -> PreparedQuery:
    role = DocumentFacet.objects.filter(document=OuterRef("pk"), name="role").values("value")
    # A document written by an earlier release has no role until it is rebuilt.
    rows = wanted.rows().annotate(role=Coalesce(Subquery(role[:1]), Value("content")))
    text = () if wanted.include == "none" else (wanted.include,)
    return PreparedQuery(rows[:most], *_READ, *text)


def _ask(parameters: ChangesParameters, choices: Choices, after: int, snapshot_end: int | None, most: int) -> list[Any]:
    is_snapshot = snapshot_end is not None
    wanted = _Wanted(parameters.locale, parameters.type, choices, parameters.include, is_snapshot)
    return _prepared(wanted, most).ask(now=timezone.now(), after=after, snapshot_end=snapshot_end)


def _text(found: list[Any], parameters: ChangesParameters, following: str, *, more: bool) -> str:
    entries = ",".join(_entry(row, parameters.include) for row in found)
    return f'{{"changes":[{entries}],"next_since":{compact(following)},"has_more":{compact(more)}}}'


def _entry(row: Any, include: str) -> str:
    entry: dict[str, Any] = {
        "seq": row.seq,
        "op": "delete" if row.removal or not row.is_selected else "upsert",
        "content_id": str(row.content_id),
        "locale": row.locale,
        "type": row.type,
        "updated_at": timestamp(row.updated_at),
    }
    if entry["op"] == "delete":
        return compact({**entry, "reason": row.removal or NOT_SELECTED})
    entry |= {"role": row.role, "etag": row.digest}
    if include == "none":
        return compact(entry)
    return compact(entry)[:-1] + ',"item":' + item_text(row, row.locale, include) + "}"
