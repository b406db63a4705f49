import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ManualClock } from '@zhangyi/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSimulatedHospital } from '../../simulator/simulated-hospital.ts'
import { isHisPort, missingOf } from './check-port.ts'
import { createHis } from './create-his.ts'
import { loadHisAdapter } from './load-his-adapter.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'his-adapter-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function module(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

const PORT = `{
  probe: async () => {},
  archives: { find: async () => [], create: async () => ({ kind: 'unknown', cause: 'x' }) },
  cards: { bind: async () => ({ kind: 'yes' }) },
}`

describe('a hospital’s own module', () => {
  test('exports a port, a function, or a function of a promise; by path or address', async () => {
    const plain = module('plain.mjs', `export default ${PORT}`)
    expect(
      await (await loadHisAdapter(plain)).archives.find({ idType: '01', idNumbers: [], name: '' }),
    ).toEqual([])
    const made = module('made.mjs', `export default () => (${PORT})`)
    expect(isHisPort(await loadHisAdapter(pathToFileURL(made)))).toBe(true)
    const later = module('later.mjs', `export default async () => (${PORT})`)
    expect(isHisPort(await loadHisAdapter(pathToFileURL(later).href))).toBe(true)
  })

  test('is handed its options, the clock and the reader of secrets', async () => {
    const file = module(
      'context.mjs',
      `export default ({ options, clock, readSecret }) => ({ ...${PORT}, seen: [options.site, clock.nowMs(), readSecret('f')] })`,
    )
    const his = await createHis(
      { kind: 'module', file, options: { site: 'east' } },
      { clock: new ManualClock(5), readSecret: (name) => `secret of ${name}` },
    )
    expect((his as unknown as { readonly seen: unknown }).seen).toEqual(['east', 5, 'secret of f'])
  })

  test.each([
    ['a number', 'export default 7', '默认导出应当是 HisPort'],
    ['nothing', 'export const port = 1', '默认导出应当是 HisPort'],
    [
      'a port without archives',
      'export default { probe() {}, cards: { bind() {} } }',
      'archives.find：提供 archives',
    ],
    [
      'a group with a hole',
      `export default { ...${PORT}, balances: { of() {} } }`,
      'balances.recharges：提供 balances',
    ],
    ['a text for a function', `export default { ...${PORT}, bills: { page: 'x' } }`, 'bills.page 应当是函数'],
    [
      'holds and deductions',
      `export default { ...${PORT}, deposits: { hold() {}, confirm() {}, release() {}, status() {} }, deductions: { deduct() {}, status() {} } }`,
      '只能提供一种',
    ],
    ['a defect', 'export default () => { throw new Error("no settings") }', '抛出了错误：Error: no settings'],
    ['a syntax error', 'export default {', '不能载入'],
  ])('%s is refused with what is missing', async (name, text, message) => {
    const file = module(`${name.replaceAll(' ', '-')}.mjs`, text)
    await expect(loadHisAdapter(file)).rejects.toMatchObject({
      name: 'HisAdapterError',
      message: expect.stringContaining(message),
    })
  })

  test('a file that is not there', async () => {
    await expect(loadHisAdapter(join(folder, 'none.mjs'))).rejects.toThrow('找不到适配器模块')
  })

  test('the simulated hospital is a port', () => {
    expect(missingOf(createSimulatedHospital().port)).toEqual([])
  })
})
