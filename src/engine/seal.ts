// Files that carry their own hash as last line: whoever reads one knows whether it is as it was written.
import { viewOf } from './bytes.js'
import { fingerprint } from './fingerprint.js'

/** Bytes of a last line: a hash and a line break. */
export const sealLength = 33

/** A text with its own hash as last line. */
export function seal(text: string): string {
  return `${text}\n${fingerprint(text)}\n`
}

/** The sealed text, or undefined where it was changed or cut. */
export function unseal(sealed: string): string | undefined {
  const end = sealed.lastIndexOf('\n', sealed.length - 2)
  const text = sealed.slice(0, Math.max(0, end))
  return end > 0 && sealed.endsWith('\n') && sealed.slice(end + 1, -1) === fingerprint(text)
    ? text
    : undefined
}

/** The same for bytes. */
export function sealBytes(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.from(`${fingerprint(bytes)}\n`)])
}

export function unsealBytes(sealed: Uint8Array): Buffer | undefined {
  const all = viewOf(sealed)
  const end = all.length - sealLength
  const bytes = all.subarray(0, Math.max(0, end))
  return end >= 0 && all.toString('latin1', end) === `${fingerprint(bytes)}\n` ? bytes : undefined
}
