import { beforeAll, expect, test } from 'vitest'
import { builtPatient } from '../build/built-patient.ts'
import type { VisitOrder } from '../src/api/visit-types.ts'
import { me, patient } from '../src/test-support/views.ts'
import {
  bills,
  departments,
  doctors,
  feeOrder,
  order,
  orderAt,
  payment,
  registrations,
  slots,
} from '../src/test-support/visit-views.ts'
import { openMiniProgram } from './mini-program.ts'
import { answer } from './wx-answer.ts'

// The mini program's pages of 挂号 and 缴费 against answers made here. With the real gateway: tests/browser.
let dist: string
beforeAll(async () => {
  dist = (await builtPatient('mp-weixin')).dist
}, 180_000)

const signedIn: readonly [string, string] = [
  'zhangyi.session',
  JSON.stringify({ value: 'session-token', expiresAtMs: null }),
]
const expiresAt = () => new Date(Date.now() + 10 * 60_000).toISOString()

type Asked = { readonly method: string; readonly path: string; readonly body: unknown }

/** `paid`: what the gateway finds out at WeChat, whatever the dialogue said. */
async function openApp(paid: VisitOrder, said = 'requestPayment:ok') {
  const asked: Asked[] = []
  const answers: Readonly<Record<string, () => object>> = {
    '/api/v1/me': () => ({ ...me, patients: [patient] }),
    '/api/v1/visits/departments': () => ({ departments }),
    '/api/v1/visits/departments/D0101/doctors': () => ({ doctors }),
    '/api/v1/visits/slots': () => slots,
    '/api/v1/visits/registrations': () => ({ registrations }),
    '/api/v1/visits/fees': () => ({ bills }),
    '/api/v1/visits/orders': () => ({ orders: [] }),
    '/api/v1/visits/orders/order_1': () => ({ ...order, expiresAt: expiresAt() }),
    'POST /api/v1/visits/registrations': () => ({ ...order, expiresAt: expiresAt() }),
    'POST /api/v1/visits/fee-orders': () => ({ ...feeOrder, expiresAt: expiresAt() }),
  }
  const gateway: typeof fetch = async (input, init) => {
    const { pathname } = new URL(String(input))
    const method = init?.method ?? 'GET'
    asked.push({ method, path: pathname, body: init?.body ? JSON.parse(String(init.body)) : undefined })
    if (pathname.endsWith('/payment')) return Response.json(payment)
    if (pathname.endsWith('/paid')) return Response.json(paid)
    const found = answers[method === 'POST' ? `POST ${pathname}` : pathname]
    if (found) return Response.json(found())
    const error = { code: 'not-found', message: '没有找到。', traceId: 'ZY-1' }
    return Response.json({ error }, { status: 404 })
  }
  const app = await openMiniProgram({
    dist,
    fetch: gateway,
    storage: [signedIn],
    wx: { requestPayment: (options: object) => answer(options, { errMsg: said }) },
  })
  return { app, asked }
}

async function bookOne(opened: Awaited<ReturnType<typeof openApp>>) {
  const { app } = opened
  await app.open('pages/home/home')
  await app.tap('挂号')
  await app.tap('内科')
  await app.tap('心血管内科')
  expect(app.has('2026年11月30日 星期一'), 'the first day with something left').toBe(true)
  await app.tap('沈文远 医生 08:00–09:00 余 3')
  await app.tap('锁号并付款')
}

test('from home to a booking: WeChat gets the gateway’s parameters, and the gateway says that it was paid', async () => {
  const opened = await openApp(orderAt.done)
  await bookOne(opened)
  const { app, asked } = opened
  const { appId: _, ...parameters } = payment.payment ?? {}
  expect(app.calls.find(({ name }) => name === 'requestPayment')?.options).toMatchObject(parameters)
  expect(
    asked.find(({ method, path }) => method === 'POST' && path.endsWith('/registrations'))?.body,
  ).toEqual({
    ...{ patientId: 'patient_1', slotId: 'S.1', departmentId: 'D0101', day: '2026-11-30' },
  })
  expect(asked.at(-1)?.path).toBe('/api/v1/visits/orders/order_1/paid')
  for (const words of ['7 号', '门诊楼 3 层 A 区', '已办好', '退号']) expect(app.has(words), words).toBe(true)
  expect(app.navigations.at(-1)?.kind, '"back" leads to the slots').toBe('redirectTo')
  expect(app.errors).toEqual([])
})

test.each(['requestPayment:ok', 'requestPayment:fail cancel', 'requestPayment:fail'])(
  '%s, but the gateway knows of no money: the page says so and offers to pay',
  async (said) => {
    const opened = await openApp({ ...order, expiresAt: expiresAt() }, said)
    await bookOne(opened)
    expect(opened.app.has('还没有付款。号还在，可以继续付款。')).toBe(true)
    expect(opened.app.has('去付款')).toBe(true)
    expect(opened.app.errors).toEqual([])
  },
)

test('bills: all ticked, one left out, the rest is ordered', async () => {
  const { app, asked } = await openApp({ ...feeOrder, ...{ state: 'done', expiresAt: null } })
  await app.open('pages-visit/fees/pending')
  expect(app.has('¥164.00')).toBe(true)
  await app.tap('明细 1 项 检查费')
  expect(app.has('腹部超声')).toBe(true)
  await app.tap('检查费 ¥120.00，已选')
  await app.tap('去缴费')
  expect(asked.find(({ path }) => path.endsWith('/fee-orders'))?.body).toEqual({
    ...{ patientId: 'patient_1', billIds: ['bill-1'] },
  })
  expect(app.currentPage.route).toBe('pages-visit/order/order')
  expect(app.errors).toEqual([])
})

test('挂号记录: ours opens its order, one of the window says where it is given back', async () => {
  const { app } = await openApp(order)
  await app.open('pages-visit/registrations/list')
  expect(app.has('不是在这里挂的号')).toBe(true)
  await app.tap('心血管内科 沈文远 医生')
  expect(app.currentPage.route).toBe('pages-visit/order/order')
  expect(
    app.currentPage.lines.some((line) => /^还剩 9 分 \d\d 秒$/.test(line) || line === '还剩 10 分 00 秒'),
  ).toBe(true)
  await app.tap('不挂了，放弃这个号')
  expect(app.has('确认放弃这个号？')).toBe(true)
  expect(app.errors).toEqual([])
})
