// Is the difference between two states of a page nothing but the addresses of its style sheets? Then a browser can
// take the new ones without loading the page.

const sheet = /<link\b(?=[^>]*\brel="stylesheet")[^>]*\bhref="([^"]*)"/g

/** Old address and new address of each style sheet that differs; undefined where anything else differs too. */
export function styleSwaps(
  before: string,
  after: string,
): readonly (readonly [from: string, to: string])[] | undefined {
  const old = [...before.matchAll(sheet)].map(([, href = '']) => href)
  const now = [...after.matchAll(sheet)].map(([, href = '']) => href)
  if (old.length === 0 || old.length !== now.length) return undefined
  const swaps = old.flatMap((href, i) => {
    const to = now[i] ?? href
    return to === href ? [] : [[href, to] as const]
  })
  const rewritten = swaps.reduce(
    (text, [from, to]) => text.replaceAll(`href="${from}"`, `href="${to}"`),
    before,
  )
  return swaps.length > 0 && rewritten === after ? swaps : undefined
}
