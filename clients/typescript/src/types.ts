/** The types of the content API, made from its OpenAPI document by `make clients`. Do not edit. */

export type Block = ParagraphBlock | HeadingBlock | ImageBlock | QuoteBlock | KeyFiguresBlock | TableBlock | DocumentsBlock | CallToActionBlock | RelatedPagesBlock | EmbedBlock | NoticeBlock;

export type Card = PageCard | ProgrammeCard | NewsCard | PressReleaseCard | PublicationCard | EventCard;

export type ContentType = "news" | "press_release" | "publication" | "event" | "programme" | "page";

export type Item = PageItem | ProgrammeItem | NewsItem | PressReleaseItem | PublicationItem | EventItem;

export type Locale = "ar" | "en" | "fr";

export interface Alternate {
  locale: Locale;
  title: string;
  html_url: string;
  api_url: string;
  content_updated_at: string | null;
}

export interface Author {
  name: string;
  orcid: string | null;
}

export interface CallToActionBlock {
  id: string;
  type: "call_to_action";
  text: string;
  label: string;
  url: string | null;
  page: LinkedContent | null;
}

export interface Changes {
  changes: Array<Upsert | Delete>;
  next_since: string;
  has_more: boolean;
}

export interface Contact {
  name: string;
  role: string | null;
  email: string | null;
  phone: string | null;
}

export interface Correction {
  date: string;
  text: string;
}

/** A tombstone: a content that the public may no longer see, or that is not selected, and why. */
export interface Delete {
  seq: number;
  op: "delete";
  content_id: string;
  locale: Locale;
  type: ContentType;
  updated_at: string;
  /** `not_selected`: it is public, but not what the filters of this request select (any more). */
  reason: "unpublished" | "deleted" | "restricted" | "expired" | "not_selected";
}

export interface DocumentsBlock {
  id: string;
  type: "documents";
  title: string;
  documents: Array<File>;
}

export interface EmbedBlock {
  id: string;
  type: "embed";
  url: string;
  title: string;
  description: string;
}

/** `…_on`: days by the clocks of `time_zone`. `…_at`: the same as moments, where an hour is known. `date`: the day that readers look for, the start of an event or the deadline of a call. `place`, `organizer`: in the language of the item; no organizer: the office itself. `spoken_languages`: that it is held in (BCP 47). */
export interface EventCard {
  content_id: string;
  /** What it is for: `content` to read; `home`; `index`, a list or section of contents; `tool`, a search or a form; `legal`, about the use of the site. */
  role: "home" | "index" | "tool" | "legal" | "content";
  locale: Locale;
  dir: "rtl" | "ltr";
  requested_locale: Locale;
  is_fallback: boolean;
  seq: number;
  updated_at: string;
  title: string;
  summary_text: string;
  slug: string;
  html_url: string;
  api_url: string;
  alternates: Array<Alternate>;
  x_default: string | null;
  source_locale: Locale;
  translation_status: "source" | "current" | "outdated";
  published_at: string | null;
  content_updated_at: string | null;
  lead_image: Image | null;
  countries: Array<Label>;
  topics: Array<Label>;
  rights: Rights;
  type: "event";
  kind: "event" | "vacancy" | "tender" | "consultation";
  date: string;
  starts_on: string | null;
  starts_at: string | null;
  ends_on: string | null;
  ends_at: string | null;
  deadline_on: string | null;
  deadline_at: string | null;
  time_zone: string;
  place: string | null;
  online_url: string | null;
  spoken_languages: Array<string>;
  organizer: string | null;
}

/** `how_to_apply`: plain text, a line a step. `calendar_url`: the same as an iCalendar file (RFC 5545). */
export interface EventItem {
  content_id: string;
  /** What it is for: `content` to read; `home`; `index`, a list or section of contents; `tool`, a search or a form; `legal`, about the use of the site. */
  role: "home" | "index" | "tool" | "legal" | "content";
  locale: Locale;
  dir: "rtl" | "ltr";
  requested_locale: Locale;
  is_fallback: boolean;
  seq: number;
  updated_at: string;
  title: string;
  summary_text: string;
  slug: string;
  html_url: string;
  api_url: string;
  alternates: Array<Alternate>;
  x_default: string | null;
  source_locale: Locale;
  translation_status: "source" | "current" | "outdated";
  published_at: string | null;
  content_updated_at: string | null;
  lead_image: Image | null;
  countries: Array<Label>;
  topics: Array<Label>;
  rights: Rights;
  type: "event";
  kind: "event" | "vacancy" | "tender" | "consultation";
  date: string;
  starts_on: string | null;
  starts_at: string | null;
  ends_on: string | null;
  ends_at: string | null;
  deadline_on: string | null;
  deadline_at: string | null;
  time_zone: string;
  place: string | null;
  online_url: string | null;
  spoken_languages: Array<string>;
  organizer: string | null;
  body: Array<Block>;
  body_html: string;
  parent: LinkedContent | null;
  corrections: Array<Correction>;
  how_to_apply: string;
  apply_url: string | null;
  files: Array<File>;
  calendar_url: string;
}

export interface Facet {
  values: Array<FacetValue>;
  missing: number;
}

export interface FacetValue {
  value: string;
  label: string;
  count: number;
  selected: boolean;
}

export interface FeedAuthor {
  name: string;
  url?: string | null;
}

export interface FeedItem {
  id: string;
  url: string;
  title: string;
  summary: string;
  content_html: string;
  language: Locale;
  date_published: string | null;
  date_modified: string | null;
  tags: Array<string>;
  authors: Array<FeedAuthor>;
  image?: string | null;
}

/** `as_of` and `source`: when and by whom it was counted; empty in figures from before they were asked for. */
export interface Figure {
  value: string;
  label: string;
  as_of: string;
  source: string;
}

export interface File {
  title: string;
  locale: Locale | null;
  url: string;
  filename: string;
  mime: string;
  bytes: number | null;
  sha256: string;
}

export interface FocalPoint {
  x: number;
  y: number;
}

export interface FoundContent {
  content_id: string;
  locale: Locale;
  type: ContentType;
  title: string;
  html_url: string;
  api_url: string;
}

export interface HeadingBlock {
  id: string;
  type: "heading";
  text: string;
  level: 2 | 3;
}

/** HTML: what was found stands in `<mark>`, everything else is escaped. `fragment`: of the text, or empty. `locale`: of the text that was found. */
export interface Highlight {
  content_id: string;
  title: string;
  fragment: string;
  locale: Locale;
}

export interface Image {
  alt: string;
  decorative: boolean;
  caption: string;
  credit: string;
  focal_point: FocalPoint | null;
  renditions: Array<Rendition>;
  /** Cut around the focal point. Documents made before there was one lack it. */
  square?: Rendition | null;
}

export interface ImageBlock {
  id: string;
  type: "image";
  image: Image | null;
}

export interface ItemList {
  meta: ListMeta;
  links: ListLinks;
  items: Array<Item | Card | PartialCard>;
  facets: Record<string, Facet>;
}

/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */
export interface JsonFeed {
  version: "https://jsonfeed.org/version/1.1";
  title: string;
  home_page_url: string;
  feed_url: string;
  language: Locale;
  items: Array<FeedItem>;
  next_url?: string | null;
  /** An extension: the terms under which the texts may be used. */
  _rights: Rights;
}

/** A content as schema.org describes it (JSON-LD 1.1). */
export interface JsonLd {
  "@context": "https://schema.org";
  "@id": string;
  "@type": "Event" | "JobPosting" | "NewsArticle" | "Report" | "WebPage";
  url: string;
  name: string;
  inLanguage: Locale;
  [key: string]: unknown;
}

export interface KeyFiguresBlock {
  id: string;
  type: "key_figures";
  figures: Array<Figure>;
}

export interface Label {
  code: string;
  label: string;
}

/** A licence by its usual name, and where it can be read. */
export interface License {
  name: string;
  url: string | null;
}

export interface LinkedContent {
  content_id: string;
  locale: Locale;
  title: string;
  html_url: string;
  api_url: string;
}

export interface ListLinks {
  self: string;
  first: string;
  next: string | null;
}

export interface ListMeta {
  total: number;
  limit: number;
  /** The highest `seq` among all that fits the query, on this page or not; 0 where nothing does. It says how new the list is, and is no cursor of /changes. */
  as_of_seq: number;
  next_cursor: string | null;
  /** With `ids`: those that are not there. */
  missing?: Array<string> | null;
}

export interface Lookup {
  items: Array<FoundContent>;
}

export interface MenuItem {
  content_id: string;
  title: string;
  html_url: string;
  api_url: string;
  in_menu: boolean;
  children: Array<MenuItem>;
}

export interface Navigation {
  locale: Locale;
  dir: "rtl" | "ltr";
  items: Array<MenuItem>;
}

export interface NewsCard {
  content_id: string;
  /** What it is for: `content` to read; `home`; `index`, a list or section of contents; `tool`, a search or a form; `legal`, about the use of the site. */
  role: "home" | "index" | "tool" | "legal" | "content";
  locale: Locale;
  dir: "rtl" | "ltr";
  requested_locale: Locale;
  is_fallback: boolean;
  seq: number;
  updated_at: string;
  title: string;
  summary_text: string;
  slug: string;
  html_url: string;
  api_url: string;
  alternates: Array<Alternate>;
  x_default: string | null;
  source_locale: Locale;
  translation_status: "source" | "current" | "outdated";
  published_at: string | null;
  content_updated_at: string | null;
  lead_image: Image | null;
  countries: Array<Label>;
  topics: Array<Label>;
  rights: Rights;
  type: "news";
  date: string;
}

export interface NewsItem {
  content_id: string;
  /** What it is for: `content` to read; `home`; `index`, a list or section of contents; `tool`, a search or a form; `legal`, about the use of the site. */
  role: "home" | "index" | "tool" | "legal" | "content";
  locale: Locale;
  dir: "rtl" | "ltr";
  requested_locale: Locale;
  is_fallback: boolean;
  seq: number;
  updated_at: string;
  title: string;
  summary_text: string;
  slug: string;
  html_url: string;
  api_url: string;
  alternates: Array<Alternate>;
  x_default: string | null;
  source_locale: Locale;
  translation_status: "source" | "current" | "outdated";
  published_at: string | null;
  content_updated_at: string | null;
  lead_image: Image | null;
  countries: Array<Label>;
  topics: Array<Label>;
  rights: Rights;
  type: "news";
  date: string;
  body: Array<Block>;
  body_html: string;
  parent: LinkedContent | null;
  corrections: Array<Correction>;
}

export interface NoticeBlock {
  id: string;
  type: "notice";
  kind: "info" | "warning";
  title: string;
  html: string;
}

export interface OriginalPicture {
  url: string;
  filename: string;
  mime: string;
  width: number;
  height: number;
  bytes: number | null;
}

export interface PageCard {
  content_id: string;
  /** What it is for: `content` to read; `home`; `index`, a list or section of contents; `tool`, a search or a form; `legal`, about the use of the site. */
  role: "home" | "index" | "tool" | "legal" | "content";
  locale: Locale;
  dir: "rtl" | "ltr";
  requested_locale: Locale;
  is_fallback: boolean;
  seq: number;
  updated_at: string;
  title: string;
  summary_text: string;
  slug: string;
  html_url: string;
  api_url: string;
  alternates: Array<Alternate>;
  x_default: string | null;
  source_locale: Locale;
  translation_status: "source" | "current" | "outdated";
  published_at: string | null;
  content_updated_at: string | null;
  lead_image: Image | null;
  countries: Array<Label>;
  topics: Array<Label>;
  rights: Rights;
  type: "page";
}

export interface PageItem {
  content_id: string;
  /** What it is for: `content` to read; `home`; `index`, a list or section of contents; `tool`, a search or a form; `legal`, about the use of the site. */
  role: "home" | "index" | "tool" | "legal" | "content";
  locale: Locale;
  dir: "rtl" | "ltr";
  requested_locale: Locale;
  is_fallback: boolean;
  seq: number;
  updated_at: string;
  title: string;
  summary_text: string;
  slug: string;
  html_url: string;
  api_url: string;
  alternates: Array<Alternate>;
  x_default: string | null;
  source_locale: Locale;
  translation_status: "source" | "current" | "outdated";
  published_at: string | null;
  content_updated_at: string | null;
  lead_image: Image | null;
  countries: Array<Label>;
  topics: Array<Label>;
  rights: Rights;
  type: "page";
  body: Array<Block>;
  body_html: string;
  parent: LinkedContent | null;
}

export interface ParagraphBlock {
  id: string;
  type: "paragraph";
  html: string;
}

export interface PartialCard {
  content_id?: string;
  role?: "home" | "index" | "tool" | "legal" | "content";
  locale?: Locale;
  dir?: "rtl" | "ltr";
  requested_locale?: Locale;
  is_fallback?: boolean;
  seq?: number;
  updated_at?: string;
  title?: string;
  summary_text?: string;
  slug?: string;
  html_url?: string;
  api_url?: string;
  alternates?: Array<Alternate>;
  x_default?: string | null;
  source_locale?: Locale;
  translation_status?: "source" | "current" | "outdated";
  published_at?: string | null;
  content_updated_at?: string | null;
  lead_image?: Image | null;
  countries?: Array<Label>;
  topics?: Array<Label>;
  rights?: Rights;
  type?: "page" | "programme" | "news" | "press_release" | "publication" | "event";
  date?: string;
  dateline?: string;
  issued?: string;
  revised?: string | null;
  series?: string | null;
  isbn?: string | null;
  doi?: string | null;
  languages?: Array<Locale>;
  file?: File | null;
  kind?: "event" | "vacancy" | "tender" | "consultation";
  starts_on?: string | null;
  starts_at?: string | null;
  ends_on?: string | null;
  ends_at?: string | null;
  deadline_on?: string | null;
  deadline_at?: string | null;
  time_zone?: string;
  place?: string | null;
  online_url?: string | null;
  spoken_languages?: Array<string>;
  organizer?: string | null;
}

export interface PressPicture {
  alt: string;
  decorative: boolean;
  caption: string;
  credit: string;
  focal_point: FocalPoint | null;
  renditions: Array<Rendition>;
  /** Cut around the focal point. Documents made before there was one lack it. */
  square?: Rendition | null;
  copyright_notice: string;
  original: OriginalPicture;
}

export interface PressReleaseCard {
  content_id: string;
  /** What it is for: `content` to read; `home`; `index`, a list or section of contents; `tool`, a search or a form; `legal`, about the use of the site. */
  role: "home" | "index" | "tool" | "legal" | "content";
  locale: Locale;
  dir: "rtl" | "ltr";
  requested_locale: Locale;
  is_fallback: boolean;
  seq: number;
  updated_at: string;
  title: string;
  summary_text: string;
  slug: string;
  html_url: string;
  api_url: string;
  alternates: Array<Alternate>;
  x_default: string | null;
  source_locale: Locale;
  translation_status: "source" | "current" | "outdated";
  published_at: string | null;
  content_updated_at: string | null;
  lead_image: Image | null;
  countries: Array<Label>;
  topics: Array<Label>;
  rights: Rights;
  type: "press_release";
  date: string;
  dateline: string;
}

export interface PressReleaseItem {
  content_id: string;
  /** What it is for: `content` to read; `home`; `index`, a list or section of contents; `tool`, a search or a form; `legal`, about the use of the site. */
  role: "home" | "index" | "tool" | "legal" | "content";
  locale: Locale;
  dir: "rtl" | "ltr";
  requested_locale: Locale;
  is_fallback: boolean;
  seq: number;
  updated_at: string;
  title: string;
  summary_text: string;
  slug: string;
  html_url: string;
  api_url: string;
  alternates: Array<Alternate>;
  x_default: string | null;
  source_locale: Locale;
  translation_status: "source" | "current" | "outdated";
  published_at: string | null;
  content_updated_at: string | null;
  lead_image: Image | null;
  countries: Array<Label>;
  topics: Array<Label>;
  rights: Rights;
  type: "press_release";
  date: string;
  dateline: string;
  body: Array<Block>;
  body_html: string;
  parent: LinkedContent | null;
  corrections: Array<Correction>;
  embargo_until: string | null;
  pictures: Array<PressPicture>;
  contacts: Array<Contact>;
  boilerplate: string;
  press_kit: string;
}

/** RFC 9457. `type` is an address that explains the kind of problem and never changes. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  errors: Array<ProblemError>;
  /** With translation-missing. */
  available_locales?: Array<Locale> | null;
  /** With cursor-expired: where to begin again. */
  snapshot_url?: string | null;
}

/** What exactly is wrong: a parameter or header by its name, or a place in the body by its JSON pointer. */
export interface ProblemError {
  code: string;
  detail: string;
  parameter?: string | null;
  pointer?: string | null;
}

export interface ProgrammeCard {
  content_id: string;
  /** What it is for: `content` to read; `home`; `index`, a list or section of contents; `tool`, a search or a form; `legal`, about the use of the site. */
  role: "home" | "index" | "tool" | "legal" | "content";
  locale: Locale;
  dir: "rtl" | "ltr";
  requested_locale: Locale;
  is_fallback: boolean;
  seq: number;
  updated_at: string;
  title: string;
  summary_text: string;
  slug: string;
  html_url: string;
  api_url: string;
  alternates: Array<Alternate>;
  x_default: string | null;
  source_locale: Locale;
  translation_status: "source" | "current" | "outdated";
  published_at: string | null;
  content_updated_at: string | null;
  lead_image: Image | null;
  countries: Array<Label>;
  topics: Array<Label>;
  rights: Rights;
  type: "programme";
}

export interface ProgrammeItem {
  content_id: string;
  /** What it is for: `content` to read; `home`; `index`, a list or section of contents; `tool`, a search or a form; `legal`, about the use of the site. */
  role: "home" | "index" | "tool" | "legal" | "content";
  locale: Locale;
  dir: "rtl" | "ltr";
  requested_locale: Locale;
  is_fallback: boolean;
  seq: number;
  updated_at: string;
  title: string;
  summary_text: string;
  slug: string;
  html_url: string;
  api_url: string;
  alternates: Array<Alternate>;
  x_default: string | null;
  source_locale: Locale;
  translation_status: "source" | "current" | "outdated";
  published_at: string | null;
  content_updated_at: string | null;
  lead_image: Image | null;
  countries: Array<Label>;
  topics: Array<Label>;
  rights: Rights;
  type: "programme";
  body: Array<Block>;
  body_html: string;
  parent: LinkedContent | null;
  contact: LinkedContent | null;
}

export interface PublicationCard {
  content_id: string;
  /** What it is for: `content` to read; `home`; `index`, a list or section of contents; `tool`, a search or a form; `legal`, about the use of the site. */
  role: "home" | "index" | "tool" | "legal" | "content";
  locale: Locale;
  dir: "rtl" | "ltr";
  requested_locale: Locale;
  is_fallback: boolean;
  seq: number;
  updated_at: string;
  title: string;
  summary_text: string;
  slug: string;
  html_url: string;
  api_url: string;
  alternates: Array<Alternate>;
  x_default: string | null;
  source_locale: Locale;
  translation_status: "source" | "current" | "outdated";
  published_at: string | null;
  content_updated_at: string | null;
  lead_image: Image | null;
  countries: Array<Label>;
  topics: Array<Label>;
  rights: Rights;
  type: "publication";
  issued: string;
  revised: string | null;
  series: string | null;
  isbn: string | null;
  doi: string | null;
  languages: Array<Locale>;
  file: File | null;
}

export interface PublicationItem {
  content_id: string;
  /** What it is for: `content` to read; `home`; `index`, a list or section of contents; `tool`, a search or a form; `legal`, about the use of the site. */
  role: "home" | "index" | "tool" | "legal" | "content";
  locale: Locale;
  dir: "rtl" | "ltr";
  requested_locale: Locale;
  is_fallback: boolean;
  seq: number;
  updated_at: string;
  title: string;
  summary_text: string;
  slug: string;
  html_url: string;
  api_url: string;
  alternates: Array<Alternate>;
  x_default: string | null;
  source_locale: Locale;
  translation_status: "source" | "current" | "outdated";
  published_at: string | null;
  content_updated_at: string | null;
  lead_image: Image | null;
  countries: Array<Label>;
  topics: Array<Label>;
  rights: Rights;
  type: "publication";
  issued: string;
  revised: string | null;
  series: string | null;
  isbn: string | null;
  doi: string | null;
  languages: Array<Locale>;
  file: File | null;
  body: Array<Block>;
  body_html: string;
  parent: LinkedContent | null;
  corrections: Array<Correction>;
  authors: Array<Author>;
  files: Array<File>;
}

export interface QuoteBlock {
  id: string;
  type: "quote";
  text: string;
  attribution: string;
}

export interface RelatedPagesBlock {
  id: string;
  type: "related_pages";
  title: string;
  pages: Array<LinkedContent>;
}

export interface Rendition {
  name: string;
  url: string;
  width: number;
  height: number;
  mime: string;
  /** The same in WebP, for whoever reads it. Documents made before there was one lack it. */
  webp_url?: string | null;
}

export interface Resolution {
  status: "found" | "moved";
  content_id: string;
  locale: Locale;
  html_url: string;
  api_url: string;
}

/** The terms under which others may use the text. Null: nothing has been decided or said. Pictures and files may have terms of their own. */
export interface Rights {
  license: License | null;
  terms_url: string | null;
  copyright_holder: string | null;
  /** How to name the source beside the text. */
  credit_line: string | null;
  contact_email: string | null;
}

export interface SearchList {
  meta: SearchMeta;
  links: ListLinks;
  items: Array<Item | Card | PartialCard>;
  facets: Record<string, Facet>;
  /** One for each of `items`, in the same order. */
  highlights: Array<Highlight>;
}

/** `stage`: how the results came about: by the words typed, by fewer of them, by words that differ by a letter or two, by the contents' texts in another language, or none were found. */
export interface SearchMeta {
  total: number;
  limit: number;
  /** The highest `seq` among all that fits the query, on this page or not; 0 where nothing does. It says how new the list is, and is no cursor of /changes. */
  as_of_seq: number;
  next_cursor: string | null;
  /** With `ids`: those that are not there. */
  missing?: Array<string> | null;
  /** How many of `total` match well: most of the words. */
  strong: number;
  stage: "words" | "relaxed" | "fuzzy" | "other_language" | "none";
  /** The words as they may have been meant. */
  did_you_mean: string | null;
  /** How many contents match well in the other languages. */
  elsewhere: Partial<Record<Locale, number>>;
  /** A simpler search engine answered in place of one that does not. */
  degraded: boolean;
}

/** What stands in the body of a search. */
export interface SearchParameters {
  /** The language of the answer; never taken from headers or cookies. */
  locale?: Locale;
  /** The language to answer in where the content does not exist in `locale`; the item says so. */
  fallback?: Locale | null;
  /** Codes of topics, from /vocabularies/topics. A minus before: not this one. */
  topic?: Array<string>;
  /** ISO 3166-1 alpha-3 codes. `_none`: about no country. */
  country?: Array<string>;
  /** Content ids of programmes that the content is, lies below or links to. `_none`: of none. */
  programme?: Array<string>;
  /** Years of publication, in the office's time zone. `_none`: without a date. */
  year?: Array<string>;
  /** A day in the office's time zone, included. */
  published_from?: string | null;
  /** A day, included. */
  published_to?: string | null;
  /** A day, included; also changes of pictures, topics and files count. */
  updated_from?: string | null;
  /** A day, included. */
  updated_to?: string | null;
  /** Best match first, or as in lists. */
  sort?: "relevance" | "-published_at" | "published_at" | "-updated_at" | "title";
  /** 0: only total and facets. */
  limit?: number;
  /** From links.next or meta.next_cursor of the page before. */
  cursor?: string | null;
  /** `full`: with the text. */
  view?: "card" | "full";
  /** Only these keys of each item, separated by commas. */
  fields?: string | null;
  /** Facets to count, each with how many values: country:30,topic */
  facets?: string | null;
  /** Types of content. */
  type?: Array<string>;
  /** The words to search for. What has most of them comes first; quoted words must stand side by side. */
  q: string;
}

export interface Service {
  name: string;
  version: string;
  /** The `seq` of the latest change of any content. */
  as_of_seq: number;
  locales: Array<Locale>;
  types: Array<ContentType>;
  limits: ServiceLimits;
  deprecations: Array<string>;
  /** In English; each content has its own in its language. */
  rights: Rights;
  links: Record<string, string>;
}

export interface ServiceLimits {
  items_per_page: number;
  changes_per_page: number;
  requests_per_minute: number;
  requests_per_minute_with_key: number;
  tombstones_kept_days: number;
}

export interface Suggestion {
  content_id: string;
  type: ContentType;
  title: string;
  html_url: string;
  api_url: string;
}

export interface Suggestions {
  locale: Locale;
  dir: "rtl" | "ltr";
  items: Array<Suggestion>;
}

export interface TableBlock {
  id: string;
  type: "table";
  caption: string;
  header: Array<string>;
  rows: Array<Array<string>>;
  first_column_is_header: boolean;
}

export interface Term {
  code: string;
  labels: Partial<Record<Locale, string>>;
}

export interface Translations {
  items: Array<Item>;
}

/** A content that is new or not what it was. */
export interface Upsert {
  seq: number;
  op: "upsert";
  content_id: string;
  locale: Locale;
  type: ContentType;
  role: "home" | "index" | "tool" | "legal" | "content";
  updated_at: string;
  etag: string;
  /** With include=card or include=full. */
  item?: Item | Card | null;
}

export interface Vocabulary {
  terms: Array<Term>;
}

export interface WebhookData {
  seq: number;
  content_id: string;
  locale: Locale;
  content_type: ContentType;
  api_url: string;
  reason: string | null;
}

/** What is sent to a subscribed address. Ask `api_url` or `/changes` for the content itself. */
export interface WebhookEvent {
  type: "content.upserted" | "content.deleted";
  timestamp: string;
  data: WebhookData;
}

/** Every operation: parameters of the path and of the query, and the body of a 200 answer. */
export interface Operations {
  /** What this API is and where to begin. */
  "GET /": {
    path: Record<string, never>;
    query: Record<string, never>;
    answer: Service;
  };
  /** What is new since a cursor, tombstones included. */
  "GET /changes": {
    path: Record<string, never>;
    query: { since?: string; locale?: Locale; type?: ContentType; topic?: string | Array<string>; country?: string | Array<string>; programme?: string | Array<string>; role?: string | Array<string>; limit?: number; include?: "none" | "card" | "full" };
    answer: Changes;
  };
  /** This document, for people. */
  "GET /docs": {
    path: Record<string, never>;
    query: Record<string, never>;
    answer: string;
  };
  /** Contents of the type event. */
  "GET /events": {
    path: Record<string, never>;
    query: { locale?: Locale; fallback?: Locale; topic?: string | Array<string>; country?: string | Array<string>; programme?: string | Array<string>; year?: string | Array<string>; published_from?: string; published_to?: string; updated_from?: string; updated_to?: string; sort?: "-published_at" | "published_at" | "-updated_at" | "title"; limit?: number; cursor?: string; view?: "card" | "full"; fields?: string; facets?: string; role?: string | Array<string>; format?: "json" | "csv" };
    answer: ItemList;
  };
  /** Atom feed of events in one language. */
  "GET /feeds/events.atom": {
    path: Record<string, never>;
    query: { locale?: Locale; topic?: string; country?: string; programme?: string; cursor?: string };
    answer: string;
  };
  /** JSON Feed of events in one language. */
  "GET /feeds/events.json": {
    path: Record<string, never>;
    query: { locale?: Locale; topic?: string; country?: string; programme?: string; cursor?: string };
    answer: JsonFeed;
  };
  /** RSS feed of events in one language. */
  "GET /feeds/events.rss": {
    path: Record<string, never>;
    query: { locale?: Locale; topic?: string; country?: string; programme?: string; cursor?: string };
    answer: string;
  };
  /** Atom feed of news in one language. */
  "GET /feeds/news.atom": {
    path: Record<string, never>;
    query: { locale?: Locale; topic?: string; country?: string; programme?: string; cursor?: string };
    answer: string;
  };
  /** JSON Feed of news in one language. */
  "GET /feeds/news.json": {
    path: Record<string, never>;
    query: { locale?: Locale; topic?: string; country?: string; programme?: string; cursor?: string };
    answer: JsonFeed;
  };
  /** RSS feed of news in one language. */
  "GET /feeds/news.rss": {
    path: Record<string, never>;
    query: { locale?: Locale; topic?: string; country?: string; programme?: string; cursor?: string };
    answer: string;
  };
  /** Atom feed of press-releases in one language. */
  "GET /feeds/press-releases.atom": {
    path: Record<string, never>;
    query: { locale?: Locale; topic?: string; country?: string; programme?: string; cursor?: string };
    answer: string;
  };
  /** JSON Feed of press-releases in one language. */
  "GET /feeds/press-releases.json": {
    path: Record<string, never>;
    query: { locale?: Locale; topic?: string; country?: string; programme?: string; cursor?: string };
    answer: JsonFeed;
  };
  /** RSS feed of press-releases in one language. */
  "GET /feeds/press-releases.rss": {
    path: Record<string, never>;
    query: { locale?: Locale; topic?: string; country?: string; programme?: string; cursor?: string };
    answer: string;
  };
  /** Atom feed of publications in one language. */
  "GET /feeds/publications.atom": {
    path: Record<string, never>;
    query: { locale?: Locale; topic?: string; country?: string; programme?: string; cursor?: string };
    answer: string;
  };
  /** JSON Feed of publications in one language. */
  "GET /feeds/publications.json": {
    path: Record<string, never>;
    query: { locale?: Locale; topic?: string; country?: string; programme?: string; cursor?: string };
    answer: JsonFeed;
  };
  /** RSS feed of publications in one language. */
  "GET /feeds/publications.rss": {
    path: Record<string, never>;
    query: { locale?: Locale; topic?: string; country?: string; programme?: string; cursor?: string };
    answer: string;
  };
  /** Contents of all types. */
  "GET /items": {
    path: Record<string, never>;
    query: { locale?: Locale; fallback?: Locale; topic?: string | Array<string>; country?: string | Array<string>; programme?: string | Array<string>; year?: string | Array<string>; published_from?: string; published_to?: string; updated_from?: string; updated_to?: string; sort?: "-published_at" | "published_at" | "-updated_at" | "title"; limit?: number; cursor?: string; view?: "card" | "full"; fields?: string; facets?: string; role?: string | Array<string>; format?: "json" | "csv"; ids?: string; type?: string | Array<string> };
    answer: ItemList;
  };
  /** One content in one language. */
  "GET /items/{content_id}": {
    path: { content_id: string };
    query: { locale?: Locale; fallback?: Locale };
    answer: Item;
  };
  /** One content as schema.org describes it. */
  "GET /items/{content_id}.jsonld": {
    path: { content_id: string };
    query: { locale?: Locale; fallback?: Locale };
    answer: JsonLd;
  };
  /** One content in every language that it has. */
  "GET /items/{content_id}/translations": {
    path: { content_id: string };
    query: Record<string, never>;
    answer: Translations;
  };
  /** The contents with a DOI, an ISBN or a slug, in every language. */
  "GET /lookup": {
    path: Record<string, never>;
    query: { doi?: string; isbn?: string; slug?: string };
    answer: Lookup;
  };
  /** The public pages of a language, as a tree. */
  "GET /navigation": {
    path: Record<string, never>;
    query: { locale?: Locale };
    answer: Navigation;
  };
  /** Contents of the type news. */
  "GET /news": {
    path: Record<string, never>;
    query: { locale?: Locale; fallback?: Locale; topic?: string | Array<string>; country?: string | Array<string>; programme?: string | Array<string>; year?: string | Array<string>; published_from?: string; published_to?: string; updated_from?: string; updated_to?: string; sort?: "-published_at" | "published_at" | "-updated_at" | "title"; limit?: number; cursor?: string; view?: "card" | "full"; fields?: string; facets?: string; role?: string | Array<string>; format?: "json" | "csv" };
    answer: ItemList;
  };
  /** This document. */
  "GET /openapi.json": {
    path: Record<string, never>;
    query: Record<string, never>;
    answer: Record<string, unknown>;
  };
  /** Contents of the type page. */
  "GET /pages": {
    path: Record<string, never>;
    query: { locale?: Locale; fallback?: Locale; topic?: string | Array<string>; country?: string | Array<string>; programme?: string | Array<string>; year?: string | Array<string>; published_from?: string; published_to?: string; updated_from?: string; updated_to?: string; sort?: "-published_at" | "published_at" | "-updated_at" | "title"; limit?: number; cursor?: string; view?: "card" | "full"; fields?: string; facets?: string; role?: string | Array<string>; format?: "json" | "csv" };
    answer: ItemList;
  };
  /** Contents of the type press_release. */
  "GET /press-releases": {
    path: Record<string, never>;
    query: { locale?: Locale; fallback?: Locale; topic?: string | Array<string>; country?: string | Array<string>; programme?: string | Array<string>; year?: string | Array<string>; published_from?: string; published_to?: string; updated_from?: string; updated_to?: string; sort?: "-published_at" | "published_at" | "-updated_at" | "title"; limit?: number; cursor?: string; view?: "card" | "full"; fields?: string; facets?: string; role?: string | Array<string>; format?: "json" | "csv" };
    answer: ItemList;
  };
  /** A draft, by a link that an editor made; good for an hour. */
  "GET /preview/{token}": {
    path: { token: string };
    query: Record<string, never>;
    answer: Item;
  };
  /** Contents of the type programme. */
  "GET /programmes": {
    path: Record<string, never>;
    query: { locale?: Locale; fallback?: Locale; topic?: string | Array<string>; country?: string | Array<string>; programme?: string | Array<string>; year?: string | Array<string>; published_from?: string; published_to?: string; updated_from?: string; updated_to?: string; sort?: "-published_at" | "published_at" | "-updated_at" | "title"; limit?: number; cursor?: string; view?: "card" | "full"; fields?: string; facets?: string; role?: string | Array<string>; format?: "json" | "csv" };
    answer: ItemList;
  };
  /** Contents of the type publication. */
  "GET /publications": {
    path: Record<string, never>;
    query: { locale?: Locale; fallback?: Locale; topic?: string | Array<string>; country?: string | Array<string>; programme?: string | Array<string>; year?: string | Array<string>; published_from?: string; published_to?: string; updated_from?: string; updated_to?: string; sort?: "-published_at" | "published_at" | "-updated_at" | "title"; limit?: number; cursor?: string; view?: "card" | "full"; fields?: string; facets?: string; role?: string | Array<string>; format?: "json" | "csv" };
    answer: ItemList;
  };
  /** The content at an address of this site. */
  "GET /resolve": {
    path: Record<string, never>;
    query: { url: string };
    answer: Resolution;
  };
  /** Full-text search, best match first. */
  "GET /search": {
    path: Record<string, never>;
    query: { locale?: Locale; fallback?: Locale; topic?: string | Array<string>; country?: string | Array<string>; programme?: string | Array<string>; year?: string | Array<string>; published_from?: string; published_to?: string; updated_from?: string; updated_to?: string; sort?: "relevance" | "-published_at" | "published_at" | "-updated_at" | "title"; limit?: number; cursor?: string; view?: "card" | "full"; fields?: string; facets?: string; type?: string | Array<string>; q: string };
    answer: SearchList;
  };
  /** The same, for long queries: the parameters stand in the body. */
  "POST /search": {
    path: Record<string, never>;
    query: Record<string, never>;
    answer: SearchList;
  };
  /** Contents whose titles have words that begin as the typed ones do. */
  "GET /suggest": {
    path: Record<string, never>;
    query: { locale?: Locale; q: string; limit?: number };
    answer: Suggestions;
  };
  /** Countries that content is about (ISO 3166-1 alpha-3), with their names in three languages (CLDR). */
  "GET /vocabularies/countries": {
    path: Record<string, never>;
    query: Record<string, never>;
    answer: Vocabulary;
  };
  /** Topics, with their names in three languages. */
  "GET /vocabularies/topics": {
    path: Record<string, never>;
    query: Record<string, never>;
    answer: Vocabulary;
  };
  /** Types of content, with their names in three languages. */
  "GET /vocabularies/types": {
    path: Record<string, never>;
    query: Record<string, never>;
    answer: Vocabulary;
  };
}
