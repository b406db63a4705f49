import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KNOWN } from '@zhangyi/his'
import { freePortBase, HIS_REST, startSandbox } from '@zhangyi/sandbox'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { runHisCheck } from './run-his-check.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zhangyi-his-check-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const person = ({ name, idNumber }: { readonly name: string; readonly idNumber: string }) => ({
  name,
  idNumber,
})
const FIXTURES = JSON.stringify({
  oneArchive: person(KNOWN.liMinghua),
  severalArchives: person(KNOWN.sunGuizhen),
})
const BROKEN_ADAPTER = `
const never = async () => ({ kind: 'no', code: 'none', reason: 'none' })
export default () => ({
  probe: async () => undefined,
  archives: { find: async () => [], create: never },
  cards: { bind: never },
})
`

describe('zhangyi his check', () => {
  test('without a module passes the simulated hospital, with nothing but deductions left out', async () => {
    const { text, failed } = await runHisCheck(undefined, {})
    expect(failed).toBe(false)
    expect(text).toContain('可以接入')
    const leftOut = text.split('\n').filter((line) => line.startsWith('    '))
    expect(leftOut.every((line) => line.includes('deductions'))).toBe(true)
  })

  test('--only takes names and groups, with commas and several times', async () => {
    const { text } = await runHisCheck(undefined, { only: ['fees, reports.list-fits', 'bills'] })
    expect(text).toMatch(/通过 11 项，失败 0 项，未提供 0 项。只检查了一部分/)
  })

  test('a module with faults fails, and says what it means for the patient', async () => {
    const module = file('broken.mjs', BROKEN_ADAPTER)
    const { text, failed } = await runHisCheck(module, { fixtures: file('people.json', FIXTURES) })
    expect(failed).toBe(true)
    expect(text).toContain('✗ 查档：按 18 位身份证号查到已有的一份档案  [archives.find-one]')
    expect(text).toContain('– 缴费')
    expect(text).not.toContain(KNOWN.liMinghua.idNumber)
  })

  test.each<[string | undefined, Parameters<typeof runHisCheck>[1], string]>([
    [undefined, { timeLimit: '0' }, '--time-limit'],
    [undefined, { only: ['deposit'] }, '没有名为「deposit」的检查'],
    [undefined, { only: [' , '] }, '没有名为「」的检查'],
    [undefined, { fixtures: 'none.json' }, '找不到样本文件'],
    ['none.ts', {}, '--fixtures'],
  ])('%s %j is refused with a sentence', async (module, options, words) => {
    await expect(runHisCheck(module, options)).rejects.toMatchObject({
      name: 'StartProblem',
      message: expect.stringContaining(words),
    })
  })

  test('a file that cannot be read does not tell what stands in it', async () => {
    const fixtures = file('bad.json', `{ "oneArchive": ${KNOWN.liMinghua.idNumber} 李明华`)
    const refused = runHisCheck(undefined, { fixtures })
    await expect(refused).rejects.toMatchObject({ message: expect.stringContaining('不是有效的 JSON') })
    await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining('李明华') })
  })

  test('a module that is no port, or is not there, is refused', async () => {
    const fixtures = file('people.json', FIXTURES)
    const module = file('no-port.mjs', 'export default { probe: 1 }')
    await expect(runHisCheck(module, { fixtures })).rejects.toThrow('archives.find')
    await expect(runHisCheck(join(folder, 'none.mjs'), { fixtures })).rejects.toThrow('找不到适配器模块')
  })

  test('a HIS over REST is checked by its configuration alone', async () => {
    const sandbox = await startSandbox({ port: await freePortBase() })
    onTestFinished(() => sandbox.stop())
    const { fixtures, groups } = sandbox.simulators['his-rest']?.credentials ?? {}
    const config = {
      kind: 'rest',
      baseUrl: sandbox.origins['his-rest'],
      groups,
      auth: { kind: 'hmac', keyId: HIS_REST.keyId, secretFile: file('secret', `${HIS_REST.secret}\n`) },
    }
    const { text, failed } = await runHisCheck(file('his.json', JSON.stringify(config)), {
      fixtures: file('sandbox-people.json', JSON.stringify(fixtures)),
    })
    expect(text).toContain('可以接入')
    expect(failed).toBe(false)
    const wrong = file('wrong.json', JSON.stringify({ ...config, groups: ['archive'] }))
    await expect(runHisCheck(wrong, { fixtures: file('people.json', FIXTURES) })).rejects.toThrow('groups.0')
  })
})
