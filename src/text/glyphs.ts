// The characters of a text, for fonts that hold just what a site shows.

/** Every character of a text once, in order; no blanks, control characters or emoji (no text font has these). */
export function glyphsOf(text: string): string {
  const seen = new Set<number>()
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) ?? 0
    if (code > 0xffff) i++
    seen.add(code)
  }
  return [...seen]
    .sort((a, b) => a - b)
    .map((code) => String.fromCodePoint(code))
    .filter(
      (char) =>
        !/[\p{Z}\p{C}\p{Emoji_Presentation}\p{Emoji_Modifier}\u{1f000}-\u{1faff}]|[\ufe00-\ufe0f]/u.test(
          char,
        ),
    )
    .join('')
}
