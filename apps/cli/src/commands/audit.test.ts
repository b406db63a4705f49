import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hospitalId } from '@zhangyi/core'
import { Command } from 'commander'
import { beforeEach, expect, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../../tests/setup/test-database.ts'
import { linkEntries } from '../../../server/src/platform/audit/chain/link-entries.ts'
import { seedAudit } from '../../../server/src/platform/audit/test-support/seed-audit.ts'
import { addAuditCommand } from './audit.ts'

let made: TestDatabase
beforeEach(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-cli-'))
  made = await testDatabase()
  const urlFile = join(dataDir, 'database-url')
  writeFileSync(urlFile, made.appUrl)
  vi.stubEnv('ZHANGYI_DATABASE_URL_FILE', urlFile)
  vi.stubEnv('ZHANGYI_DATA_DIR', dataDir)
  return () => {
    vi.unstubAllEnvs()
    process.exitCode = undefined
  }
})

async function run(...args: readonly string[]) {
  const written = { stderr: '', stdout: '' }
  const spies = (['stderr', 'stdout'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      written[stream] += String(text)
      return true
    }),
  )
  process.exitCode = undefined
  try {
    const program = new Command().exitOverride()
    addAuditCommand(program)
    await program.parseAsync(['node', 'zhangyi', 'audit', 'check', ...args])
    return { output: written.stdout, progress: written.stderr, exitCode: process.exitCode ?? 0 }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

test('whole chains are told with their heads; one that was changed with where and what, and exit code 1', async () => {
  await seedAudit(made, { hospital: 'demo', count: 30 })
  await linkEntries(made.database, hospitalId('demo'))
  await seedAudit(made, { hospital: 'demo', count: 2 })
  const whole = await run()
  expect(whole).toMatchObject({ exitCode: 0, progress: '\r30 / 30\n' })
  expect(whole.output).toMatch(
    /^✓ 账号和登录（installation）：还没有入链的审计\n✓ 示例医院（demo）：完好，检查了 30 条（第 1 至 30 条），还有 2 条等待入链\n {2}链头 30:[0-9a-f]{64}\n$/,
  )
  const head = /30:[0-9a-f]{64}/.exec(whole.output)?.[0] ?? ''
  expect(await run('--hospital', 'demo', '--since', head)).toMatchObject({
    ...{ exitCode: 0, output: expect.stringContaining('检查了 0 条（没有新的）') },
  })

  await made.asOwner(`ALTER TABLE audit_entry DISABLE TRIGGER USER;
    UPDATE audit_entry SET actor = 'user:else' WHERE id = 7; ALTER TABLE audit_entry ENABLE TRIGGER USER`)
  const broken = await run('--hospital', 'demo')
  expect(broken.exitCode).toBe(1)
  expect(broken.output).toMatch(
    /^✗ 示例医院（demo）：审计链不完好。第 7 环，条目 7：内容和入链时不同.*\n {2}在它之前的 6 条完好。/,
  )
  const cut = await run('--hospital', 'demo', '--since', `31${head.slice(2)}`)
  expect(cut).toMatchObject({ exitCode: 1, output: expect.stringContaining('第 31 环：链尾被剪掉') })
})

test('what a person can mend is told without a stack', async () => {
  await expect(run('--hospital', 'nowhere')).rejects.toThrow('医院配置里没有 nowhere。')
  await expect(run('--since', '1:ab')).rejects.toThrow('请用 --hospital 说明是哪一条')
  await expect(run('--hospital', 'demo', '--since', '1:ab')).rejects.toThrow('写成「位置:64 位十六进制指纹」')
})
