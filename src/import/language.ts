// What an old site does not say of itself: its language and its time zone, guessed from what its posts look like.
// Only defaults come from here; whatever the old configuration names wins.

/** A tag that `Intl` takes, in its canonical spelling; '' for anything else. */
export function languageTag(typed: string): string {
  const text = typed.trim().replaceAll('_', '-')
  const named: Readonly<Record<string, string>> = {
    zh: 'zh-CN',
    cn: 'zh-CN',
    'zh-hans': 'zh-CN',
    tw: 'zh-TW',
  }
  if (text === '' || text === 'default') return ''
  const known = named[text.toLowerCase()]
  if (known !== undefined) return known
  try {
    return Intl.getCanonicalLocales(text)[0] ?? ''
  } catch {
    return ''
  }
}

/** The language of some texts: kana is Japanese, hangul Korean, Han Chinese, all else English. */
export function guessLanguage(texts: readonly string[]): string {
  const sample = texts.map((text) => text.slice(0, 4000)).join('\n')
  const count = (pattern: RegExp): number => sample.match(pattern)?.length ?? 0
  const kana = count(/[\u3041-\u30ff]/g)
  const hangul = count(/[\uac00-\ud7a3]/g)
  const han = count(/[\u4e00-\u9fff]/g)
  if (kana + hangul + han < sample.length / 50) return 'en'
  if (hangul > han && hangul > kana) return 'ko'
  if (kana > han / 8) return 'ja'
  return 'zh-CN'
}

const zoneOfLanguage: Readonly<Record<string, string>> = {
  'zh-CN': 'Asia/Shanghai',
  'zh-TW': 'Asia/Taipei',
  'zh-HK': 'Asia/Hong_Kong',
  ja: 'Asia/Tokyo',
  ko: 'Asia/Seoul',
}

/** A zone name that is one; '' for anything else. */
export function zoneName(typed: string): string {
  const text = typed.trim() === 'Japan' ? 'Asia/Tokyo' : typed.trim()
  try {
    if (text !== '') new Intl.DateTimeFormat('en', { timeZone: text })
    return text
  } catch {
    return ''
  }
}

/** The zone of a site by the offset that most of its dates have, else by its language; UTC where neither says. */
export function guessZone(language: string, dates: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const date of dates) {
    const offset = /([+-])(\d\d):?(\d\d)$/.exec(date.trim())
    if (offset && /\d:\d\d/.test(date)) {
      const key = `${offset[1]}${offset[2]}${offset[3]}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  const [most = ''] = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0] ?? []
  const own = zoneOfLanguage[language] ?? zoneOfLanguage[language.split('-')[0] ?? ''] ?? 'UTC'
  const byOffset: Readonly<Record<string, string>> = {
    '+0800': language.startsWith('zh') && own !== 'UTC' ? own : 'Asia/Shanghai',
    '+0900': own === 'Asia/Seoul' ? own : 'Asia/Tokyo',
    '+0000': 'UTC',
  }
  if (most === '') return own
  const whole = /^([+-])0?(\d+)00$/.exec(most)
  // POSIX zones count westward.
  return byOffset[most] ?? (whole ? `Etc/GMT${whole[1] === '+' ? '-' : '+'}${whole[2]}` : own)
}
