// Signs of a template that failed: what should have been filled in, or was filled in with nothing. Looked for in the
// words of a page and in attributes that are shown or followed, never in code.

const shown = new Set([
  'href',
  'src',
  'srcset',
  'content',
  'title',
  'alt',
  'datetime',
  'value',
  'placeholder',
  'aria-label',
  'id',
  'action',
])

const inText = /\{\{[<%-]?|\{%-?|\[object [A-Z]\w*\]|(?<![\w$.'"`“‘-])(?:undefined|NaN)(?![\w$('"`”’-])/g
/** In an attribute a whole word between separators: `/posts/undefined/`, `NaN`, `[object Object]`. */
const inAttribute =
  /\{\{[<%-]?|\{%-?|\[object [A-Z]\w*\]|(?<=^|[/=\s,_-])(?:undefined|NaN)(?=$|[/&\s,_.?#-])/g

/** Each sign once. `attribute` is its name; none for text. */
export function leftoversIn(text: string, attribute?: string): readonly string[] {
  if (attribute !== undefined && !shown.has(attribute)) return []
  // Nearly every text ends here.
  if (
    !text.includes('{') &&
    !text.includes('undefined') &&
    !text.includes('NaN') &&
    !text.includes('[object')
  )
    return []
  return [...new Set(text.match(attribute === undefined ? inText : inAttribute) ?? [])]
}
