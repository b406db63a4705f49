import { beforeAll, expect, test } from 'vitest'
import { builtPatient } from '../build/built-patient.ts'
import type { FaceResult, RefundCase } from '../src/api/refund-types.ts'
import { application, offlineForm, withDocument } from '../src/test-support/offline-views.ts'
import {
  caseOf,
  entriesView,
  legAt,
  oneArchive,
  originalOrders,
  receiving,
  twoArchives,
} from '../src/test-support/refund-views.ts'
import { me, patient } from '../src/test-support/views.ts'
import { openMiniProgram } from './mini-program.ts'
import { answer } from './wx-answer.ts'

// The mini program's pages of refunds against answers made here. With the real gateway: tests/browser.
let dist: string
beforeAll(async () => {
  dist = (await builtPatient('mp-weixin')).dist
}, 180_000)

const signedIn: readonly [string, string] = [
  'zhangyi.session',
  JSON.stringify({ value: 'session-token', expiresAtMs: null }),
]
const waiting = caseOf(legAt['to-receive'])
type Given = {
  readonly face?: FaceResult
  readonly received?: RefundCase
  readonly wx?: Readonly<Record<string, unknown>>
}

async function openApp({ face, received = caseOf(legAt.paid), wx = {} }: Given = {}) {
  const asked: { readonly method: string; readonly path: string; readonly body: unknown }[] = []
  const archives = face?.archives ?? oneArchive
  const answers: Readonly<Record<string, object>> = {
    'GET me': { ...me, channel: 'mini-program', developmentBridge: false, patients: [patient] },
    'GET refunds/entries': entriesView,
    'GET refunds/original/orders': originalOrders,
    'POST refunds/original': caseOf({ ...legAt.paid, route: 'original' }),
    'POST refunds/face/checks': { id: 'check_1', verifyId: 'verify-1', bridgePage: null },
    'POST refunds/face/checks/check_1/result': face ?? { state: 'passed', advice: null, archives },
    'POST refunds/face': waiting,
    'GET refunds': { cases: [waiting], more: false },
    'GET refunds/refund_1': waiting,
    'POST refunds/refund_1/legs/leg_1/receive': receiving,
    'POST refunds/refund_1/legs/leg_1/received': received,
    'POST refunds/refund_1/legs/leg_1/withdraw': caseOf(legAt.returned),
    'GET refunds/offline': { applications: [application] },
    'GET refunds/offline/form': offlineForm,
    'GET refunds/offline/offline_1': application,
    'POST refunds/offline/offline_1/documents': withDocument,
  }
  const gateway: typeof fetch = async (input, init) => {
    const path = new URL(String(input)).pathname.replace('/api/v1/', '')
    const method = init?.method ?? 'GET'
    asked.push({ method, path, body: init?.body ? JSON.parse(String(init.body)) : undefined })
    const found = answers[`${method} ${path}`]
    const error = { code: 'not-found', message: '没有找到。', traceId: 'ZY-1' }
    return found ? Response.json(found) : Response.json({ error }, { status: 404 })
  }
  const app = await openMiniProgram({
    dist,
    fetch: gateway,
    storage: [signedIn],
    wx: {
      requestFacialVerify: (options: object) => answer(options, { errMsg: 'requestFacialVerify:ok' }),
      requestMerchantTransfer: (options: object) => answer(options, { errMsg: 'requestMerchantTransfer:ok' }),
      ...wx,
    },
  })
  const sent = (path: string) => asked.find((one) => one.method === 'POST' && one.path === path)?.body
  return { app, asked, sent }
}

test('from home by the face: one archive, applied for, received, and the gateway says that it arrived', async () => {
  const { app, sent } = await openApp()
  await app.open('pages/home/home')
  await app.tap('退费')
  await app.tap('人脸核验退款')
  await app.tap('去验证并退款')
  expect(app.has('收款的微信必须是患者本人实名认证的'), 'said before it begins').toBe(true)
  await app.input('姓名', '李建华')
  await app.input('居民身份证号码', '11010519491231002X')
  await app.tap('开始人脸核验')
  expect(app.calls.find(({ name }) => name === 'requestFacialVerify')?.options).toMatchObject({
    verifyId: 'verify-1',
  })
  expect(app.has('就诊卡 A000931')).toBe(true)
  await app.tap('申请退款 ¥386.50')
  expect(app.calls.find(({ name }) => name === 'requestSubscribeMessage')?.options).toMatchObject({
    tmplIds: ['t1', 't2'],
  })
  expect(sent('refunds/face')).toMatchObject({ checkId: 'check_1', archiveKey: 'archive_1', amountFen: null })
  expect(app.has('没有确认，钱不会到账')).toBe(true)
  await app.tap('接收退款')
  const { bridgePage: _, ...transfer } = receiving
  expect(app.calls.find(({ name }) => name === 'requestMerchantTransfer')?.options).toMatchObject(transfer)
  expect(app.has('您的预交金退款申请已成功办理，金额将在5-30分钟内退还至当前微信钱包余额')).toBe(true)
  expect(app.errors).toEqual([])
})

test('several archives: 申请退款 does nothing, the merging is called', async () => {
  const { app, sent } = await openApp({ face: { state: 'passed', advice: null, archives: twoArchives } })
  await app.open('pages-refund/face/face', { id: 'check_1' })
  await app.tap('申请退款')
  expect(sent('refunds/face')).toBeUndefined()
  expect(app.has('电话 0571-0000002')).toBe(true)
  expect(app.has('已合并，重新查询')).toBe(true)
  expect(app.errors).toEqual([])
})

test('a WeChat that cannot receive is told what to do; one that was left without confirming, too', async () => {
  const old = await openApp({ wx: { canIUse: () => false } })
  await old.app.open('pages-refund/case/case', { id: 'refund_1' })
  await old.app.tap('接收退款')
  expect(old.app.has('请把微信更新到最新版本')).toBe(true)
  const left = await openApp({ received: waiting })
  await left.app.open('pages-refund/list/list')
  await left.app.tap('人脸核验退款')
  await left.app.tap('接收退款')
  expect(left.app.has('还没有确认收款，钱没有到账')).toBe(true)
  await left.app.tap('不退了，撤回申请')
  expect(left.app.has('确认撤回？')).toBe(true)
  await left.app.tap('确认撤回')
  expect(left.app.has('钱已退回门诊余额。')).toBe(true)
  expect([...old.app.errors, ...left.app.errors]).toEqual([])
})

test('original route: a part of one recharge, as exact fen', async () => {
  const { app, sent } = await openApp()
  await app.open('pages-refund/original/original')
  await app.tap('2026年10月19日 充值，可退 ¥40.00，已选')
  await app.input('退多少元（最多 ¥100.00）', '33.3')
  await app.tap('确认退款')
  expect(sent('refunds/original')).toMatchObject({
    patientId: 'patient_1',
    orders: [{ orderId: 'recharge_1', amountFen: 3330 }],
  })
  expect(app.currentPage.route).toBe('pages-refund/case/case')
  expect(app.errors).toEqual([])
})

test('an offline application: a photo goes as it is, and nothing of it stays', async () => {
  const photo = btoa(String.fromCharCode(0xff, 0xd8, 0xff, 0xe0, 1, 2))
  const { app, sent } = await openApp({
    wx: {
      chooseImage: (options: object) =>
        answer(options, { errMsg: 'chooseImage:ok', tempFilePaths: ['wxfile://tmp_photo.jpg'] }),
      getFileSystemManager: () => ({
        readFile: (options: object) => answer(options, { errMsg: 'readFile:ok', data: photo }),
      }),
    },
  })
  await app.open('pages-refund/offline/list')
  await app.tap('代办')
  await app.tap('上传患者证件')
  expect(sent('refunds/offline/offline_1/documents')).toEqual({
    ...{ kind: 'patient-id', name: 'tmp_photo.jpg', contentType: 'image/jpeg', base64: photo },
  })
  expect(app.has('✓ 患者证件')).toBe(true)
  expect(JSON.stringify([...app.storage])).not.toContain(photo)
  await app.open('pages-refund/offline/apply')
  await app.tap('代办')
  expect(app.has('要准备的材料：申请人证件；患者证件')).toBe(true)
  expect(app.errors).toEqual([])
})
