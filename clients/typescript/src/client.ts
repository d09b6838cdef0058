/** The client: one method for each thing that the API answers. */

import { MemoryCache, type Cache } from "./cache.js";
import { addressOf, type Query } from "./queries.js";
import type { Store } from "./store.js";
import { sync, type SyncResult } from "./sync.js";
import { RETRY, Transport, type Fetch, type Retry } from "./transport.js";
import type {
  Card, Changes, FoundContent, Item, ItemList, JsonFeed, JsonLd, Lookup, Navigation, Operations, Resolution, SearchList,
  Service, Suggestion, Suggestions, Term, Translations, Vocabulary,
} from "./types.js";

export const VERSION = "1.0.0";
const WHOLE_PAGE = 100;
// Of a batch, so that its address stays short.
const MOST_IDS = 50;

type QueryOf<Name extends keyof Operations> = Operations[Name]["query"];
type ListQuery = QueryOf<"GET /items">;
type ChangesQuery = QueryOf<"GET /changes">;
/** A list from its beginning to its end: what decides on its pages is not for you to give. */
type WholeList = Omit<ListQuery, "view" | "cursor" | "fields" | "format" | "ids">;

export type FeedName = "news" | "press-releases" | "publications";
/** What a copy may be narrowed to, with the values of lists: country: "EGY,JOR", topic: "-health". */
export type Narrowing = Pick<ChangesQuery, "locale" | "type" | "country" | "topic" | "programme" | "role">;

export interface ClientOptions {
  /** An API key, if you have one: it raises the number of requests allowed, and shows nothing more. Not in browsers. */
  key?: string;
  /** Who you are, for the site's log: your site's name or address. Browsers send their own. */
  name?: string;
  /** Where answers are kept with their ETag; in memory if not given, null for nowhere. */
  cache?: Cache | null;
  /** How long to wait for an answer, and how often to try again. */
  retry?: Partial<Retry>;
  /** What to use in place of the global `fetch`. */
  fetch?: Fetch;
}

/** A client of the content API of one site. `site`: its address, https://www.example.org. */
export class Client {
  readonly #base: string;
  readonly #transport: Transport;

  constructor(site: string, options: ClientOptions = {}) {
    if (!/^https?:\/\/[^/]/.test(site)) {
      throw new TypeError(`The address of a site begins with https://, not "${site}"`);
    }
    const { origin, pathname } = new URL(site);
    this.#base = `${origin}${pathname.replace(/\/+$/, "")}/api/v1`;
    const headers: Record<string, string> = {};
    // A browser sends its own, and would first have to ask for leave to send another.
    if (!("document" in globalThis)) {
      headers["User-Agent"] = `mena-content-js/${VERSION}` + (options.name ? ` (${options.name})` : "");
    }
    if (options.key) headers.Authorization = `Bearer ${options.key}`;
    const cache = options.cache === undefined ? new MemoryCache() : options.cache;
    const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
    this.#transport = new Transport(headers, cache, { ...RETRY, ...options.retry }, fetch);
  }

  /** What the API is: languages, types, limits, terms of use, links, deprecations. */
  async service(): Promise<Service> {
    return (await this.#get("/")) as Service;
  }

  /** One page of a list, with its total and facets. */
  async listItems(query: ListQuery = {}): Promise<ItemList> {
    return (await this.#get("/items", query)) as ItemList;
  }

  /** All contents that fit, page after page, as cards. */
  iterateCards(query: WholeList = {}): AsyncGenerator<Card> {
    return this.#iterate({ ...query, view: "card" }) as AsyncGenerator<Card>;
  }

  /** The same with everything: body, files, authors, contacts. */
  iterateItems(query: WholeList = {}): AsyncGenerator<Item> {
    return this.#iterate({ ...query, view: "full" }) as AsyncGenerator<Item>;
  }

  /** These contents in one language, in this order; those that are not there are left out. */
  async *itemsById(contentIds: Iterable<string>, query: Pick<ListQuery, "locale"> = {}): AsyncGenerator<Item> {
    const ids = [...contentIds];
    for (let start = 0; start < ids.length; start += MOST_IDS) {
      const batch = ids.slice(start, start + MOST_IDS).join(",");
      yield* (await this.listItems({ ...query, ids: batch, view: "full" })).items as Item[];
    }
  }

  /** One page of what fits the words `q`, the best first. */
  async search(query: QueryOf<"GET /search">): Promise<SearchList> {
    return (await this.#get("/search", query)) as SearchList;
  }

  /** Contents whose titles have words that begin as those typed do, for a search field. */
  async suggest(query: QueryOf<"GET /suggest">): Promise<Suggestion[]> {
    return ((await this.#get("/suggest", query)) as Suggestions).items;
  }

  /** One content in one language. Throws NotFound; its `availableLocales` are the languages that exist. */
  async item(contentId: string, query: QueryOf<"GET /items/{content_id}"> = {}): Promise<Item> {
    return (await this.#get(`/items/${encodeURIComponent(contentId)}`, query)) as Item;
  }

  /** One content in every language that it has. */
  async translations(contentId: string): Promise<Item[]> {
    return ((await this.#get(`/items/${encodeURIComponent(contentId)}/translations`)) as Translations).items;
  }

  /** One content as schema.org describes it, for the head of a page. */
  async jsonLd(contentId: string, query: QueryOf<"GET /items/{content_id}.jsonld"> = {}): Promise<JsonLd> {
    const address = addressOf(`${this.#base}/items/${encodeURIComponent(contentId)}.jsonld`, query);
    return JSON.parse(await this.#transport.text(address, { accept: "application/ld+json" })) as JsonLd;
  }

  /** The content at an address or path of the site. Throws NotFound, or Gone where there was one. */
  async resolve(url: string): Promise<Resolution> {
    return (await this.#get("/resolve", { url })) as Resolution;
  }

  /** The contents with a DOI, an ISBN or a slug, in every language. Throws NotFound where there is none. */
  async lookup(query: QueryOf<"GET /lookup">): Promise<FoundContent[]> {
    return ((await this.#get("/lookup", query)) as Lookup).items;
  }

  topics(): Promise<Term[]> {
    return this.#vocabulary("topics");
  }

  countries(): Promise<Term[]> {
    return this.#vocabulary("countries");
  }

  contentTypes(): Promise<Term[]> {
    return this.#vocabulary("types");
  }

  /** The tree of public pages of a language. */
  async navigation(query: QueryOf<"GET /navigation"> = {}): Promise<Navigation> {
    return (await this.#get("/navigation", query)) as Navigation;
  }

  /** The newest of a type in one language, as JSON Feed 1.1. */
  async feed(name: FeedName, query: QueryOf<"GET /feeds/news.json"> = {}): Promise<JsonFeed> {
    const address = addressOf(`${this.#base}/feeds/${name}.json`, query);
    return JSON.parse(await this.#transport.text(address, { accept: "application/feed+json" })) as JsonFeed;
  }

  /** A draft as it was when an editor gave you the link. */
  async preview(token: string): Promise<Item> {
    const address = `${this.#base}/preview/${encodeURIComponent(token)}`;
    return (await this.#transport.get(address, { cached: false })) as Item;
  }

  /** One page of changes. Throws CursorRefused where `since` is too old. */
  async changes(query: ChangesQuery = {}): Promise<Changes> {
    return (await this.#transport.get(addressOf(`${this.#base}/changes`, query), { cached: false })) as Changes;
  }

  /**
   * Pages of changes until nothing follows: everything without `since`, otherwise what is new. To resume, give the
   * `next_since` of the last page that you have stored. Throws CursorRefused: then begin again without `since`.
   */
  async *iterateChanges(query: ChangesQuery = {}): AsyncGenerator<Changes> {
    let since = query.since;
    // Where a snapshot ends, what changed meanwhile follows.
    for (let ends = since ? 1 : 2; ends > 0; ) {
      const page: Changes = await this.changes({ limit: WHOLE_PAGE, ...query, ...(since ? { since } : {}) });
      yield page;
      since = page.next_since;
      if (!page.has_more) ends--;
    }
  }

  /** Make `store` hold exactly what the public may see now, all or a part of it. */
  async sync(store: Store, options: Narrowing & { pageSize?: number } = {}): Promise<SyncResult> {
    const { pageSize, ...narrowing } = options;
    const query: ChangesQuery = { ...narrowing, include: "full", limit: pageSize ?? WHOLE_PAGE };
    return sync(
      (cursor) => this.changes(cursor ? { ...query, since: cursor } : query),
      store,
      addressOf(this.#base, narrowing),
    );
  }

  async #vocabulary(name: string): Promise<Term[]> {
    return ((await this.#get(`/vocabularies/${name}`)) as Vocabulary).terms;
  }

  async *#iterate(query: ListQuery): AsyncGenerator<Card | Item> {
    let page = await this.listItems({ limit: WHOLE_PAGE, ...query });
    for (;;) {
      yield* page.items as Array<Card | Item>;
      if (!page.links.next) return;
      // Only its query: the request, and the key with it, goes to the site that was given to us.
      page = (await this.#transport.get(`${this.#base}/items${new URL(page.links.next).search}`)) as ItemList;
    }
  }

  #get(path: string, query: Query = {}): Promise<unknown> {
    return this.#transport.get(addressOf(this.#base + path, query));
  }
}
