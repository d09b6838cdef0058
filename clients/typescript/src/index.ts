/** A client of the content API: read, mirror and stay in sync. Begin with `Client`; the README shows how. */

export * from "./types.js";
export { MemoryCache, type Cache, type CachedAnswer } from "./cache.js";
export { Client, type ClientOptions, type FeedName, type Narrowing } from "./client.js";
export {
  ApiError,
  ClientError,
  CursorRefused,
  Gone,
  InvalidKey,
  InvalidRequest,
  NotFound,
  RateLimited,
  Unavailable,
} from "./errors.js";
export { MemoryStore, nameOf, type Entry, type Key, type Position, type Store } from "./store.js";
export { type SyncResult } from "./sync.js";
export { type Retry } from "./transport.js";
export { TOLERANCE, WebhookRefused, verifyWebhook, type Webhook } from "./webhooks.js";
