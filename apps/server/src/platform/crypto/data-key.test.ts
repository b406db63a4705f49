import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Cipher } from './cipher.ts'
import { loadDataKey } from './data-key.ts'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'zhangyi-key-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

test('in development a missing key is made once, for its owner’s eyes only', () => {
  const dataDir = join(folder(), 'not-there-yet')
  const settings = { mode: 'development', dataDir, dataKeyFile: undefined } as const
  const key = loadDataKey(settings)
  expect(() => new Cipher(key)).not.toThrow()
  expect(loadDataKey(settings)).toBe(key)
  if (process.platform !== 'win32') expect(statSync(join(dataDir, 'data-key')).mode & 0o777).toBe(0o600)
})

test('in production a missing key is refused: making one would lock the old data away', () => {
  const dataDir = folder()
  expect(() => loadDataKey({ mode: 'production', dataDir, dataKeyFile: undefined })).toThrow(
    '找不到主密钥文件',
  )
})

test('a key file that is named must be there, in development too', () => {
  const dataDir = folder()
  const dataKeyFile = join(dataDir, 'key')
  expect(() => loadDataKey({ mode: 'development', dataDir, dataKeyFile })).toThrow('找不到主密钥文件')
  writeFileSync(dataKeyFile, `${'ab'.repeat(32)}\n`)
  expect(loadDataKey({ mode: 'production', dataDir, dataKeyFile })).toBe('ab'.repeat(32))
})
