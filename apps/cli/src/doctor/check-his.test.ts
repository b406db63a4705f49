import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePortBase, startSandbox } from '@zhangyi/sandbox'
import { Cipher, type Hospital } from '@zhangyi/server'
import { expect, onTestFinished, test } from 'vitest'
import { demoHospital } from '../start/demo-hospital.ts'
import { checkHis } from './check-his.ts'

const opener = new Cipher('ab'.repeat(32))

test('a HIS that answers, one that does not, and one whose configuration cannot work', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-doctor-'))
  const sandbox = await startSandbox({ port: await freePortBase() })
  onTestFinished(async () => {
    await sandbox.stop()
    rmSync(dataDir, { recursive: true })
  })
  const [hospital] = demoHospital(sandbox, dataDir).all as [Hospital]
  expect(await checkHis(hospital, opener)).toEqual({ ok: true, zh: 'HIS（市第一人民医院）：有答复' })

  sandbox.simulators['his-rest']?.faults.order({ kind: 'http-502', operation: 'probe', times: 1 })
  const down = await checkHis(hospital, opener)
  expect([down.ok, down.zh]).toEqual([false, expect.stringContaining('http-502')])

  const his = { kind: 'module' as const, file: join(dataDir, 'none.mjs'), options: {} }
  const wrong = await checkHis({ ...hospital, his }, opener)
  expect([wrong.ok, wrong.zh]).toEqual([false, expect.stringContaining('找不到适配器模块')])
})
