// Encryption as Bitwarden clients do it, with real WebCrypto: what reaches the database, the WAL and the bucket is
// ciphertext. Random bytes are handed in, so that a test can repeat a run. Never use it with a real password here.
import { type Bytes, concat, fromBase64, toBase64, utf8 } from './bytes.js'

export const defaultIterations = 600_000
export const minimumIterations = 5000

/** A pair of 32-byte keys: one encrypts, one authenticates. */
export interface KeyPair {
  readonly enc: Bytes
  readonly mac: Bytes
}

/** Type 2 of Bitwarden's encrypted strings: AES-256-CBC, then HMAC-SHA256 over iv and data. */
export interface EncString {
  readonly type: 2
  readonly iv: Bytes
  readonly data: Bytes
  readonly mac: Bytes
}

const subtle = (): SubtleCrypto => globalThis.crypto.subtle

async function pbkdf2(secret: Bytes, salt: Bytes, iterations: number): Promise<Bytes> {
  const key = await subtle().importKey('raw', secret, 'PBKDF2', false, ['deriveBits'])
  return new Uint8Array(
    await subtle().deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, key, 256),
  )
}

const hmacKey = (key: Bytes): Promise<CryptoKey> =>
  subtle().importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])

async function hmac(key: Bytes, message: Bytes): Promise<Bytes> {
  return new Uint8Array(await subtle().sign('HMAC', await hmacKey(key), message))
}

/** 32 bytes from the password; the salt is the e-mail address, trimmed and in lower case. Throws below 5,000 rounds. */
export async function deriveMasterKey(
  password: string,
  email: string,
  iterations = defaultIterations,
): Promise<Bytes> {
  if (iterations < minimumIterations)
    throw new Error(`at least ${minimumIterations} iterations are required, not ${iterations}`)
  return pbkdf2(utf8(password), utf8(email.trim().toLowerCase()), iterations)
}

/**
 * Base64 of what proves the password: one round for the server, two for the local check. The server never sees
 * the master key.
 */
export async function passwordHash(
  masterKey: Bytes,
  password: string,
  purpose: 'server' | 'local' = 'server',
) {
  return toBase64(await pbkdf2(masterKey, utf8(password), purpose === 'server' ? 1 : 2))
}

/** What the server stores of that proof: once more PBKDF2, with its own 64-byte salt. */
export function storedHash(hash: string, salt: Bytes, iterations = defaultIterations): Promise<Bytes> {
  return pbkdf2(utf8(hash), salt, iterations)
}

/** HKDF-Expand without Extract (which WebCrypto's HKDF always does): one HMAC per 32-byte key. */
export async function stretchKey(masterKey: Bytes): Promise<KeyPair> {
  const expand = (info: string): Promise<Bytes> => hmac(masterKey, concat([utf8(info), Uint8Array.of(1)]))
  return { enc: await expand('enc'), mac: await expand('mac') }
}

/** The user key from 64 random bytes: 32 to encrypt, 32 to authenticate. */
export function splitUserKey(random: Bytes): KeyPair {
  if (random.length !== 64) throw new Error(`a user key has 64 bytes, not ${random.length}`)
  return { enc: random.slice(0, 32), mac: random.slice(32) }
}

/** `2.iv|data|mac`, each in base64. Throws on other types, a wrong number of parts and wrong lengths. */
export function parseEncString(text: string): EncString {
  const match = /^(\d+)\.(.*)$/s.exec(text)
  if (match === null) throw new Error('encrypted string has no type')
  if (match[1] !== '2') throw new Error(`encrypted string of type ${match[1]} is not supported`)
  const parts = match[2]!.split('|')
  if (parts.length !== 3) throw new Error(`encrypted string has ${parts.length} parts instead of 3`)
  const [iv, data, mac] = parts.map(fromBase64) as [Bytes, Bytes, Bytes] // the length was just checked
  if (iv.length !== 16) throw new Error(`iv has ${iv.length} bytes instead of 16`)
  if (mac.length !== 32) throw new Error(`mac has ${mac.length} bytes instead of 32`)
  return { type: 2, iv, data, mac }
}

export function formatEncString({ iv, data, mac }: EncString): string {
  return `2.${[iv, data, mac].map(toBase64).join('|')}`
}

/** Encrypts, then authenticates. `iv` is 16 random bytes, never used twice. */
export async function encrypt(plain: Bytes, key: KeyPair, iv: Bytes): Promise<EncString> {
  const aes = await subtle().importKey('raw', key.enc, 'AES-CBC', false, ['encrypt'])
  const data = new Uint8Array(await subtle().encrypt({ name: 'AES-CBC', iv }, aes, plain))
  return { type: 2, iv, data, mac: await hmac(key.mac, concat([iv, data])) }
}

/** Verifies the mac first; throws without having decrypted anything where it does not fit. */
export async function decrypt({ iv, data, mac }: EncString, key: KeyPair): Promise<Bytes> {
  const authentic = await subtle().verify('HMAC', await hmacKey(key.mac), mac, concat([iv, data]))
  if (!authentic) throw new Error('mac does not match: refused before decrypting')
  const aes = await subtle().importKey('raw', key.enc, 'AES-CBC', false, ['decrypt'])
  return new Uint8Array(await subtle().decrypt({ name: 'AES-CBC', iv }, aes, data))
}

/** A text as an encrypted string. */
export async function encryptText(text: string, key: KeyPair, iv: Bytes): Promise<string> {
  return formatEncString(await encrypt(utf8(text), key, iv))
}

/** The text in an encrypted string. */
export async function decryptText(text: string, key: KeyPair): Promise<string> {
  return new TextDecoder('utf-8', { fatal: true }).decode(await decrypt(parseEncString(text), key))
}
