import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { beforeAll, expect, test, vi } from 'vitest'
import { createTestDatabase } from '../../../../tests/setup/test-database.ts'
import { addRefundsCommand } from './refunds.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-cli-'))
const write = (name: string, text: string) => {
  const file = join(dataDir, name)
  writeFileSync(file, text)
  return file
}
const hospital = {
  ...{ id: 'demo', name: '市第一人民医院', phone: '0571-0000000', counter: '门诊一楼 3 号窗' },
  healthCard: {
    ...{ baseUrl: 'https://card.example.cn', h5Origin: 'https://card.example.cn' },
    ...{ appId: 'app', appSecretFile: 'none', hospitalId: '1' },
  },
  wechat: {},
  his: {
    ...{ kind: 'rest', baseUrl: 'http://127.0.0.1:9', groups: [] },
    auth: { kind: 'hmac', keyId: 'k', secretFile: 'none' },
  },
  wechatPay: {
    ...{ mchid: '1900000109', merchantSerial: '0123456789ABCDEF', merchantPrivateKeyFile: 'none' },
    ...{ apiV3KeyFile: 'none', platformCertificateFiles: ['none'] },
  },
}

beforeAll(async () => {
  const database = await createTestDatabase()
  vi.stubEnv('ZHANGYI_DATABASE_URL_FILE', write('database-url', database.appUrl))
  vi.stubEnv('ZHANGYI_DATA_DIR', dataDir)
  vi.stubEnv('ZHANGYI_HOSPITALS_FILE', write('hospitals.json', JSON.stringify({ hospitals: [hospital] })))
  return async () => {
    vi.unstubAllEnvs()
    process.exitCode = undefined
    await database.drop()
  }
})

async function run(...args: readonly string[]): Promise<string> {
  let output = ''
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text)
    return true
  })
  process.exitCode = undefined
  try {
    const program = new Command().exitOverride()
    addRefundsCommand(program)
    await program.parseAsync(['node', 'zhangyi', 'refunds', ...args])
    return output
  } finally {
    spy.mockRestore()
  }
}

test('import-recharges counts what it took, lists what it did not, and may be run again', async () => {
  const file = write(
    'recharges.csv',
    [
      'out_trade_no,transaction_id,mchid,openid,paid,refunded,paid_at',
      'CZ2026030100001,4200002026030112345678901234,1900000109,,100.00,20.00,2026-03-01 09:30:00',
      'CZ2026030100002,4200002026030112345678901235,1900000001,,100.00,0,2026-03-01 09:30:00',
      'CZ2026030100003,4200002026030112345678901236,1900000109,,1e2,0,2026-03-01 09:30:00',
    ].join('\n'),
  )
  const args = ['import-recharges', file, '--operator', 'wang'] as const
  const output = await run(...args)
  expect(output).toContain('✗ 第 4 行：付款金额')
  expect(output).toContain('✗ 第 3 行：商户号 1900000001 不是本院配置的 1900000109')
  expect(output).toContain('充值：新增 1 笔，已有 0 笔，已退金额有变 0 笔，不能导入 1 笔。')
  expect(process.exitCode).toBe(1)
  expect(await run(...args)).toContain('新增 0 笔，已有 1 笔')
})

test('import-bill takes days that can have a bill', async () => {
  const bill = (...days: readonly string[]) => run('import-bill', '--operator', 'wang', ...days)
  await expect(bill()).rejects.toThrow('--day')
  await expect(bill('--day', '2999-01-01')).rejects.toThrow('最晚到昨天')
  await expect(bill('--from', '2026-01-01', '--to', '2026-06-01')).rejects.toThrow('三个月')
})
