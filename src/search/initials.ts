// First letters of the pinyin of Han characters, for `search: { initials: true }`. The one file that asks pinyin-pro
// for them.

/** As long as `text` (UTF-16 units): a letter for each Han character, a blank for everything else. */
export type Initials = (text: string) => string
