import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Cipher, readSecret } from '@zhangyi/server'
import { Command } from 'commander'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { StartProblem } from '../start/start-problem.ts'
import { addKeysCommand } from './keys.ts'

const MASTER = 'ab'.repeat(32)
const cipher = new Cipher(MASTER)
let folder: string
let plain: string
let master: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhangyi-keys-'))
  plain = put('api-v3', 'the-secret-word\n')
  master = put('master', `${MASTER}\n`)
  vi.stubEnv('ZHANGYI_DATA_KEY_FILE', master)
  return () => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  }
})

function put(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text, { mode: 0o644 })
  return path
}

async function seal(...args: readonly string[]): Promise<string> {
  let told = ''
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    told += String(text)
    return true
  })
  try {
    const program = new Command().exitOverride()
    addKeysCommand(program)
    await program.parseAsync(['node', 'zhangyi', 'keys', 'seal', ...args])
    return told
  } finally {
    spy.mockRestore()
  }
}

describe('zhangyi keys seal', () => {
  test('writes the sealed key beside, for its owner only, and tells nothing of it', async () => {
    const to = join(folder, 'api-v3.sealed')
    const told = await seal(plain, '--to', to)
    expect(told).toContain('删除明文')
    expect(readSecret(cipher, to)).toBe('the-secret-word')
    expect(statSync(to).mode & 0o777).toBe(0o600)
    expect(readFileSync(plain, 'utf8')).toBe('the-secret-word\n')
    expect(told + readFileSync(to, 'utf8')).not.toContain('the-secret-word')
  })

  test('takes the place of the plain one only when that is asked for', async () => {
    expect(await seal(plain, '--in-place')).toContain('不受影响')
    expect(readFileSync(plain, 'utf8')).toMatch(/^zhangyi-sealed:1:/)
    expect([readSecret(cipher, plain), statSync(plain).mode & 0o777]).toEqual(['the-secret-word', 0o600])
    expect(readdirSync(folder).sort()).toEqual(['api-v3', 'master'])
    await expect(seal(plain, '--in-place')).rejects.toThrow('已经是加密的')
  })

  test.each<[string, () => readonly string[], string]>([
    ['nowhere to write', () => [plain], '--to'],
    ['both ways', () => [plain, '--to', join(folder, 'x'), '--in-place'], '只用一个'],
    ['a file that is there', () => [plain, '--to', put('there', 'x')], '已经有'],
    ['itself as the target', () => [plain, '--to', plain], '--in-place'],
    ['a file that is not there', () => [join(folder, 'none'), '--in-place'], '没有这个文件'],
    ['an empty file', () => [put('empty', ''), '--in-place'], '文件是空的'],
    ['the master key itself', () => [master, '--in-place'], '这是主密钥'],
    ['no folder', () => [plain, '--to', join(folder, 'none', 'x')], '写不了'],
  ])('%s: refused in words that help, nothing written', async (_name, args, word) => {
    const given = args()
    const before = readdirSync(folder)
    const thrown = await seal(...given).catch((error) => error)
    expect(thrown).toBeInstanceOf(StartProblem)
    expect(thrown.message).toContain(word)
    expect(readdirSync(folder)).toEqual(before)
    expect(readFileSync(plain, 'utf8')).toBe('the-secret-word\n')
  })

  test('without a master key it makes none', async () => {
    vi.stubEnv('ZHANGYI_DATA_KEY_FILE', '')
    vi.stubEnv('ZHANGYI_DATA_DIR', folder)
    await expect(seal(plain, '--in-place')).rejects.toThrow('找不到主密钥文件')
    expect(existsSync(join(folder, 'data-key'))).toBe(false)
  })
})
