import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ManualClock, no, sensitive, yes } from '@zhangyi/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Cipher } from '../../../platform/crypto/cipher.ts'
import { Hospitals } from '../../../platform/hospitals/hospitals.ts'
import { connectNationalIdentity } from './connect-national-identity.ts'
import { limitNationalIdentity } from './limit-national-identity.ts'
import { loadNationalIdentity } from './load-national-identity.ts'
import type { NationalIdentity } from './national-identity.ts'
import { ncidasUrlOf } from './ncidas-url.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ncidas-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const clock = new ManualClock(5)
const options = { clock, fetch, readSecret: (file: string) => `<${file}>`, options: { site: 'east' } }
const person = { name: sensitive('周建国'), idNumber: sensitive('330102199001012210') }
const PARAMETERS = { orgID: 'o', businessID: 'b', bizSeq: 's', type: 0 }

function module(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

const GOOD = `export const createNationalIdentity = ({ options, clock, readSecret }) => ({
  start: async (person, phone) => ({ orgID: options.site, businessID: phone, bizSeq: String(clock.nowMs()), type: 0 }),
  settle: async () => ({ kind: 'yes', value: { extInfo: { key: readSecret('f') } } }),
})`

test('a module is handed its options, clock and secrets', async () => {
  const made = await loadNationalIdentity(module('good.mjs', GOOD), options)
  expect(await made.start(person, 'ios')).toEqual({ orgID: 'east', businessID: 'ios', bizSeq: '5', type: 0 })
  expect(await made.settle(person, {}, PARAMETERS)).toEqual(yes({ extInfo: { key: '<f>' } }))
})

test.each([
  ['no such export', 'export default 1', '应当导出函数 createNationalIdentity'],
  ['half an adapter', 'export const createNationalIdentity = () => ({ start() {} })', 'settle 应当是函数'],
  ['nothing made', 'export const createNationalIdentity = () => undefined', 'start、settle 应当是函数'],
  ['a defect', 'export const createNationalIdentity = () => { throw new Error("no key") }', 'no key'],
  ['a syntax error', 'export const {', '不能载入'],
])('%s stops the start with what is missing', async (name, text, message) => {
  const file = module(`${name.replaceAll(' ', '-')}.mjs`, text)
  await expect(loadNationalIdentity(file, options)).rejects.toMatchObject({
    ...{ name: 'NationalIdentityError', message: expect.stringContaining(message) },
  })
})

const hospital = (id: string, nationalIdentity?: object) =>
  ({ id, verification: { nationalIdentity } }) as unknown as Hospitals['all'][number]

test('each hospital has its own or none; a mistake names the hospital', async () => {
  const file = module('own.mjs', GOOD)
  const [first, second] = [hospital('first', { module: file, options: { site: 'x' } }), hospital('second')]
  const platform = {
    hospitals: new Hospitals([first, second]),
    clock,
    fetch,
    cipher: new Cipher('ab'.repeat(32)),
  }
  const of = await connectNationalIdentity(platform)
  expect((await of(first)?.start(person, 'ios'))?.orgID).toBe('x')
  expect(of(second)).toBeUndefined()
  const broken = hospital('third', { module: join(folder, 'none.mjs'), options: {} })
  await expect(connectNationalIdentity({ ...platform, hospitals: new Hospitals([broken]) })).rejects.toThrow(
    /医院 third 的 verification\.nationalIdentity：找不到/,
  )
})

describe('whatever a module answers', () => {
  const settles = (settle: () => unknown) =>
    limitNationalIdentity(
      { start: async () => PARAMETERS, settle } as unknown as NationalIdentity,
      20,
    ).settle(...([person, {}, PARAMETERS] as const))

  test.each([
    [undefined],
    [true],
    [{ kind: 'yes' }],
    [{ kind: 'no' }],
    [{ kind: 'yes', value: { extInfo: { a: 1 } } }],
  ])('%j is unknown, never a pass and never a no', async (answer) =>
    expect((await settles(async () => answer)).kind).toBe('unknown'),
  )

  test('an error is unknown and its words go nowhere; so is no answer in time', async () => {
    const failed = await settles(() => Promise.reject(new Error('周建国')))
    expect(failed).toEqual({ kind: 'unknown', cause: 'adapter-error' })
    expect(await settles(() => new Promise(() => {}))).toEqual({ kind: 'unknown', cause: 'timeout' })
  })

  test('a plain no stays no', async () =>
    expect(await settles(async () => no('x', 'y'))).toEqual(no('x', 'y')))

  test('parameters out of form are not handed to a phone', async () => {
    const adapter = { start: async () => ({ orgID: '' }), settle: async () => no('x', 'y') }
    await expect(
      limitNationalIdentity(adapter as unknown as NationalIdentity).start(person, 'ios'),
    ).rejects.toThrow()
  })
})

test('ncidasUrl is sent only where there is an adapter and a mini program', () => {
  const [without, having] = [hospital('a'), hospital('b', { module: 'm', options: {} })]
  expect(ncidasUrlOf(having, 'mini-program')).toBe('/pages/face/ncidas')
  expect(ncidasUrlOf(having, 'official-account')).toBeUndefined()
  expect(ncidasUrlOf(without, 'mini-program')).toBeUndefined()
})
