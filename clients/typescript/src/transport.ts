/** HTTP: one GET that waits and tries again, asks only for what is new, and answers with text or an error. */

import type { Cache } from "./cache.js";
import { ClientError, Unavailable, errorOf, type ApiError } from "./errors.js";
import type { ProblemDocument } from "./types.js";

const TRY_AGAIN = [429, 500, 502, 503, 504];

/**
 * How often to try, how long to wait for an answer (`timeout`) and between attempts, in milliseconds.
 *
 * Waits double from `firstWait` on, by chance a little shorter so that many clients do not come back together. Where
 * the API says how long (Retry-After), that is waited; if it is longer than `longestWait`, nothing is.
 */
export interface Retry {
  attempts: number;
  firstWait: number;
  longestWait: number;
  timeout: number;
  sleep(milliseconds: number): Promise<void>;
}

export const RETRY: Retry = {
  attempts: 5,
  firstWait: 500,
  longestWait: 90_000,
  timeout: 30_000,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

interface Answer {
  status: number;
  headers: Headers;
  body: string;
}

export type Fetch = typeof globalThis.fetch;

/** Requests to addresses that begin with http:// or https://. */
export class Transport {
  constructor(
    private readonly headers: Record<string, string>,
    private readonly cache: Cache | null,
    private readonly retry: Retry,
    private readonly fetch: Fetch,
  ) {}

  /** The JSON at an address. Throws ApiError where the API refuses, Unavailable where it does not answer. */
  async get(address: string, options: { cached?: boolean } = {}): Promise<unknown> {
    return read(await this.text(address, options), address);
  }

  /** What is at an address, as text. */
  async text(address: string, options: { cached?: boolean; accept?: string } = {}): Promise<string> {
    const cache = options.cached === false ? null : this.cache;
    const known = await cache?.get(address);
    const headers: Record<string, string> = { Accept: options.accept ?? "application/json", ...this.headers };
    if (known) headers["If-None-Match"] = known.etag;
    const answer = await this.persistently(address, headers);
    if (answer.status === 304 && known) return known.body;
    if (answer.status !== 200) throw refusal(answer, address);
    const etag = answer.headers.get("ETag");
    if (cache && etag) await cache.put(address, { etag, body: answer.body });
    return answer.body;
  }

  private async persistently(address: string, headers: Record<string, string>): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      let answer: Answer | undefined;
      let lost: unknown;
      try {
        answer = await this.once(address, headers);
        if (!TRY_AGAIN.includes(answer.status)) return answer;
      } catch (error) {
        lost = error;
      }
      const wait = this.wait(attempt, answer);
      if (wait === null) {
        if (answer?.status === 429) return answer;
        const why = answer ? `answered ${answer.status}` : String(lost);
        throw new Unavailable(`${address}: ${why} (${attempt} of ${this.retry.attempts} attempts)`, { cause: lost });
      }
      await this.retry.sleep(wait);
    }
  }

  /** Milliseconds until the next attempt; null: give up. */
  private wait(attempt: number, answer: Answer | undefined): number | null {
    if (attempt >= this.retry.attempts) return null;
    const asked = retryAfter(answer?.headers.get("Retry-After"));
    if (asked !== null) return asked <= this.retry.longestWait ? asked : null;
    const longest = Math.min(this.retry.longestWait, this.retry.firstWait * 2 ** (attempt - 1));
    return longest * (0.5 + Math.random() / 2);
  }

  private async once(address: string, headers: Record<string, string>): Promise<Answer> {
    // The API never redirects; following would carry the key elsewhere.
    const signal = AbortSignal.timeout(this.retry.timeout);
    const response = await this.fetch(address, { headers, redirect: "manual", credentials: "omit", signal });
    // What a browser tells of a redirect that it does not follow.
    const status = response.type === "opaqueredirect" ? 302 : response.status;
    return { status, headers: response.headers, body: await response.text() };
  }
}

/** The milliseconds that a Retry-After header asks for, given as seconds or as a date. */
export function retryAfter(value: string | null | undefined): number | null {
  if (!value) return null;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const moment = Date.parse(value);
  return Number.isNaN(moment) ? null : Math.max(0, moment - Date.now());
}

function read(body: string, address: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new ClientError(`${address} answers, but not with JSON: is it the address of the site?`, { cause });
  }
}

function refusal(answer: Answer, address: string): ClientError | ApiError {
  if (answer.status >= 300 && answer.status < 400) {
    const target = answer.headers.get("Location") ?? "another address";
    return new ClientError(`${address} redirects to ${target}: use that site's address.`);
  }
  let problem: unknown;
  try {
    problem = JSON.parse(answer.body);
  } catch {
    problem = null;
  }
  const isProblem = typeof problem === "object" && problem !== null && !Array.isArray(problem);
  return errorOf(answer.status, isProblem ? (problem as Partial<ProblemDocument>) : {});
}
