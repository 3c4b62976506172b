// Vaultwarden's tables, as far as this demo uses them, and the way from an entry to its encrypted row and back. Only
// ciphertext and hashes go into a statement; the keys stay with the caller, as they stay with the client for real.
import {
  decrypt,
  decryptText,
  defaultIterations,
  deriveMasterKey,
  encrypt,
  encryptText,
  formatEncString,
  type KeyPair,
  parseEncString,
  passwordHash,
  splitUserKey,
  storedHash,
  stretchKey,
} from '../core/bwcrypto.js'
import { type Bytes, concat, toHex } from '../core/bytes.js'
import type { App } from '../core/lab.js'
import type { SqliteConnection, SqlValue } from '../core/sqlite.js'

export const vaultApp: App = {
  schema: [
    `CREATE TABLE IF NOT EXISTS users (uuid TEXT NOT NULL PRIMARY KEY, created_at DATETIME NOT NULL,
      updated_at DATETIME NOT NULL, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, password_hash BLOB NOT NULL,
      salt BLOB NOT NULL, password_iterations INTEGER NOT NULL, akey TEXT NOT NULL,
      client_kdf_type INTEGER NOT NULL DEFAULT 0, client_kdf_iter INTEGER NOT NULL DEFAULT 600000)`,
    `CREATE TABLE IF NOT EXISTS folders (uuid TEXT NOT NULL PRIMARY KEY, created_at DATETIME NOT NULL,
      updated_at DATETIME NOT NULL, user_uuid TEXT NOT NULL REFERENCES users (uuid), name TEXT NOT NULL)`,
    `CREATE TABLE IF NOT EXISTS ciphers (uuid TEXT NOT NULL PRIMARY KEY, created_at DATETIME NOT NULL,
      updated_at DATETIME NOT NULL, user_uuid TEXT REFERENCES users (uuid), atype INTEGER NOT NULL, name TEXT NOT NULL,
      notes TEXT, fields TEXT, data TEXT NOT NULL, deleted_at DATETIME, reprompt INTEGER)`,
  ],
  keys: 'SELECT uuid FROM users UNION ALL SELECT uuid FROM ciphers',
}

export interface Statement {
  /** Primary key of the row. */
  readonly key: string
  readonly sql: string
  readonly bind: readonly SqlValue[]
}

export interface Account {
  readonly uuid: string
  readonly email: string
  readonly stretched: KeyPair
  readonly userKey: KeyPair
  readonly akey: string
  readonly storedHash: Bytes
  readonly salt: Bytes
  readonly iterations: number
}

export interface Login {
  readonly name: string
  readonly username: string
  readonly password: string
}

/** A row of `ciphers`: `name` is an encrypted string, `data` JSON with encrypted strings in it. */
export interface CipherRow {
  readonly uuid: string
  readonly createdAt: string
  readonly name: string
  readonly data: string
}

/** Fills with random bytes: WebCrypto in the page. */
export type RandomBytes = (length: number) => Bytes

const uuid = (random: RandomBytes): string => {
  const bytes = random(16)
  bytes[6] = (bytes[6]! & 15) | 64
  bytes[8] = (bytes[8]! & 63) | 128
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** `2024-09-03 02:55:52.000000`, UTC, as Vaultwarden writes its times. */
const sqlTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 23).replace('T', ' ')}000`

/** Registration on the client and what the server makes of it: two runs of PBKDF2, each of `iterations` rounds. */
export async function createAccount(
  email: string,
  password: string,
  random: RandomBytes,
  iterations = defaultIterations,
): Promise<Account> {
  const masterKey = await deriveMasterKey(password, email, iterations)
  const stretched = await stretchKey(masterKey)
  const userKey = splitUserKey(random(64))
  const akey = formatEncString(await encrypt(concat([userKey.enc, userKey.mac]), stretched, random(16)))
  const salt = random(64)
  return {
    uuid: uuid(random),
    email: email.trim().toLowerCase(),
    stretched,
    userKey,
    akey,
    storedHash: await storedHash(await passwordHash(masterKey, password), salt, iterations),
    salt,
    iterations,
  }
}

export function registerStatement(account: Account, nowMs: number): Statement {
  const { uuid: key, email, storedHash: hash, salt, iterations, akey } = account
  const time = sqlTime(nowMs)
  return {
    key,
    sql: `INSERT INTO users (uuid, created_at, updated_at, email, name, password_hash, salt, password_iterations, akey,
      client_kdf_iter) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    bind: [key, time, time, email, email, hash, salt, iterations, akey, iterations],
  }
}

/** An entry, encrypted field by field with fresh ivs. */
export async function loginStatement(
  account: Account,
  login: Login,
  random: RandomBytes,
  nowMs: number,
): Promise<Statement> {
  const seal = (text: string): Promise<string> => encryptText(text, account.userKey, random(16))
  const name = await seal(login.name)
  const data = { username: await seal(login.username), password: await seal(login.password), uris: null }
  const key = uuid(random)
  const time = sqlTime(nowMs)
  return {
    key,
    sql: `INSERT INTO ciphers (uuid, created_at, updated_at, user_uuid, atype, name, data, reprompt)
      VALUES (?, ?, ?, ?, 1, ?, ?, 0)`,
    bind: [key, time, time, account.uuid, name, JSON.stringify(data)],
  }
}

/** The account's encrypted user key in a database, or null where the account is not in it. */
export function storedKey(connection: SqliteConnection, account: Account): string | null {
  const value = connection.rows('SELECT akey FROM users WHERE uuid = ?', [account.uuid])[0]?.[0]
  return value === undefined ? null : String(value)
}

/** What a client does after login: the user key out of the row, with the stretched master key. */
export async function unlock(akey: string, stretched: KeyPair): Promise<KeyPair> {
  return splitUserKey(await decrypt(parseEncString(akey), stretched))
}

/** All entries, newest first. */
export function listCiphers(connection: SqliteConnection, limit = 100): CipherRow[] {
  return connection
    .rows('SELECT uuid, created_at, name, data FROM ciphers ORDER BY rowid DESC LIMIT ?', [limit])
    .map(([id, createdAt, name, data]) => ({
      uuid: String(id),
      createdAt: String(createdAt),
      name: String(name),
      data: String(data),
    }))
}

/** The entry in a row. Throws where the key does not fit. */
export async function openLogin(row: CipherRow, userKey: KeyPair): Promise<Login> {
  const { username, password } = JSON.parse(row.data) as Record<'username' | 'password', string> // written above
  return {
    name: await decryptText(row.name, userKey),
    username: await decryptText(username, userKey),
    password: await decryptText(password, userKey),
  }
}
