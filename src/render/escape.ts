// Text into a double-quoted attribute (HTML, section 13.1.2.3).

export function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}
