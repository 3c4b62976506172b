// The few interface words that stand inside a body: labels of footnotes, callouts, anchors, tables, task boxes.
// Chosen by the document's own language, never by the machine's.

export const calloutKinds = ['note', 'tip', 'important', 'warning', 'caution'] as const
export type CalloutKind = (typeof calloutKinds)[number]

export interface Words {
  readonly callouts: Readonly<Record<CalloutKind, string>>
  readonly anchor: string
  readonly footnotes: string
  readonly backToText: (reference: number, again: number) => string
  readonly table: (number: number) => string
  readonly done: string
  readonly open: string
  readonly demo: (title: string) => string
  readonly video: string
  readonly embed: string
  readonly enlarge: string
}

const chinese: Words = {
  callouts: { note: '说明', tip: '提示', important: '重要', warning: '注意', caution: '警告' },
  anchor: '本节链接',
  footnotes: '脚注',
  backToText: (reference, again) => `回到正文引用 ${reference}${again > 1 ? `-${again}` : ''}`,
  table: (number) => `表格 ${number}`,
  done: '已完成',
  open: '未完成',
  demo: (title) => `打开演示：${title}`,
  video: '观看视频',
  embed: '打开嵌入内容',
  enlarge: '查看大图',
}

const english: Words = {
  callouts: { note: 'Note', tip: 'Tip', important: 'Important', warning: 'Warning', caution: 'Caution' },
  anchor: 'Link to this section',
  footnotes: 'Footnotes',
  backToText: (reference, again) => `Back to reference ${reference}${again > 1 ? `-${again}` : ''}`,
  table: (number) => `Table ${number}`,
  done: 'Done',
  open: 'To do',
  demo: (title) => `Open the demo: ${title}`,
  video: 'Watch the video',
  embed: 'Open the embedded page',
  enlarge: 'View larger',
}

/** `zh`, `zh-CN`, `zh-Hant` … are Chinese; every other language gets English words. */
export function isChinese(language: string): boolean {
  return /^zh(?:-|$)/i.test(language)
}

export function wordsFor(language: string): Words {
  return isChinese(language) ? chinese : english
}
