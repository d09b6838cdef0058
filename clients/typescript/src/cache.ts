/** Answers kept with their ETag, so that what has not changed is not sent again. */

export interface CachedAnswer {
  etag: string;
  body: string;
}

/** Where answers are kept, by address. A cache of your own may keep them elsewhere. */
export interface Cache {
  get(address: string): CachedAnswer | undefined | Promise<CachedAnswer | undefined>;
  put(address: string, answer: CachedAnswer): void | Promise<void>;
}

/** The answers used last, at most `size` of them. */
export class MemoryCache implements Cache {
  readonly #answers = new Map<string, CachedAnswer>();

  constructor(private readonly size = 500) {}

  get(address: string): CachedAnswer | undefined {
    const answer = this.#answers.get(address);
    if (answer) this.put(address, answer);
    return answer;
  }

  put(address: string, answer: CachedAnswer): void {
    this.#answers.delete(address);
    this.#answers.set(address, answer);
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= this.size) break;
      this.#answers.delete(oldest);
    }
  }
}
