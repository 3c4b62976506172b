// What HTML in a feed must not hold, as a list of faults.
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'

type Node = DefaultTreeAdapterTypes.ChildNode

/** What readers strip, and addresses that only work on the site itself. */
export function htmlFaults(html: string, where: string): string[] {
  const faults: string[] = []
  const visit = (node: Node) => {
    if (!('tagName' in node)) return
    if (['script', 'iframe', 'form', 'style', 'object', 'embed', 'link', 'base'].includes(node.tagName))
      faults.push(`${where}: <${node.tagName}> in content`)
    for (const { name, value } of node.attrs) {
      if (name === 'style' || name.startsWith('on')) faults.push(`${where}: attribute ${name} in content`)
      const addresses =
        name === 'srcset'
          ? value.split(',').map((candidate) => candidate.trim().split(/\s+/)[0] ?? '')
          : ['src', 'href', 'poster', 'cite', 'data'].includes(name)
            ? [value]
            : []
      for (const address of addresses)
        if (!/^[a-z][a-z0-9+.-]*:/i.test(address)) faults.push(`${where}: relative ${name}="${address}"`)
    }
    for (const child of 'content' in node ? node.content.childNodes : node.childNodes) visit(child)
  }
  for (const node of parseFragment(html).childNodes) visit(node)
  return faults
}
