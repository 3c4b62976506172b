// HTML as text for the walkthroughs, which are made at build time where there is no DOM. Every value that goes
// into the template is escaped; only what this file made itself goes in as it is.

export interface Html {
  readonly markup: string
}
export type HtmlValue = Html | string | number | null | undefined | false | readonly HtmlValue[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text safe between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? char)
}

function markupOf(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return ''
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value))
  return 'markup' in value ? value.markup : value.map(markupOf).join('')
}

/** html`<p>${text}</p>`: strings are escaped, nested `html` and lists are joined, null and false are nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { markup: parts.map((part, i) => (i === 0 ? part : markupOf(values[i - 1]) + part)).join('') }
}
