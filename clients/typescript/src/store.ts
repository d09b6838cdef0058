/** Where a copy of the content is kept: in memory, in a folder (`folder-store`), or in a store of your own. */

import type { Item, Locale } from "./types.js";

export interface Key {
  contentId: string;
  locale: Locale;
}

/** One content in one language as the API gave it. */
export interface Entry extends Key {
  etag: string;
  item: Item;
}

/** How far a copy has come. `scope`: what it is a copy of; `complete`: whether it has ever been the whole. */
export interface Position {
  scope: string;
  cursor: string | null;
  complete: boolean;
}

/**
 * What `Client.sync` asks of a store. Each method is one transaction: a crash leaves all of it or nothing, or can be
 * repeated from the position that is left.
 */
export interface Store {
  /** What the last `startOver`, `apply` or `complete` left; null: a new store. */
  position(): Promise<Position | null> | Position | null;
  /** Mark every entry as not seen, and the position as (scope, null, false). Nothing is removed yet. */
  startOver(scope: string): Promise<void> | void;
  /** Put the entries, as seen; remove the keys, also unknown ones; remember the cursor. */
  apply(upserts: Entry[], removed: Key[], cursor: string): Promise<void> | void;
  /** Remove every entry that has not been seen since `startOver`; how many. The copy is the whole now. */
  complete(): Promise<number> | number;
}

/** A key as one string, for maps and names of files. */
export function nameOf(key: Key): string {
  return `${key.contentId}.${key.locale}`;
}

/** A copy in memory, gone with the process. */
export class MemoryStore implements Store {
  readonly entries = new Map<string, Entry>();
  #unseen = new Set<string>();
  #position: Position | null = null;

  position(): Position | null {
    return this.#position;
  }

  startOver(scope: string): void {
    this.#unseen = new Set(this.entries.keys());
    this.#position = { scope, cursor: null, complete: false };
  }

  apply(upserts: Entry[], removed: Key[], cursor: string): void {
    for (const entry of upserts) {
      this.entries.set(nameOf(entry), entry);
      this.#unseen.delete(nameOf(entry));
    }
    for (const key of removed) {
      this.entries.delete(nameOf(key));
      this.#unseen.delete(nameOf(key));
    }
    this.#position = { ...this.#begun(), cursor };
  }

  complete(): number {
    this.#position = { ...this.#begun(), complete: true };
    const count = this.#unseen.size;
    for (const name of this.#unseen) this.entries.delete(name);
    this.#unseen.clear();
    return count;
  }

  #begun(): Position {
    if (!this.#position) throw new Error("startOver comes first");
    return this.#position;
  }
}
