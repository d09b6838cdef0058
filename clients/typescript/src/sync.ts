/** Keeping a copy exact: a snapshot once, then what changed, and everything anew where the cursor has become too old. */

import { ClientError, CursorRefused } from "./errors.js";
import type { Entry, Key, Position, Store } from "./store.js";
import type { Changes, Delete, Item, Upsert } from "./types.js";

export type FetchChanges = (cursor: string | null) => Promise<Changes>;

// One is usual after a long pause. More in one sync means that the API refuses the cursors that it has just given.
const MOST_RESTARTS = 3;

/** What a sync did. `startedOver`: the whole content was read, and what is no longer there was removed. */
export interface SyncResult {
  upserted: number;
  removed: number;
  startedOver: boolean;
}

/**
 * Bring `store` up to date. It may be interrupted anywhere: the next one goes on from the last page applied.
 *
 * Why the copy is exact: every content and language has one latest change, at its `seq`, and a page of changes holds
 * those after a `seq`, in order. Whatever changes while we read moves behind what we have read. So when nothing
 * follows, each one has been seen in its latest state. After starting over, what has not been seen by then was removed
 * so long ago that even its tombstone is gone.
 */
export async function sync(fetch: FetchChanges, store: Store, scope: string): Promise<SyncResult> {
  const stored = await store.position();
  let position = stored?.scope === scope ? stored : await startOver(store, scope);
  const result: SyncResult = { upserted: 0, removed: 0, startedOver: !position.complete };
  let restarts = 0;
  let ends = 0;
  // The end of a snapshot looks like the end of a delta: only the second end is surely that of a delta.
  while (ends < (position.complete ? 1 : 2)) {
    let page: Changes;
    try {
      page = await fetch(position.cursor);
    } catch (error) {
      restarts++;
      if (!(error instanceof CursorRefused) || position.cursor === null || restarts > MOST_RESTARTS) throw error;
      position = await startOver(store, scope);
      result.startedOver = true;
      ends = 0;
      continue;
    }
    await apply(page, position, store, result);
    position = { ...position, cursor: page.next_since };
    if (!page.has_more) ends++;
  }
  if (!position.complete) result.removed += await store.complete();
  return result;
}

async function apply(page: Changes, position: Position, store: Store, result: SyncResult): Promise<void> {
  if (page.has_more && page.next_since === position.cursor) {
    throw new ClientError("The API says that more follows, and gives the same cursor again.");
  }
  const upserts: Entry[] = [];
  const removed: Key[] = [];
  for (const change of page.changes) {
    if (change.op === "upsert") upserts.push(entryOf(change));
    else removed.push(keyOf(change));
  }
  await store.apply(upserts, removed, page.next_since);
  result.upserted += upserts.length;
  result.removed += removed.length;
}

async function startOver(store: Store, scope: string): Promise<Position> {
  await store.startOver(scope);
  return { scope, cursor: null, complete: false };
}

function keyOf(change: Upsert | Delete): Key {
  return { contentId: change.content_id, locale: change.locale };
}

function entryOf(change: Upsert): Entry {
  return { ...keyOf(change), etag: change.etag, item: change.item as Item };
}
