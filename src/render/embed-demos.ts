// `::demo{slug}` in a body is a link to the project's page; here it becomes the demo's place, as on that page.
import type { DemoView } from '../assets/demos.js'
import { escapeAttribute } from './escape.js'

const place = /<div class="demo-embed" data-demo="([^"]+)">/g

/** Adds module and style to each place whose project has a live demo; the link inside stays for everybody else. */
export function embedDemos(html: string, demoOf: (slug: string) => DemoView | null): string {
  const styled = new Set<string>()
  return html.replace(place, (whole, slug: string) => {
    const live = demoOf(slug)
    if (!live?.module) return whole
    const style = live.style !== '' && !styled.has(slug) ? sheetOf(live.style) : ''
    styled.add(slug)
    const wasm = live.usesWasm ? ' data-wasm' : ''
    const module = escapeAttribute(live.module)
    return `${style}<div class="demo-embed demo-${slug}" data-demo="${slug}" data-module="${module}"${wasm}>`
  })
}

const sheetOf = (href: string): string => `<link rel="stylesheet" href="${escapeAttribute(href)}">`
