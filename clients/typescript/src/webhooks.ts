/** Checking that a webhook comes from the site, unchanged and not long ago (Standard Webhooks 1.0). */

import { ClientError } from "./errors.js";
import type { WebhookEvent } from "./types.js";

/** Seconds between the sender's clock and ours, in either direction. */
export const TOLERANCE = 300;

/** Answer 400 and do nothing: it is not from the site, or too old. */
export class WebhookRefused extends ClientError {}

/** `id` is the same when a webhook is delivered again: who remembers it handles each only once. */
export interface Webhook {
  id: string;
  timestamp: number;
  payload: WebhookEvent;
}

type GivenHeaders = Headers | Record<string, string | string[] | undefined>;

/**
 * The webhook, if one of our secrets signed it. Throws WebhookRefused.
 *
 * @param body the body as it came, not parsed and written again
 * @param headers webhook-id, webhook-timestamp, webhook-signature; names in any case
 * @param secrets whsec_…; while a secret is changed, the old one and the new one
 */
export async function verifyWebhook(
  body: string | Uint8Array,
  headers: GivenHeaders,
  secrets: string | Iterable<string>,
  options: { now?: number; tolerance?: number } = {},
): Promise<Webhook> {
  const given = lowered(headers);
  const [id, sent, signatures] = ["id", "timestamp", "signature"].map((name) => {
    const value = given.get(`webhook-${name}`);
    if (value === undefined) throw new WebhookRefused(`The header webhook-${name} is missing.`);
    return value;
  }) as [string, string, string];
  if (!/^[0-9]{1,11}$/.test(sent)) throw new WebhookRefused("webhook-timestamp is not a number of seconds.");
  if (Math.abs((options.now ?? Date.now() / 1000) - Number(sent)) > (options.tolerance ?? TOLERANCE)) {
    throw new WebhookRefused("It was sent too long ago, or one of the clocks is wrong.");
  }
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  if (!(await isSigned(joined(`${id}.${sent}.`, bytes), signatures, secrets))) {
    throw new WebhookRefused("No signature fits our secrets.");
  }
  return { id, timestamp: Number(sent), payload: payloadOf(bytes) };
}

/** Every pair is compared, in constant time: how long it takes says nothing about what would fit. */
async function isSigned(content: Bytes, signatures: string, secrets: string | Iterable<string>): Promise<boolean> {
  const { subtle } = await webCrypto();
  const offered = signatures.split(" ").flatMap((part) => (part.startsWith("v1,") ? (decoded(part.slice(3)) ?? []) : []));
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  let fits = false;
  for (const secret of typeof secrets === "string" ? [secrets] : secrets) {
    const key = await subtle.importKey("raw", keyOf(secret), algorithm, false, ["verify"]);
    for (const signature of offered) {
      if (await subtle.verify("HMAC", key, signature, content)) fits = true;
    }
  }
  return fits;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Node 18 has WebCrypto as a module only. The name is no literal, so that bundlers for browsers pass it over. */
async function webCrypto(): Promise<Crypto> {
  const module = "node:crypto";
  return globalThis.crypto ?? ((await import(module)) as { webcrypto: Crypto }).webcrypto;
}

function lowered(headers: GivenHeaders): Map<string, string> {
  const pairs = headers instanceof Headers ? [...headers] : Object.entries(headers);
  return new Map(pairs.flatMap(([name, value]) => (typeof value === "string" ? [[name.toLowerCase(), value]] : [])));
}

function joined(head: string, body: Uint8Array): Bytes {
  const bytes = new TextEncoder().encode(head);
  const whole = new Uint8Array(bytes.length + body.length);
  whole.set(bytes);
  whole.set(body, bytes.length);
  return whole;
}

function keyOf(secret: string): Bytes {
  const key = decoded(secret.replace(/^whsec_/, ""));
  if (!key) throw new TypeError("A secret is whsec_ and Base64.");
  if (key.length === 0) throw new TypeError("A secret is not empty.");
  return key;
}

function decoded(text: string): Bytes | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

function payloadOf(body: Uint8Array): WebhookEvent {
  let payload: unknown;
  try {
    payload = JSON.parse(new TextDecoder().decode(body));
  } catch {
    throw new WebhookRefused("The body is not JSON.");
  }
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) {
    throw new WebhookRefused("The body is not a JSON object.");
  }
  return payload as WebhookEvent;
}
