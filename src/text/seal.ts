// The seal of a title: what a stone of four characters can hold.

/** What stands on the seal: a title of two or four Han characters whole, of any other its first character. */
export function sealOf(title: string): string {
  const text = title.trim()
  if (/^(?:\p{Script=Han}{2}){1,2}$/u.test(text)) return text
  const [first] = new Intl.Segmenter('und').segment(text)
  return first?.segment.toUpperCase() ?? ''
}
