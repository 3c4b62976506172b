// parse5's tokenizer behind this one file: HTML as the tags and texts that a browser would meet, with their offsets and
// the standard's parse errors. A tree would cost three times as much and hide where things stand. Its traps: it must be
// told when raw text begins (a browser's tree builder does that) and when CDATA is allowed, which is inside SVG and
// MathML only; text comes in pieces, blanks by themselves.
import { Tokenizer, TokenizerMode } from 'parse5'

export interface Attribute {
  readonly name: string
  readonly value: string
  readonly at: number
}

export interface Tag {
  readonly name: string
  readonly attributes: readonly Attribute[]
  readonly at: number
  readonly end: number
  readonly selfClosing: boolean
}

export interface Events {
  open(tag: Tag): void
  close(name: string, at: number): void
  text(text: string, at: number): void
  /** One of the standard's parse errors by its name (html.spec.whatwg.org, 13.2.2). */
  fault(name: string, at: number): void
  doctype(): void
}

const rawText: Readonly<Record<string, (typeof TokenizerMode)[keyof typeof TokenizerMode]>> = {
  title: TokenizerMode.RCDATA,
  textarea: TokenizerMode.RCDATA,
  style: TokenizerMode.RAWTEXT,
  xmp: TokenizerMode.RAWTEXT,
  iframe: TokenizerMode.RAWTEXT,
  noembed: TokenizerMode.RAWTEXT,
  noframes: TokenizerMode.RAWTEXT,
  script: TokenizerMode.SCRIPT_DATA,
  plaintext: TokenizerMode.PLAINTEXT,
}

/** Reads a whole page, or a piece of one. Never throws, whatever the text. */
export function tokenize(html: string, events: Events): void {
  let foreign = 0
  let text = ''
  let textAt = 0
  const add = (chars: string, at: number): void => {
    if (text === '') textAt = at
    text += chars
  }
  const flush = (): void => {
    if (text !== '') events.text(text, textAt)
    text = ''
  }
  type Located = { readonly location: { readonly startOffset: number; readonly endOffset: number } | null }
  const startOf = ({ location }: Located): number => location?.startOffset ?? 0
  const onText = (token: Located & { readonly chars: string }): void => add(token.chars, startOf(token))
  const tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: true },
    {
      onStartTag(token) {
        flush()
        const name = token.tagName
        if (name === 'svg' || name === 'math') foreign += token.selfClosing ? 0 : 1
        tokenizer.inForeignNode = foreign > 0
        const mode = foreign > 0 ? undefined : rawText[name]
        if (mode !== undefined) tokenizer.state = mode
        tokenizer.lastStartTagName = name
        const places = token.location?.attrs
        events.open({
          name,
          attributes: token.attrs.map(({ name: key, value }) => ({
            name: key,
            value,
            at: places?.[key]?.startOffset ?? startOf(token),
          })),
          at: startOf(token),
          end: token.location?.endOffset ?? startOf(token),
          selfClosing: token.selfClosing,
        })
      },
      onEndTag(token) {
        flush()
        if ((token.tagName === 'svg' || token.tagName === 'math') && foreign > 0) foreign--
        tokenizer.inForeignNode = foreign > 0
        events.close(token.tagName, startOf(token))
      },
      onCharacter: onText,
      onWhitespaceCharacter: onText,
      onNullCharacter: onText,
      onComment: flush,
      onDoctype() {
        flush()
        events.doctype()
      },
      onEof: flush,
      onParseError: (error) => events.fault(error.code, error.startOffset),
    },
  )
  tokenizer.write(html, true)
  flush()
}

/** The value of an attribute, undefined where the tag has none. */
export function valueIn(tag: Tag, name: string): string | undefined {
  return tag.attributes.find((attribute) => attribute.name === name)?.value
}
