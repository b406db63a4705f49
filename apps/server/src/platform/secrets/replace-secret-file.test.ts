import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HOUR_MS } from '@zhangyi/core'
import { beforeEach, describe, expect, test } from 'vitest'
import { Cipher } from '../crypto/cipher.ts'
import { readSecret, readSecretFile } from './read-secret.ts'
import { replaceSecretFile } from './replace-secret-file.ts'
import { sealSecret } from './sealed-secret.ts'

const cipher = new Cipher('ab'.repeat(32))
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhangyi-secrets-'))
  return () => rmSync(folder, { recursive: true })
})
const file = (text: string) => {
  const path = join(folder, 'key')
  writeFileSync(path, text, { mode: 0o640 })
  return path
}

describe('a key that takes another’s place', () => {
  const parts = { cipher, startedAtMs: Date.now() + HOUR_MS }

  test('is sealed, for its owner only; the plain one is beside it, sealed too, and nothing else is left', () => {
    const path = file('former-key')
    expect(replaceSecretFile(path, 'new-key', parts)).toBe(`${path}.previous`)
    expect(readSecretFile(cipher, path)).toEqual({ text: 'new-key', isSealed: true })
    expect(readSecretFile(cipher, `${path}.previous`)).toEqual({ text: 'former-key', isSealed: true })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder).sort()).toEqual(['key', 'key.previous'])
  })

  test('a second time before the restart leaves the one that is in use beside it', () => {
    const path = file('used-key')
    replaceSecretFile(path, 'wrong-key', parts)
    replaceSecretFile(path, 'right-key', { cipher, startedAtMs: Date.now() - HOUR_MS })
    expect([readSecret(cipher, path), readSecret(cipher, `${path}.previous`)]).toEqual([
      'right-key',
      'used-key',
    ])
  })

  test('keeps even one that does not open: its master key may be found again', () => {
    const lost = sealSecret(new Cipher('cd'.repeat(32)), 'former-key')
    const path = file(lost)
    replaceSecretFile(path, 'new-key', parts)
    expect(readFileSync(`${path}.previous`, 'utf8').trim()).toBe(lost)
  })

  test('has nothing to keep where nothing was, and leaves a link a link', () => {
    const path = join(folder, 'fresh')
    expect(replaceSecretFile(path, 'new-key', parts)).toBeUndefined()
    const link = join(folder, 'link')
    symlinkSync(path, link)
    expect(replaceSecretFile(link, 'newer-key', parts)).toMatch(/fresh\.previous$/)
    expect([readSecret(cipher, path), readSecret(cipher, link)]).toEqual(['newer-key', 'newer-key'])
  })

  // Root writes everywhere.
  test.skipIf(process.getuid?.() === 0)('is not half there where nobody may write', () => {
    const path = file('former-key')
    chmodSync(folder, 0o500)
    expect(() => replaceSecretFile(path, 'new-key', parts)).toThrow('EACCES')
    chmodSync(folder, 0o700)
    expect([readSecret(cipher, path), readdirSync(folder)]).toEqual(['former-key', ['key']])
  })
})
