// How names become words of an address, as `slugs` of the configuration says. What an author typed as a slug or an
// address stays as it is; this is about file names, folders, titles and tags.
import type { SiteConfig } from '../config/types.js'
import { inPinyin } from '../text/pinyin.js'

/** Letters that have no accent to take off. */
const spelled: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  þ: 'th',
}

/** A name in the letters that addresses of this site have. Twice is as once. */
export function nameIn(slugs: SiteConfig['slugs'], name: string): string {
  if (slugs === 'unicode') return name
  const latin = inPinyin(name.normalize('NFC'))
  if (slugs === 'pinyin') return latin
  return latin
    .replace(/[^\x00-\x7f]/g, (char) => spelled[char] ?? char)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\x20-\x7e]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^-+|-+$/g, '')
}
