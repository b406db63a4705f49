import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { Cipher } from '../crypto/cipher.ts'
import { readOnce } from './read-once.ts'
import { readSecret, readSecretFile, SecretError } from './read-secret.ts'
import { sealSecret } from './sealed-secret.ts'
import { secretOpener } from './secret-opener.ts'

const MASTER = 'ab'.repeat(32)
const cipher = new Cipher(MASTER)
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhangyi-secrets-'))
  return () => rmSync(folder, { recursive: true })
})
const file = (text: string, name = 'key') => {
  const path = join(folder, name)
  writeFileSync(path, text, { mode: 0o640 })
  return path
}

describe('the key that a setting names', () => {
  test('is read plain and sealed alike', () => {
    expect(readSecretFile(cipher, file(' the-key \n'))).toEqual({ text: 'the-key', isSealed: false })
    const sealed = file(`${sealSecret(cipher, 'the-key')}\n`)
    expect(readSecretFile(cipher, sealed)).toEqual({ text: 'the-key', isSealed: true })
  })

  test.each([
    [
      'under another master key',
      sealSecret(new Cipher('cd'.repeat(32)), 'hidden-word'),
      '主密钥不是加密时的那一个',
    ],
    ['cut off', sealSecret(cipher, 'hidden-word').slice(0, 60), '残缺'],
    ['empty', ' \n', '文件是空的'],
  ])('%s it is told with its file and what to do, and nothing of it', (_name, text, word) => {
    const path = file(text)
    const read = () => readSecret(cipher, path)
    expect(read).toThrow(SecretError)
    expect(read).toThrow(`密钥文件 ${path}：`)
    expect(read).toThrow(word)
    expect(read).not.toThrow(/hidden-word|zhangyi-sealed/)
  })

  test('that is not there is told too', () => {
    expect(() => readSecret(cipher, join(folder, 'none'))).toThrow('没有这个文件')
  })

  test('needs no master key while it is plain; a sealed one asks for it, and makes none', () => {
    const opener = secretOpener({ dataDir: folder, dataKeyFile: undefined })
    expect(readSecret(opener, file('plain'))).toBe('plain')
    const sealed = file(sealSecret(cipher, 'the-key'), 'sealed')
    expect(() => readSecret(opener, sealed)).toThrow('找不到主密钥文件')
    expect(readdirSync(folder).sort()).toEqual(['key', 'sealed'])
    file(MASTER, 'data-key')
    expect(readSecret(opener, sealed)).toBe('the-key')
  })

  test('counts until the next start where it is asked for again and again', () => {
    const read = readOnce(cipher)
    const path = file('first')
    expect(read(path)).toBe('first')
    file('second')
    expect(read(path)).toBe('first')
    expect(readOnce(cipher)(path)).toBe('second')
  })
})
