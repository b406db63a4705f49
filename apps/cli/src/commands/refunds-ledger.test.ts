import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { beforeAll, expect, test, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/setup/test-database.ts'
import { addLedgerCommands } from './refunds-ledger.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-cli-'))
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  const urlFile = join(dataDir, 'database-url')
  writeFileSync(urlFile, database.appUrl)
  vi.stubEnv('ZHANGYI_DATABASE_URL_FILE', urlFile)
  vi.stubEnv('ZHANGYI_DATA_DIR', dataDir)
  return async () => {
    vi.unstubAllEnvs()
    await database.drop()
  }
})

/** What it wrote, progress before output. */
async function run(...args: readonly string[]): Promise<string> {
  const written = { stderr: '', stdout: '' }
  const spies = (['stderr', 'stdout'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      written[stream] += String(text)
      return true
    }),
  )
  try {
    const program = new Command().exitOverride()
    addLedgerCommands(program)
    await program.parseAsync(['node', 'refunds', 'ledger', ...args])
    return written.stderr + written.stdout
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

test('import, summary and export say what they did; a file that cannot be used is told by its lines', async () => {
  const file = join(dataDir, 'balances.csv')
  const heading = '院内ID,姓名,证件号码,手机号,就诊卡号,余额(元),余额产生日期'
  writeFileSync(
    file,
    `${heading}\r\nP001,李明华,330102199001012210,13800000210,,100.00,2020-01-01\r\nP002,王芳,,,,8,\r\n`,
  )
  const take = ['import', file, '--operator', 'wang']
  expect(await run(...take)).toBe(
    '\r0 / 2\r2 / 2\n已导入 2 份档案，共 108.00 元：新增 2，余额有变 0，不在文件中而记为其他方式结清 0，待清洗 1。\n',
  )
  expect(await run(...take)).toContain('和上一次是同一份文件')
  expect(await run('summary')).toContain('未清　　 2 份，108.00 元')

  const out = join(dataDir, 'ledger.csv')
  await run('export', out, '--operator', 'wang')
  expect(readFileSync(out, 'utf8')).toContain('P001,李*华,330102********2210')

  writeFileSync(file, `${heading}\nP001,李明华,,,,1.005,\n`)
  await expect(run(...take)).rejects.toThrow(/^第 2 行：余额写成元/)
  // 院内ID as a spreadsheet of the other code saves it: the first line is read, the rest of it is missing.
  writeFileSync(file, Buffer.from([0xd4, 0xba, 0xc4, 0xda, 0x49, 0x44]))
  await expect(run(...take)).rejects.toThrow('第一行必须是')
  await expect(run('refresh', '--operator', 'wang')).rejects.toThrow('ZHANGYI_HOSPITALS_FILE')
})
