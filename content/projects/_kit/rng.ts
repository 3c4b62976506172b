// Random numbers from a seed: the same seed gives the same story on every machine. It must never be used for
// secrets; those come from WebCrypto.

export interface Rng {
  /** A number from 0 up to, not including, 1. */
  next(): number
  /** A whole number from 0 up to, not including, `below` (at least 1). */
  int(below: number): number
  /** Any 32-bit unsigned number. */
  uint32(): number
  /** One item of a list that is not empty. Throws on an empty one. */
  pick<T>(items: readonly T[]): T
  /** A new list in random order. */
  shuffle<T>(items: readonly T[]): T[]
}

/** FNV-1a over UTF-16 units: turns a name into a seed. */
export function seedFrom(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** A small fast generator with 128 bits of state (sfc32), warmed up so that near seeds differ at once. */
export function createRng(seed: number): Rng {
  let a = 0x9e3779b9 | 0
  let b = 0x243f6a88 | 0
  let c = seed | 0
  let counter = 1
  const uint32 = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let i = 0; i < 16; i++) uint32()

  const next = (): number => uint32() / 4294967296
  const int = (below: number): number => Math.floor(next() * Math.max(1, below))
  return {
    next,
    int,
    uint32,
    pick<T>(items: readonly T[]): T {
      if (items.length === 0) throw new Error('nothing to pick from')
      return items[int(items.length)]!
    },
    shuffle<T>(items: readonly T[]): T[] {
      const out = [...items]
      for (let i = out.length - 1; i > 0; i--) {
        const j = int(i + 1)
        const [x, y] = [out[i]!, out[j]!]
        out[i] = y
        out[j] = x
      }
      return out
    },
  }
}
