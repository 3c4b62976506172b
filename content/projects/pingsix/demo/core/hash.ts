// The two hash functions of Pingora's balancers, on bytes. Pure; no table is kept between calls but the CRC's own.

const crcTable = new Int32Array(256).map((_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1
  return c
})

/** CRC-32 (IEEE) of bytes, as an unsigned number; `seed` continues an earlier result. */
export function crc32(bytes: ArrayLike<number>, seed = 0): number {
  let c = ~seed
  for (let i = 0; i < bytes.length; i++) c = (c >>> 8) ^ crcTable[(c ^ bytes[i]!) & 255]!
  return ~c >>> 0
}

/** The four little-endian bytes of a 32-bit number. */
export const le32 = (n: number): number[] => [n & 255, (n >>> 8) & 255, (n >>> 16) & 255, n >>> 24]

/** FNV-1a, 64 bits. */
export function fnv1a64(bytes: ArrayLike<number>): bigint {
  let hash = 0xcbf29ce484222325n
  for (let i = 0; i < bytes.length; i++)
    hash = BigInt.asUintN(64, (hash ^ BigInt(bytes[i]!)) * 0x100000001b3n)
  return hash
}

/** The eight little-endian bytes of a 64-bit number. */
export const le64 = (n: bigint): number[] =>
  Array.from({ length: 8 }, (_, i) => Number((n >> BigInt(8 * i)) & 255n))

const encoder = new TextEncoder()
/** The UTF-8 bytes of a text. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text)
