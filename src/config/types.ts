// The site's configuration after checking: every key has a value, nothing comes from the machine.
import type { JsonObject } from '../json.js'

export interface Author {
  readonly name: string
  /** Written into feeds as `managingEditor`; empty: not written. */
  readonly email: string
  readonly url: string
  readonly avatar: string
}

export interface LinkItem {
  readonly title: string
  /** Absolute, or root-relative without the base path (`/archive/`). */
  readonly url: string
}

/** A feed at an address that an older site gave it. */
export interface MoreFeed {
  /** From the root, without the base path; with `:slug` for a feed per term: `/tags/:slug/index.xml`. */
  readonly url: string
  readonly format: 'rss' | 'atom' | 'json'
  /** All posts, those of each tag or category, or the documents below a folder of `content/`. */
  readonly of: 'site' | 'tags' | 'categories' | 'folder'
  /** For `of: 'folder'` only. */
  readonly folder: string
}

/** Whose rule made the ids of headings and footnotes that old links lead to. */
export const anchorRules = [
  'none',
  'blackfriday',
  'goldmark',
  'hexo',
  'kramdown',
  'kramdown-ascii',
  'markdown-it',
  'zola',
] as const
export type AnchorRule = (typeof anchorRules)[number]

/** Comments kept in a repository on GitHub. */
export interface CommentsConfig {
  /** Default `giscus`. */
  readonly provider: 'giscus' | 'utterances'
  /** `owner/name` */
  readonly repo: string
  /** For giscus, as giscus.app shows it. */
  readonly repoId: string
  /** For giscus: the category of new threads. */
  readonly category: string
  /** For giscus, as giscus.app shows it. */
  readonly categoryId: string
  /** For utterances: put on each new issue; default none. */
  readonly label: string
  /** For giscus: threads are found by an exact mark, default true. Write false for threads made without it. */
  readonly strict: boolean
  /** For giscus: reactions to the post itself, default true. */
  readonly reactions: boolean
  /** For giscus: where one writes, default below the comments. */
  readonly input: 'top' | 'bottom'
  /** The service's theme on a light page; default `light`, or `github-light`. */
  readonly light: string
  /** The service's theme on a dark page; default `dark`, or `github-dark`. */
  readonly dark: string
}

/** A script that counts readers. */
export interface AnalyticsConfig {
  /** Address of the script, here or elsewhere. */
  readonly src: string
  /** On its element: `data-…`, `id`, `integrity`, `crossorigin`, `referrerpolicy`. */
  readonly attributes: Readonly<Record<string, string>>
  /** Where it reports to, when that is not where it comes from. */
  readonly connect: readonly string[]
}

/** A font of the site's own, cut to the characters that it shows. */
export interface FontConfig {
  /** The name that styles use. */
  readonly family: string
  /** Below the site's folder, in `fonts/`: .ttf, .otf, .woff or .woff2. */
  readonly file: string
  /** As in CSS: `400`, `bold`, or `200 900` for a variable font; default `400`. */
  readonly weight: string
}

/** What a field of the front matter that is the site's own may hold. */
export const fieldTypes = ['text', 'number', 'switch', 'date', 'list'] as const
export interface FieldRule {
  /** A `switch` is true or false; a `list` is one of texts. */
  readonly type: (typeof fieldTypes)[number]
  /** The texts that are allowed, or the items of a list; default any. */
  readonly oneOf: readonly string[]
  /** Least number; null for none. */
  readonly min: number | null
  /** Greatest number; null for none. */
  readonly max: number | null
  /** Whole numbers only. */
  readonly whole: boolean
  /** A document without it is an error. */
  readonly required: boolean
  /** Which documents it is for: `post`, `page`, `project`; default all. */
  readonly of: readonly ('post' | 'page' | 'project')[]
}

export interface SiteConfig {
  /** Name of the site: in titles, feeds and the head of each page. */
  readonly title: string
  /** One sentence about the site, for feeds and search engines. */
  readonly description: string
  /** Who writes: a name, or `{ name, email, url, avatar }`. */
  readonly author: Author
  /** Absolute, ends with `/`: `https://example.org/` or `https://example.org/blog/`. */
  readonly baseUrl: string
  /** The path of `baseUrl`, starts and ends with `/`: `/` or `/blog/`. */
  readonly basePath: string
  /** BCP 47, default `zh-CN`. */
  readonly language: string
  /** IANA name, default `Asia/Shanghai`. Naive times are in this zone. */
  readonly timezone: string
  /** Section → pattern with `:year :month :day :slug :title :filename :section …`; `posts` covers `post` too. */
  readonly permalinks: Readonly<Record<string, string>>
  /** How many posts a page of a list holds. */
  readonly pagination: {
    /** Posts a page on home, category and series lists; default 10. */
    readonly size: number
    /** Posts a page on a tag page; default 100. */
    readonly tags: number
    /** Up to so many posts `/archive/` lists all; above, years and months with counts; default 500. */
    readonly archive: number
    /** Where numbers of list pages begin, default `newest`; from `oldest`, `/page/1/` holds the first posts and stays so. */
    readonly from: 'newest' | 'oldest'
  }
  /** RSS, Atom and JSON Feed. */
  readonly feeds: {
    /** Items a feed, default 20. */
    readonly items: number
    /** Whole posts, or their excerpts; default `full`. */
    readonly content: 'full' | 'summary'
    /** A feed per tag, default true. */
    readonly tags: boolean
    /** A feed per category, at `feed.xml` below its page; default false. */
    readonly categories: boolean
    /** Folders of `content/` with a feed of their own, `notes` at `/notes/feed.xml`; default none. */
    readonly sections: readonly string[]
    /** WebSub hub address; empty: none. */
    readonly hub: string
    /** Where the site's own three stand; default `/feed.xml`, `/atom.xml`, `/feed.json`. */
    readonly paths: { readonly rss: string; readonly atom: string; readonly json: string }
    /** Feeds at more addresses, so that nobody who subscribed to an older site loses it; default none. */
    readonly more: readonly MoreFeed[]
  }
  /**
   * Who writes what lies in `content/`: the owner of the site, who may run code in readers' browsers anyway, or others
   * too. Of strangers' content no code runs, at build time or in a browser: see SECURITY.md. Default `content-is-mine`.
   */
  readonly trust: 'content-is-mine' | 'content-is-untrusted'
  /** How documents are read. */
  readonly markdown: {
    /** Raw HTML: as it stands, cleaned of what runs, or shown as text; default `allow`, of untrusted content `sanitize`. */
    readonly html: 'allow' | 'sanitize' | 'escape'
    /** Who colours code: lowlight (default), or shiki where it is installed. */
    readonly highlighter: 'lowlight' | 'shiki'
    /** `auto`: a faster parser reads the documents that it reads as remark does; `remark`: never. Default `auto`. */
    readonly parser: 'auto' | 'remark'
    /** Line numbers on every code block unless the fence says otherwise. */
    readonly lineNumbers: boolean
    /** A single newline in a paragraph is a `<br>`. */
    readonly hardBreaks: boolean
    /** Heading levels in the table of contents. */
    readonly toc: { readonly from: number; readonly to: number }
    /** Visual width of an automatic excerpt in columns: a Han character is 2, a Latin letter 1; default 280. */
    readonly excerptWidth: number
    /**
     * Ids that an older generator gave to headings, footnotes and the end of the excerpt: kept as hidden targets
     * beside ours. `before` is a date: newer documents have no old links; '' for all. Default `none`.
     */
    readonly anchors: { readonly like: AnchorRule; readonly before: string }
  }
  /** Reading speed: Han characters (default 400) and words (default 200) a minute. */
  readonly reading: { readonly hanPerMinute: number; readonly wordsPerMinute: number }
  /** Pictures of the site. */
  readonly images: {
    /** Local pictures become `<picture>` in AVIF, WebP and their own format, in sizes to choose from; default true. */
    readonly variants: boolean
    /** CSS pixels of the column of text on a wide screen; default 722, that of the theme. */
    readonly measure: number
  }
  /** Search in the browser, on by default; false: none. `true` and `{}` are the same. */
  readonly search:
    | false
    | {
        /** Traditional and simplified characters find each other; costs a table of 12 kB with the first search. */
        readonly variants: boolean
        /** `sjk` finds 数据库 in titles, tags and headings. */
        readonly initials: boolean
      }
  /** A picture with title, date and tags for each post without a cover, shown where its address is shared; default true. */
  readonly cards: boolean
  /** Fonts of the site's own; default none. */
  readonly fonts: readonly FontConfig[]
  /**
   * Fields of the front matter that are the site's own, by name: wrong values are errors where they stand, right ones
   * reach templates as `post.data.NAME` in the type that is named here; default none. Other fields stay free.
   */
  readonly frontMatter: Readonly<Record<string, FieldRule>>
  /** `updated` from git history; default off. */
  readonly gitDates: boolean
  /** Links of the masthead. */
  readonly navigation: readonly LinkItem[]
  /** Links of the footer to the author's other places. */
  readonly social: readonly LinkItem[]
  /**
   * Letters of addresses made from names and titles: as they are (default), Han in pinyin, or ASCII alone. What is
   * typed as slug or permalink stays as it is.
   */
  readonly slugs: 'unicode' | 'pinyin' | 'ascii'
  /** Tag name (any spelling) → slug. */
  readonly tagSlugs: Readonly<Record<string, string>>
  /** The same for categories. */
  readonly categorySlugs: Readonly<Record<string, string>>
  /** Former addresses that belong to no document: from the root → to an address from the root, or elsewhere. */
  readonly redirects: Readonly<Record<string, string>>
  /** Comments below posts, loaded when they are scrolled to; default false. */
  readonly comments: false | CommentsConfig
  /** A script that counts readers, on every page; default false. */
  readonly analytics: false | AnalyticsConfig
  /** Where others tell that they have linked here; '' for nowhere. */
  readonly webmention: string
  /** Languages beside the site's own: `name.en.md` is then the English `name.md`; default none. */
  readonly languages: readonly string[]
  /** Words of the interface, for a language without any or instead of ours: `{ fr: { archive: 'Archives' } }`. */
  readonly words: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** What `inkstone check` and `build --strict` leave out. */ readonly check: {
    /** What is not told: by code of the problem and by address, page or source file; `*` stands for any text. */
    readonly ignore: readonly { readonly code: string; readonly at: string }[]
  }
  /** What a file may weigh before they warn. */ readonly budgets: {
    /** kB of a page's HTML; 0, here and below: any weight. Default 500. */ readonly page: number
    /** kB of a picture. Default 1000. */ readonly image: number
    /** kB of a script. Default 500. */ readonly script: number
    /** kB of a style sheet. Default 200. */ readonly style: number
    /** kB of a font. Default 2000. */ readonly font: number
    /** kB of a feed. Default 5000. */ readonly feed: number
  }
  /** Free data for templates: `site.data`. */
  readonly data: JsonObject
}
