import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePortBase, startSandbox } from '@zhangyi/sandbox'
import { type Hospital, loadSettings } from '@zhangyi/server'
import { expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../../../../tests/setup/test-database.ts'
import { demoHospital } from '../start/demo-hospital.ts'
import { checkRooms } from './check-rooms.ts'
import { lineOf } from './finding.ts'

test('each check of the rooms says what it calls and when it passes, and what no interface tells is left to a person', async () => {
  const made = await testDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-doctor-'))
  const sandbox = await startSandbox({ port: await freePortBase() })
  onTestFinished(async () => {
    await sandbox.stop()
    rmSync(dataDir, { recursive: true })
  })
  const file = (name: string, text: string) => {
    const path = join(dataDir, name)
    writeFileSync(path, text, { mode: 0o600 })
    return path
  }
  const [hospital] = demoHospital(sandbox, dataDir).all as [Hospital]
  const settings = loadSettings({
    ZHANGYI_DATA_DIR: dataDir,
    ZHANGYI_DATABASE_URL_FILE: file('database-url', made.appUrl),
    ZHANGYI_HOSPITALS_FILE: file('hospitals.json', JSON.stringify({ hospitals: [hospital] })),
  })
  expect(await checkRooms(settings), 'a doctor makes no key').toEqual([])
  file('data-key', 'ab'.repeat(32))

  const findings = await checkRooms(settings)
  const lines = findings.map(lineOf)
  expect(findings.filter(({ ok }) => !ok)).toEqual([])
  for (const told of [
    /^✓ 市第一人民医院：.*out-bill-no.*NOT_FOUND.*即通过/,
    /^✓ 市第一人民医院：.*fund\/balance\/OPERATION.*即通过/,
    /^✓ 市第一人民医院：.*Date.*60 秒即通过.*相差 \d 秒/,
    /^✓ 市第一人民医院：.*平台证书.*即通过/,
    /^✓ 市第一人民医院：.*通知地址.*即通过/,
    /^✓ 市第一人民医院：看 HIS 接口提供什么.*即通过/,
    /^✓ 退费消息的渠道/,
    /^☐ 需人工举证：市第一人民医院：.*reportInfos.*在哪里看：微信支付商户平台/,
    /^☐ 需人工举证：.*出口 IP/,
    /^☐ 需人工举证：.*转账额度/,
    /^☐ 需人工举证：.*人脸核身/,
    /^☐ 需人工举证：.*就医助手/,
  ])
    expect(lines).toContainEqual(expect.stringMatching(told))
  // What it called changes nothing.
  const called = sandbox.simulators['wechat-pay']?.calls.map(({ operation }) => operation) ?? []
  expect(new Set(called)).toEqual(new Set(['query-transfer', 'query-balance', 'certificates']))

  const lacking = {
    ...hospital,
    his: { ...hospital.his, groups: ['archives', 'cards'] },
    wechatPay: { ...hospital.wechatPay, transfer: undefined },
  }
  file('hospitals.json', JSON.stringify({ hospitals: [lacking] }))
  const problems = (await checkRooms(settings)).filter(({ ok }) => !ok).map(lineOf)
  expect(problems).toMatchObject([
    expect.stringMatching(/HIS 没有余额查询（balances），也没有冻结退款/),
    expect.stringMatching(/没有配置 wechatPay\.transfer/),
  ])
})
