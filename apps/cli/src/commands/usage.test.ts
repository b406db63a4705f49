import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shanghaiDay } from '@zhangyi/core'
import { Command } from 'commander'
import { beforeAll, expect, test, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/setup/test-database.ts'
import { seedDay } from '../../../server/src/usage/test-support/seed-day.ts'
import { addUsageCommand } from './usage.ts'

const nowMs = Date.now()
const today = shanghaiDay(nowMs)
const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-cli-'))
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await seedDay(database, nowMs)
  const urlFile = join(dataDir, 'database-url')
  writeFileSync(urlFile, database.appUrl)
  vi.stubEnv('ZHANGYI_DATABASE_URL_FILE', urlFile)
  vi.stubEnv('ZHANGYI_DATA_DIR', dataDir)
  return async () => {
    vi.unstubAllEnvs()
    process.exitCode = undefined
    await database.drop()
  }
})

async function run(...args: readonly string[]): Promise<string> {
  let output = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text)
    return true
  })
  try {
    const program = new Command().exitOverride()
    addUsageCommand(program)
    await program.parseAsync(['node', 'zhangyi', 'usage', ...args])
    return output
  } finally {
    write.mockRestore()
  }
}

test('status, report, departments and release say and do what the console does', async () => {
  const status = await run('status')
  expect(status).toMatch(/0101011 预约挂号：HIS 成功 \d+，入库 143/)
  expect(status).toContain('✗ 16 个事件在等科室对应')
  expect(process.exitCode).toBe(1)

  const out = join(dataDir, 'usage.csv')
  await run('report', '--from', today, '--to', today, '--out', out)
  expect(readFileSync(out, 'utf8')).toContain(`${today},0101011,预约挂号`)

  expect(await run('departments')).toContain('0301\t心血管内科\t等 12 个事件')

  const release = ['release', '--operator', 'wang', '--day', today, '--reason']
  await expect(run(...release, 'outcome-unknown')).rejects.toThrow('可能被算两次')
  expect(await run(...release, 'outcome-unknown', '--may-count-twice')).toMatch(/^[12] 个事件重新上报/)
  expect(await run(...release, 'outcome-unknown', '--may-count-twice')).toBe('没有这样的事件。\n')
  await expect(run(...release, 'everything')).rejects.toThrow('没有这个原因')
})
