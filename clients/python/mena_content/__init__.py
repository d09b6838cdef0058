"""A client of the content API that reads, mirrors and stays in sync. Begin with `Client`; the README shows how."""

from . import types
from .cache import Cache, MemoryCache
from .client import Client
from .errors import (
    ApiError,
    ClientError,
    CursorRefused,
    DamagedFile,
    Gone,
    InvalidKey,
    InvalidRequest,
    NotFound,
    RateLimited,
    Unavailable,
)
from .store import Entry, MemoryStore, Position, SqliteStore, Store
from .sync import SyncResult
from .transport import Retry
from .webhooks import Webhook, WebhookRefused, verify_webhook

__all__ = [
    "ApiError",
    "Cache",
    "Client",
    "ClientError",
    "CursorRefused",
    "DamagedFile",
    "Entry",
    "Gone",
    "InvalidKey",
    "InvalidRequest",
    "MemoryCache",
    "MemoryStore",
    "NotFound",
    "Position",
    "RateLimited",
    "Retry",
    "SqliteStore",
    "Store",
    "SyncResult",
    "Unavailable",
    "Webhook",
    "WebhookRefused",
    "types",
    "verify_webhook",
]
