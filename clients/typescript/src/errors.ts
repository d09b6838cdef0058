/** What can go wrong, as classes of errors. */

import type { Locale, ProblemDocument } from "./types.js";

/** Base of all errors of this package. */
export class ClientError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The API did not answer, or answered with an error of its own, as often as we tried. */
export class Unavailable extends ClientError {}

/** The API refused the request. `problem` is its answer (RFC 9457): `errors` names what to correct. */
export class ApiError extends ClientError {
  constructor(
    readonly status: number,
    readonly problem: Partial<ProblemDocument>,
  ) {
    super(`${status} ${problem.title ?? ""}: ${problem.detail ?? ""}`);
  }

  /** The last part of the problem's address, which never changes: invalid-parameter, translation-missing, … */
  get kind(): string {
    return this.problem.type?.split("/").pop() ?? "";
  }
}

/** A parameter is wrong; `problem.errors` says which. */
export class InvalidRequest extends ApiError {}

/** The API key is not valid. */
export class InvalidKey extends ApiError {}

/** No public content, or not in this language: then `availableLocales` names those that exist. */
export class NotFound extends ApiError {
  get availableLocales(): Locale[] {
    return this.problem.available_locales ?? [];
  }
}

/** There was content, and it is gone. */
export class Gone extends ApiError {}

/** The cursor is too old, unknown, or another query's: begin again with a snapshot. `Client.sync` does. */
export class CursorRefused extends ApiError {}

/** Too many requests, even after waiting as the API asked. */
export class RateLimited extends ApiError {}

const BY_STATUS: Record<number, typeof ApiError> = {
  400: InvalidRequest,
  401: InvalidKey,
  404: NotFound,
  410: Gone,
  429: RateLimited,
};
const CURSOR_KINDS = ["cursor-expired", "unknown-cursor", "cursor-of-another-query"];

/** The error for an answer. */
export function errorOf(status: number, problem: Partial<ProblemDocument>): ApiError {
  const error = new (BY_STATUS[status] ?? ApiError)(status, problem);
  return CURSOR_KINDS.includes(error.kind) ? new CursorRefused(status, problem) : error;
}
