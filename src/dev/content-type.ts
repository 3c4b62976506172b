// Content types by the end of a name: those that a blog publishes. Everything else is bytes.
const text = 'charset=utf-8'

const types: Readonly<Record<string, string>> = {
  html: `text/html; ${text}`,
  htm: `text/html; ${text}`,
  css: `text/css; ${text}`,
  js: `text/javascript; ${text}`,
  mjs: `text/javascript; ${text}`,
  txt: `text/plain; ${text}`,
  md: `text/markdown; ${text}`,
  csv: `text/csv; ${text}`,
  vtt: `text/vtt; ${text}`,
  ics: `text/calendar; ${text}`,
  xml: `application/xml; ${text}`,
  xsl: `text/xsl; ${text}`,
  rss: `application/rss+xml; ${text}`,
  atom: `application/atom+xml; ${text}`,
  json: `application/json; ${text}`,
  map: `application/json; ${text}`,
  jsonld: `application/ld+json; ${text}`,
  webmanifest: `application/manifest+json; ${text}`,
  svg: `image/svg+xml; ${text}`,
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  ico: 'image/x-icon',
  bmp: 'image/bmp',
  woff2: 'font/woff2',
  woff: 'font/woff',
  ttf: 'font/ttf',
  otf: 'font/otf',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  pdf: 'application/pdf',
  zip: 'application/zip',
  gz: 'application/gzip',
  wasm: 'application/wasm',
}

/** `posts/a/index.html` → `text/html; charset=utf-8` */
export function contentTypeOf(path: string): string {
  const ending = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  if (Object.hasOwn(types, ending)) return types[ending] ?? ''
  // Files without an ending in an output folder are lists for hosts: CNAME, _redirects, _headers.
  return ending === '' ? `text/plain; ${text}` : 'application/octet-stream'
}

/** Is it worth compressing? */
export function isText(type: string): boolean {
  return type.includes(text) || type === 'application/wasm' || type === 'image/x-icon'
}
