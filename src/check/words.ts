// What is said of each finding: what is wrong, what is allowed, how to mend it. Broken things are errors, for a reader
// meets them; the rest are warnings.
import type { Problem, Severity } from '../errors.js'
import type { Issue, Ref } from './facts.js'
import type { Resolved } from './resolve.js'

export type Said = Pick<Problem, 'severity' | 'code' | 'what' | 'found' | 'expected' | 'fix'>

const say = (severity: Severity, code: string, what: string, more: Partial<Said> = {}): Said => ({
  severity,
  code,
  what,
  ...more,
})

const nouns: Readonly<Record<Ref['kind'], string>> = {
  link: 'page',
  image: 'image',
  srcset: 'image',
  load: 'file',
  style: 'file',
  canonical: 'page',
  card: 'image',
  redirect: 'page',
  feed: 'page',
  enclosure: 'file',
  sitemap: 'page',
}

const bearers: Partial<Record<Ref['kind'], string>> = {
  srcset: ', which a srcset names',
  style: ', which a style names',
  canonical: ', which the page names as its canonical address',
  card: ', which the page names as its picture for sharing',
  redirect: ', where a redirect leads',
  feed: ', which a feed names',
  enclosure: ', which a feed encloses',
  sitemap: ', which a sitemap names',
}

/** What is wrong with an address; undefined where it leads somewhere. `near` is what was probably meant. */
export function ofRef({ kind, to }: Ref, resolved: Resolved, near: string | undefined): Said | undefined {
  const bearer = bearers[kind] ?? ''
  const meant = near === undefined ? '' : `, did you mean "${near}"?`
  const fix = near === undefined ? 'correct the address or remove it' : `write ${near}`
  switch (resolved.kind) {
    case 'no-page':
      return say(
        'error',
        'links/no-such-page',
        `there is no ${nouns[kind]} at ${resolved.url}${bearer}${meant}`,
        {
          found: to,
          fix,
        },
      )
    case 'no-anchor':
      return say(
        'error',
        'links/no-such-anchor',
        `there is no #${resolved.anchor} on ${resolved.url}${bearer}${meant}`,
        {
          found: to,
          fix: near === undefined ? 'correct the part after #, or remove it' : `write #${near}`,
        },
      )
    case 'no-address':
      return say('error', 'links/no-address', `this is no address${bearer}`, {
        found: to === '' ? '(nothing)' : to,
        expected: ['an address such as /about/ or https://example.org/'],
        fix: 'correct the address or remove it',
      })
    case 'outside':
      return say(
        'warning',
        'links/outside',
        `${resolved.url} lies beside the site: its addresses begin with its base path`,
        {
          found: to,
          fix: 'in a template write it with the filter url; a whole https: address says that you mean it',
        },
      )
    default:
      return undefined
  }
}

const parseErrors: Readonly<Record<string, string>> = {
  'duplicate-attribute': 'an attribute stands twice in one tag',
  'missing-whitespace-between-attributes': 'there is no blank between two attributes',
  'unexpected-character-in-attribute-name':
    'a quote or < stands in the name of an attribute: a quote is missing before it',
  'unexpected-character-in-unquoted-attribute-value': 'an attribute without quotes holds a quote, =, < or `',
  'invalid-first-character-of-tag-name': 'a < stands before what is no tag',
  'eof-in-tag': 'the page ends within a tag',
  'eof-in-comment': 'the page ends within a comment',
  'unknown-named-character-reference': 'this entity does not exist',
  'missing-semicolon-after-character-reference': 'an entity is not closed with ;',
  'nested-comment': 'a comment holds the beginning of another',
  'abrupt-closing-of-empty-comment': 'a comment ends where it begins',
  'incorrectly-opened-comment': 'a comment begins wrongly',
  'control-character-in-input-stream': 'a control character stands in the text; nobody can see it',
  'noncharacter-in-input-stream': 'the text holds what is no character',
  'cdata-in-html-content': 'CDATA is for XML, SVG and MathML',
}

/** How each kind of finding within one file is told. */
const issues: Readonly<Record<string, (issue: Issue) => Said>> = {
  'check/duplicate-id': ({ code, found }) =>
    say('warning', code, `the id "${found}" stands twice on this page: links lead to the first`, {
      found,
      fix: 'give one of them another id; a heading takes one as {#other}',
    }),
  'check/missing-alt': ({ code, found }) =>
    say('warning', code, 'this image has no alt text', {
      found,
      fix: 'describe it in alt="…"; alt="" says that it is decoration',
    }),
  'check/empty-alt': ({ found }) =>
    say('warning', 'check/missing-alt', 'this image has no alt text', {
      found,
      fix: 'describe it between the brackets: ![what it shows](…)',
    }),
  'check/heading-skip': ({ code, found, more }) =>
    say('warning', code, `${found} comes after ${more}: a level is left out`, {
      found,
      expected: [`h${Number(more?.[1] ?? 0) + 1} or less deep`],
      fix: 'take a # away, or add the heading between',
    }),
  'check/leftover': ({ code, found, more }) =>
    say('warning', code, `"${found}" stands in the page: a template or a shortcode was not filled in`, {
      found: more ?? found,
      fix: 'correct the template or the text; where it is meant, write it as `code`',
    }),
  'feed/rule': ({ code, found }) =>
    say('warning', code, `a feed breaks a rule of its format: ${found}`, {
      fix: 'correct what the feed is made of',
    }),
  'feed/not-xml': ({ code, found }) => say('error', code, `this is not well-formed XML: ${found.trim()}`),
  'feed/not-json': ({ code, found }) => say('error', code, `this is no JSON: ${found}`),
  'feed/relative-address': ({ code, found }) =>
    say('warning', code, 'an address in a feed must be absolute: readers show it elsewhere', { found }),
  'sitemap/rule': ({ code, found }) =>
    say('warning', code, `the sitemap breaks a rule of its protocol: ${found}`),
  'html/parse-error': ({ code, found }) =>
    say('warning', code, `this is no valid HTML: ${parseErrors[found] ?? found}`, { found }),
  'html/unclosed': ({ code, found }) =>
    say('warning', code, `<${found}> is never closed`, { fix: `add </${found}> where it shall end` }),
  'html/stray-end-tag': ({ code, found }) =>
    say('warning', code, `</${found}> closes nothing`, {
      fix: found === 'p' ? 'a paragraph ends by itself before a block: take </p> away' : 'take it away',
    }),
  'html/void-end-tag': ({ code, found }) =>
    say('warning', code, `<${found}> holds nothing and needs no end tag`),
  'html/wrong-place': ({ code, found, more }) =>
    say('warning', code, `<${found}> cannot stand here`, { expected: [`within ${more}`] }),
  'html/wrong-child': ({ code, found, more }) =>
    say('warning', code, `<${found}> cannot stand directly in <${more}>`, {}),
  'html/nested': ({ code, found, more }) => say('warning', code, `<${found}> cannot stand within <${more}>`),
  'html/block-in-words': ({ code, found, more }) =>
    say('warning', code, `<${found}> is a block and cannot stand within <${more}>`),
  'html/obsolete': ({ code, found }) =>
    say('warning', code, `<${found}> is no longer part of HTML`, { fix: 'use a style instead' }),
  'html/bad-id': ({ code, found }) =>
    say('warning', code, 'an id is neither empty nor has blanks in it', { found }),
  'html/no-lang': ({ code }) =>
    say('warning', code, 'the page does not say its language', { expected: ['<html lang="zh-CN">'] }),
  'html/no-title': ({ code }) => say('warning', code, 'the page has no <title>'),
  'html/no-doctype': ({ code }) =>
    say(
      'warning',
      code,
      'the page does not begin with <!DOCTYPE html>: browsers show it as they did in 1998',
    ),
  'html/two-canonicals': ({ code }) => say('warning', code, 'the page names two canonical addresses'),
  'html/two-mains': ({ code }) => say('warning', code, 'the page has two <main>'),
  'html/missing-reference': ({ code, found, more }) =>
    say('warning', code, `${more}="${found}" names an id that is not on this page`, { found }),
}

export function ofIssue(issue: Issue): Said {
  return issues[issue.code]?.(issue) ?? say('warning', issue.code, issue.code, { found: issue.found })
}
