"""Which writes to the database change nothing that a kept page shows. Every other write moves the generation, so a new
table does until it is named here; a test reads every kept page and finds what is named wrongly.
"""

from __future__ import annotations

import re
from functools import cache

from django.apps import apps

# Tables that no kept page reads, by app.
UNREAD = {
    "accounts": ("user", "user_groups", "user_user_permissions"),
    "api": ("apikey", "previewlink"),
    "auth": ("group", "group_permissions", "permission"),
    "caching": ("generation",),
    "core": ("attemptcount", "ratecount", "ratesalt"),
    "django": ("migrations", "session"),
    "mailing": ("outgoingmessage",),
    "press": (
        "cannedreply", "inquiry", "inquiry_releases", "inquirycoverage", "inquirydraft", "inquiryevent",
        "inquirymessage", "inquirynote", "inquirypause", "inquiryreading", "officernotices", "releaseannouncement",
        "routingrule", "savedfilter", "sentnotice", "subscription", "subscription_topics",
    ),
    "publishing": (
        "largechange", "missedpublication", "opening", "waitingcontent", "webhookattempt", "webhookdelivery",
        "webhooksubscription",
    ),
    # Results of a search are not kept, so what engines find them by does not matter here.
    "search": ("embeddedentry", "embeddedword", "indexposition", "searchcount"),
    "second_factor": ("authenticatorapp", "passkey", "recoverycode", "recoverycodes"),
    "wagtail_localize": (
        "localesynchronization", "overridablesegment", "relatedobjectsegment", "segmentoverride", "string",
        "stringsegment", "stringtranslation", "template", "templatesegment", "translatableobject", "translation",
        "translationcontext", "translationlog", "translationsource",
    ),
    "wagtailadmin": ("admin", "editingsession", "formstate"),
    "wagtailcore": (
        "apitoken", "comment", "commentreply", "groupapprovaltask", "groupapprovaltask_groups",
        "groupcollectionpermission", "grouppagepermission", "groupsitepermission", "modellogentry", "pagelogentry",
        "pagesubscription", "referenceindex", "revision", "task", "taskstate", "uploadedfile", "workflow",
        "workflowcontenttype", "workflowpage", "workflowstate", "workflowtask",
    ),
    "wagtailsearch": ("indexentry", "indexentry_fts"),
    "wagtailusers": ("userprofile",),
}  # fmt: skip
# Renditions, which are made while a page is first shown: the picture that they are made from says what they are.
MADE_WHILE_SHOWN = frozenset({"core_contentrendition", "wagtailimages_rendition"})
IGNORED = MADE_WHILE_SHOWN | {f"{app}_{name}" for app, names in UNREAD.items() for name in names}

# Columns of a page that say how work on its next version stands.
_PAGES = "wagtailcore_page"
DRAFT_COLUMNS = frozenset(
    {
        "draft_title", "go_live_at", "has_unpublished_changes", "latest_revision_created_at", "latest_revision_id",
        "locked", "locked_at", "locked_by_id", "numchild", "owner_id",
    }
)  # fmt: skip

_FIRST_WORDS = ("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "TRUNCATE", "COPY", "WITH")
_WRITE = re.compile(r'\b(INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+"?(\w+)"?', re.IGNORECASE)
_SET = re.compile(r"\bSET\s+(.*?)(?:\s+WHERE\b|$)", re.IGNORECASE | re.DOTALL)
_COLUMN = re.compile(r'"?(\w+)"?\s*=')


def changes_public_pages(sql: str) -> bool:
    """Return whether a statement may change what a public page shows."""
    statement = sql.lstrip(" \n\t(")
    if not statement[:8].upper().startswith(_FIRST_WORDS):
        return False
    writes = _WRITE.findall(statement)
    if statement[:4].upper() == "WITH":
        return any(table not in IGNORED for _kind, table in writes)
    if not writes:
        return True
    kind, table = writes[0]
    if table in IGNORED:
        return False
    if kind.upper() == "UPDATE" and table == _PAGES:
        return not _columns_set(statement) <= DRAFT_COLUMNS
    return not (kind.upper().startswith("INSERT") and table in _tables_of_pages())


def _columns_set(statement: str) -> set[str]:
    found = _SET.search(statement)
    return set(_COLUMN.findall(found[1])) if found else {"unknown"}


@cache
def _tables_of_pages() -> frozenset[str]:
    """Return the tables of the page types: a page that is inserted live is seen by `live_pages`."""
    from wagtail.models import Page

    return frozenset(model._meta.db_table for model in apps.get_models() if issubclass(model, Page))
