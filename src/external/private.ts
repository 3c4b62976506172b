// Addresses that no reader of a public site can reach, and that nobody should make us ask: this machine, its network, the
// services of a cloud. By what is written; what a name means is only known to whoever resolves it.
import { BlockList, isIP } from 'node:net'

const blocks = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  blocks.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  blocks.addSubnet(net, prefix, 'ipv6')

/** `url` is absolute. The URL parser has made `0x7f.1` and `2130706433` into `127.0.0.1` already. */
export function isPrivate(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$|\.$/g, '')
  const family = isIP(host)
  // `::ffff:127.0.0.1` is looked up among the IPv4 blocks by Node.
  if (family !== 0) return blocks.check(host, family === 4 ? 'ipv4' : 'ipv6')
  return !host.includes('.') || /\.(?:localhost|local|internal|lan|home\.arpa)$/.test(host)
}
