/** A copy in a folder, for Node: a file for each content and language, and the position. For one process at a time. */

import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { nameOf, type Entry, type Key, type Position, type Store } from "./store.js";

interface StoredEntry extends Entry {
  /** The number of the snapshot since which it has been seen. */
  snapshot: number;
}

interface StoredPosition extends Position {
  snapshot: number;
}

const POSITION = "position.json";
const ITEMS = "items";

/**
 * The position is written after what it tells of, so what a crash leaves undone is done again from the same cursor.
 */
export class FolderStore implements Store {
  constructor(private readonly folder: string) {}

  async position(): Promise<StoredPosition | null> {
    return this.#read<StoredPosition>(POSITION);
  }

  async startOver(scope: string): Promise<void> {
    const snapshot = ((await this.position())?.snapshot ?? 0) + 1;
    await mkdir(join(this.folder, ITEMS), { recursive: true });
    await this.#write(POSITION, { scope, cursor: null, complete: false, snapshot });
  }

  async apply(upserts: Entry[], removed: Key[], cursor: string): Promise<void> {
    const position = await this.#begun();
    for (const entry of upserts) await this.#write(pathOf(entry), { ...entry, snapshot: position.snapshot });
    for (const key of removed) await rm(join(this.folder, pathOf(key)), { force: true });
    if (cursor !== position.cursor) await this.#write(POSITION, { ...position, cursor });
  }

  async complete(): Promise<number> {
    const position = await this.#begun();
    let count = 0;
    for await (const entry of this.#stored()) {
      if (entry.snapshot === position.snapshot) continue;
      await rm(join(this.folder, pathOf(entry)));
      count++;
    }
    await this.#write(POSITION, { ...position, complete: true });
    return count;
  }

  /** Everything in the copy, in no order that means anything. */
  async *entries(): AsyncGenerator<Entry> {
    for await (const { snapshot: _, ...entry } of this.#stored()) yield entry;
  }

  async get(key: Key): Promise<Entry | null> {
    return this.#read<Entry>(pathOf(key));
  }

  async *#stored(): AsyncGenerator<StoredEntry> {
    for (const name of await readdir(join(this.folder, ITEMS))) {
      const entry = name.endsWith(".json") ? await this.#read<StoredEntry>(join(ITEMS, name)) : null;
      if (entry) yield entry;
    }
  }

  async #begun(): Promise<StoredPosition> {
    const position = await this.position();
    if (!position) throw new Error("startOver comes first");
    return position;
  }

  async #read<T>(path: string): Promise<T | null> {
    try {
      return JSON.parse(await readFile(join(this.folder, path), "utf-8")) as T;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  }

  /** Whole or not at all: written beside and then renamed. */
  async #write(path: string, value: unknown): Promise<void> {
    const target = join(this.folder, path);
    await writeFile(`${target}.new`, JSON.stringify(value));
    await rename(`${target}.new`, target);
  }
}

function pathOf(key: Key): string {
  const name = nameOf(key);
  // It becomes the name of a file, whatever the server sends.
  if (!/^[0-9A-Za-z-]+\.[a-z]{2}$/.test(name)) throw new Error(`No content and language: ${name}`);
  return join(ITEMS, `${name}.json`);
}
