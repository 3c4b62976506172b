// Text on its way into XML and the few lines of HTML that no template writes. Everything that XML 1.0 cannot hold
// is dropped here (section 2.2 of it), tabs and newlines are kept.

/** Removes characters that no XML may hold, lone surrogates among them; CR becomes LF, as a parser would read it. */
export function legalXml(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** For element content and for values in double quotes. */
export function escapeXml(text: string): string {
  return legalXml(text).replace(/[&<>"]/g, (char) => entities[char]!)
}

/** A CDATA section that holds any text: every `]]>` is divided, also one that only dropping characters makes. */
export function cdata(text: string): string {
  return `<![CDATA[${legalXml(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}
