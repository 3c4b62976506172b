// IP addresses, networks and socket addresses as Rust's standard library reads and writes them. Strict: no octal,
// no short forms, no zone ids.

export interface Ip {
  readonly version: 4 | 6
  readonly bits: bigint
}

function parseV4(text: string): bigint | null {
  const parts = text.split('.')
  if (parts.length !== 4) return null
  let bits = 0n
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return null
    bits = (bits << 8n) | BigInt(part)
  }
  return bits
}

function parseV6(text: string): bigint | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const groupsOf = (half: string, last: boolean): number[] | null => {
    if (half === '') return []
    const out: number[] = []
    const parts = half.split(':')
    for (const [i, part] of parts.entries()) {
      if (last && i === parts.length - 1 && part.includes('.')) {
        const v4 = parseV4(part)
        if (v4 === null) return null
        out.push(Number(v4 >> 16n), Number(v4 & 0xffffn))
      } else if (/^[0-9a-f]{1,4}$/i.test(part)) out.push(Number.parseInt(part, 16))
      else return null
    }
    return out
  }
  const head = groupsOf(halves[0]!, halves.length === 1)
  const tail = halves.length === 2 ? groupsOf(halves[1]!, true) : []
  if (head === null || tail === null) return null
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...tail]
  return groups.reduce((bits, group) => (bits << 16n) | BigInt(group), 0n)
}

/** `10.0.0.1` or `2001:db8::1` (no brackets); null for anything else. */
export function parseIp(text: string): Ip | null {
  const v4 = parseV4(text)
  if (v4 !== null) return { version: 4, bits: v4 }
  const v6 = text.includes(':') ? parseV6(text) : null
  return v6 === null ? null : { version: 6, bits: v6 }
}

/** The canonical text: the first longest run of two or more zero groups becomes `::`. */
export function formatIp(ip: Ip): string {
  if (ip.version === 4) return [24n, 16n, 8n, 0n].map((shift) => String((ip.bits >> shift) & 255n)).join('.')
  const groups = Array.from({ length: 8 }, (_, i) => Number((ip.bits >> BigInt(112 - 16 * i)) & 0xffffn))
  if (ip.bits >> 32n === 0xffffn) return `::ffff:${formatIp({ version: 4, bits: ip.bits & 0xffffffffn })}`
  let best = { at: -1, length: 1 }
  for (let at = 0; at < 8; at++) {
    let length = 0
    while (at + length < 8 && groups[at + length] === 0) length++
    if (length > best.length) best = { at, length }
  }
  const hex = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':')
  if (best.at < 0) return hex(groups)
  return `${hex(groups.slice(0, best.at))}::${hex(groups.slice(best.at + best.length))}`
}

/** `ip:port`, IPv6 in brackets, as in `remote_addr`. */
export function formatSocket(ip: Ip, port: number): string {
  return ip.version === 4 ? `${formatIp(ip)}:${port}` : `[${formatIp(ip)}]:${port}`
}

/** `127.0.0.1:80` or `[::1]:80`; null for host names and ports above 65535. */
export function parseSocket(text: string): { ip: Ip; port: number } | null {
  const match = /^(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/.exec(text)
  if (match === null || Number(match[3]) > 65535) return null
  const ip = parseIp(match[1] ?? match[2] ?? '')
  if (ip === null || (ip.version === 6) !== (match[1] !== undefined)) return null
  return { ip, port: Number(match[3]) }
}

export interface Network {
  readonly version: 4 | 6
  readonly bits: bigint
  readonly prefix: number
}

/** `10.0.0.0/8`, `10.0.0.0/255.0.0.0`, or one address alone; null where it is none of these. */
export function parseNetwork(text: string): Network | null {
  const [address = '', mask, ...rest] = text.split('/')
  const ip = parseIp(address)
  if (ip === null || rest.length > 0) return null
  const width = ip.version === 4 ? 32 : 128
  if (mask === undefined) return { ...ip, prefix: width }
  const dotted = ip.version === 4 ? parseV4(mask) : null
  if (dotted !== null) {
    const ones = dotted.toString(2).padStart(32, '0')
    return /^1*0*$/.test(ones) ? { ...ip, prefix: ones.replaceAll('0', '').length } : null
  }
  if (!/^\d{1,3}$/.test(mask) || Number(mask) > width) return null
  return { ...ip, prefix: Number(mask) }
}

/** Whether the address lies in the network; the two families never meet. */
export function contains(network: Network, ip: Ip): boolean {
  if (network.version !== ip.version) return false
  const shift = BigInt((ip.version === 4 ? 32 : 128) - network.prefix)
  return network.bits >> shift === ip.bits >> shift
}
