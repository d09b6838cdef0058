"""The change feed: what is new since a cursor, tombstones included, so that a partner's copy stays exact."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.documents import timestamp
from publishing.documents import compact
from publishing.models import PublishedDocument

from . import cursors
from .items import item_text
from .problems import Problem
from .responses import etag_of, json_response
from .schemas import ChangesParameters

# How long a tombstone is kept at least. A cursor older than that may have missed one.
TOMBSTONES_KEPT = timedelta(days=180)


def changes(request: HttpRequest, parameters: ChangesParameters) -> HttpResponse:
    """The latest change of each content and language after `since`, in the order of `seq`.

    Without `since` a snapshot begins: its first page fixes the seq at which it ends, and the cursor after its last
    page is where the delta begins, so nothing falls between the two.
    """
    digest = cursors.query_digest("changes", parameters.locale, parameters.type)
    after, snapshot_end = _position(parameters, digest)
    rows = PublishedDocument.objects.filter(seq__gt=after)
    if parameters.locale:
        rows = rows.filter(locale=parameters.locale)
    if parameters.type:
        rows = rows.filter(type=parameters.type)
    if snapshot_end is not None:
        # A document that changes while the snapshot is read moves behind its end, and comes with the delta.
        rows = rows.filter(seq__lte=snapshot_end, removal="")
    found = list(rows.order_by("seq")[: parameters.limit + 1])
    more = len(found) > parameters.limit
    found = found[: parameters.limit]
    if more:
        position = [found[-1].seq, snapshot_end]
    else:
        position = [snapshot_end if snapshot_end is not None else (found[-1].seq if found else after), None]
    following = cursors.encode([*position, int(timezone.now().timestamp())], digest)
    entries = ",".join(_entry(row, parameters.include) for row in found)
    body = f'{{"changes":[{entries}],"next_since":{compact(following)},"has_more":{compact(more)}}}'
    response = json_response(
        body, etag=etag_of("changes", request.GET.urlencode(), [row.seq for row in found], following)
    )
    response["Cache-Control"] = "no-cache"
    return response


def _position(parameters: ChangesParameters, digest: str) -> tuple[int, int | None]:
    if parameters.since is None:
        latest = PublishedDocument.objects.order_by("-seq").values_list("seq", flat=True).first()
        return 0, latest or 0
    after, snapshot_end, given_at = cursors.decode(parameters.since, digest)
    if timezone.now().timestamp() - given_at > TOMBSTONES_KEPT.total_seconds():
        detail = "Begin again with a snapshot: the address without `since`."
        raise Problem("cursor-expired", detail, extra={"snapshot_url": "/api/v1/changes"})
    return after, snapshot_end


def _entry(row: PublishedDocument, include: str) -> str:
    entry: dict[str, Any] = {
        "seq": row.seq,
        "op": "delete" if row.removal else "upsert",
        "content_id": str(row.content_id),
        "locale": row.locale,
        "type": row.type,
        "updated_at": timestamp(row.updated_at),
    }
    if row.removal:
        return compact({**entry, "reason": row.removal})
    entry["etag"] = row.digest
    if include == "none":
        return compact(entry)
    return compact(entry)[:-1] + ',"item":' + item_text(row, row.locale, include) + "}"
