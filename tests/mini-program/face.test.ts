import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkCharacter } from '@zhangyi/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtPatient } from '../../apps/patient/build/built-patient.ts'
import type { MiniProgram } from '../../apps/patient/harness/mini-program.ts'
import type { Phone } from '../enrolment/phone.ts'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'
import { startStack, type TestStack } from '../setup/test-stack.ts'
import { type MiniPhone, openMiniPhone } from './mini-phone.ts'

// The pages to which the card platform branches inside a mini program: face, and the national network identity.

// A hospital's own module that believes a phone which says the word of this test.
const MODULE = `export const createNationalIdentity = ({ options }) => ({
  start: async (_person, phone) => ({ orgID: options.orgID, businessID: phone, bizSeq: 'seq-1', type: 0 }),
  settle: async (_person, result, { bizSeq }) =>
    result.token === 'proof of ' + bizSeq
      ? { kind: 'yes', value: { extInfo: { bizSeq } } }
      : { kind: 'no', code: 'mismatch', reason: '' },
})`

let database: TestDatabase
let stack: TestStack
let dist: string
let folder: string

beforeAll(async () => {
  dist = (await builtPatient('mp-weixin')).dist
  folder = mkdtempSync(join(tmpdir(), 'zhangyi-ncidas-'))
  const module = join(folder, 'ncidas.mjs')
  writeFileSync(module, MODULE)
  database = await createTestDatabase()
  stack = await startStack(database, {
    hospital: () => ({ verification: { nationalIdentity: { module, options: { orgID: 'org-1' } } } }),
  })
}, 240_000)
afterAll(async () => {
  await stack?.stop()
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
})

type Ncidas = (options: { bizSeq: string; success: (result: object) => void; fail: () => void }) => void

const openPhone = (ncidas?: Ncidas) => openMiniPhone(stack, dist, ncidas ? { wx: { ncidas } } : {})

let serial = 0
/** Has a card linked at the platform, up to the address of our face page. */
async function toFacePage({ app, phone }: MiniPhone): Promise<URL> {
  const first17 = `33010819900101${String(700 + ++serial)}`
  await stack.action('health-card', 'seed-card', {
    ...{ person: phone.person, relation: '本人', name: '周建国' },
    idNumber: first17 + checkCharacter(first17),
  })
  await app.open('pages/home/home')
  await app.waitFor('领取电子健康卡')
  await app.tap('领取电子健康卡')
  await app.waitFor('同意并继续')
  await app.tap('同意并继续')
  await expect.poll(() => app.currentPage.route, { timeout: 20_000 }).toBe('pages/web-view/web-view')
  await expect.poll(() => app.navigations.at(-1)?.kind, { timeout: 20_000 }).toBe('redirectTo')
  return phone.walkToMiniPage(webView(app), '周', '人脸识别')
}

const webView = (app: MiniProgram) => String(app.elements('web-view')[0]?.src)
const open = (app: MiniProgram, page: string, { searchParams }: URL) =>
  app.open(page, Object.fromEntries(searchParams))

async function decideFace(app: MiniProgram, phone: Phone, words: string): Promise<void> {
  await expect.poll(() => app.currentPage.route, { timeout: 20_000 }).toBe('pages/web-view/web-view')
  await phone.walk(webView(app), words)
  await app.back()
}

/** The platform's page opens again with our answer in its address. */
async function backAtPlatform(app: MiniProgram): Promise<string> {
  await expect.poll(() => app.currentPage.route, { timeout: 20_000 }).toBe('pages/web-view/web-view')
  await expect.poll(() => webView(app), { timeout: 20_000 }).toContain('verify_order_id=')
  return webView(app)
}

test('without the camera’s permission: told what to do, tried again on the spot, passed', async () => {
  const { app, phone } = await openPhone()
  await open(app, '/pages/face/face', await toFacePage({ app, phone }))
  await decideFace(app, phone, '模拟：没有摄像头权限')
  await app.waitFor('请在手机设置里允许微信使用摄像头')
  await app.waitFor('换一种方式验证')
  await app.tap('再核验一次')
  await decideFace(app, phone, '模拟：本人，通过')
  expect(await backAtPlatform(app)).toMatch(/verify_order_id=(?!-1)/)
  expect(app.errors).toEqual([])
})

test('gone back without looking into the camera: no result is no failure', async () => {
  const { app, phone } = await openPhone()
  await open(app, '/pages/face/face', await toFacePage({ app, phone }))
  await expect.poll(() => app.currentPage.route, { timeout: 20_000 }).toBe('pages/web-view/web-view')
  await app.back()
  // It asked a few times before it says so.
  await app.waitFor('还没有核验结果', 30_000)
  await app.tap('换一种方式验证')
  expect(await backAtPlatform(app)).toContain('verify_order_id=-1')
})

test('the national network identity, proven by the hospital’s module, and back at the platform', async () => {
  const { app, phone } = await openPhone(({ bizSeq, success }) => success({ token: `proof of ${bizSeq}` }))
  await open(app, '/pages/face/ncidas', await toFacePage({ app, phone }))
  const platform = await backAtPlatform(app)
  expect(platform).toMatch(/verify_order_id=(?!-1)/)
  expect((await phone.walkToMiniPage(platform)).searchParams.get('healthCode')).toBeTruthy()
  expect(app.errors).toEqual([])
})

test('a phone that only says so proves nothing: back with -1', async () => {
  const { app, phone } = await openPhone(({ success }) => success({ token: 'believe me', suc: true }))
  await open(app, '/pages/face/ncidas', await toFacePage({ app, phone }))
  expect(await backAtPlatform(app)).toContain('verify_order_id=-1')
})

test('a WeChat that cannot: another way is one tap', async () => {
  const { app, phone } = await openPhone()
  await open(app, '/pages/face/ncidas', await toFacePage({ app, phone }))
  await app.waitFor('这里不能使用国家网络身份认证')
  await app.tap('换一种方式验证')
  expect(await backAtPlatform(app)).toContain('verify_order_id=-1')
})
