import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Cipher } from '../crypto/cipher.ts'
import { isSealed, openSecret, SealError } from './sealed-secret.ts'

/** Opens what was sealed with the installation's master key. */
export type Opener = Pick<Cipher, 'openBytes'>

export interface SecretFile {
  readonly text: string
  readonly isSealed: boolean
}

/** Names the file and what to do, and nothing of what is in it. */
export class SecretError extends Error {
  override readonly name = 'SecretError'
  /** Without the name of the file, for a page that shows it beside. */
  readonly problem: string
  readonly why: 'missing' | 'empty' | 'does-not-open'

  constructor(file: string, why: SecretError['why'], problem: string, cause?: unknown) {
    super(`密钥文件 ${resolve(file)}：${problem}`, { cause })
    this.problem = problem
    this.why = why
  }
}

/** The key that a setting names the file of, be it plain or sealed. The one way to it. Throws `SecretError`. */
export function readSecret(opener: Opener, file: string): string {
  return readSecretFile(opener, file).text
}

/** The same, and how it is kept. */
export function readSecretFile(opener: Opener, file: string): SecretFile {
  const text = textOf(file)
  if (!isSealed(text)) return { text, isSealed: false }
  try {
    return { text: openSecret(opener, text), isSealed: true }
  } catch (error) {
    if (!(error instanceof SealError)) throw error
    throw new SecretError(file, 'does-not-open', error.message, error)
  }
}

function textOf(file: string): string {
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new SecretError(file, 'missing', '没有这个文件，或运行网关的用户读不到它', error)
  }
  if (text === '') throw new SecretError(file, 'empty', '文件是空的')
  return text
}
