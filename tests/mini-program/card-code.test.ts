import { KNOWN } from '@zhangyi/his'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { builtPatient } from '../../apps/patient/build/built-patient.ts'
import type { MiniProgram } from '../../apps/patient/harness/mini-program.ts'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'
import { startStack, type TestStack } from '../setup/test-stack.ts'
import { decodeCode } from '../verification/decode-code.ts'
import {
  comeBack,
  linkCard,
  type MiniPhoneOptions,
  openMiniPhone,
  PASS,
  waitForRoute,
  webViewUrl,
} from './mini-phone.ts'

// 展码 in the built mini program, against the real gateway and the simulators.

const PLUGIN_PAGE = 'plugin://healthCardPlugins/healthcode'
const OUR_PAGE = 'pages/card-code/show'
const DIM = 0.4

let database: TestDatabase
let stack: TestStack
let dist: string

beforeAll(async () => {
  dist = (await builtPatient('mp-weixin')).dist
  database = await createTestDatabase()
  stack = await startStack(database)
}, 240_000)
afterAll(async () => {
  await stack?.stop()
  await database?.drop()
})
beforeEach(() => stack.clearFaults())

async function openPhone(options?: MiniPhoneOptions) {
  const opened = await openMiniPhone(stack, dist, options)
  await linkCard(stack, opened, KNOWN.liMinghua)
  return opened
}

/** The card's button, verified without a question of ours, and back. */
async function showCode(
  { app, phone }: Awaited<ReturnType<typeof openPhone>>,
  ...presses: readonly string[]
) {
  await app.tap('出示二维码')
  const back = await phone.walkToMiniPage(await webViewUrl(app), ...presses)
  await comeBack(app, back)
}

const image = (app: MiniProgram) => String(app.elements('image')[0]?.['src'])
const brightness = (app: MiniProgram) =>
  app.calls
    .filter(({ name }) => name === 'setScreenBrightness')
    .map(({ options }) => (options as { value: number }).value)
const pluginPages = (app: MiniProgram) => app.navigations.filter(({ url }) => url.startsWith('plugin://'))

test('verified: the platform’s own page opens once, and ours stands behind it', async () => {
  const on = await openPhone({ pluginPages: [PLUGIN_PAGE] })
  const { app } = on
  await showCode(on, ...PASS)
  await waitForRoute(app, PLUGIN_PAGE)
  const { query } = app.currentPage
  expect(Object.keys(query).sort()).toEqual(['healthCardId', 'hospitalId', 'redirectUrl', 'webviewUrl'])
  expect(decodeURIComponent(String(query['redirectUrl']))).toMatch(
    /^\/pages\/card-code\/show\?patientId=pat_/,
  )
  expect(brightness(app), 'as bright as before under the platform’s page').toEqual([1, DIM])

  await app.back()
  await waitForRoute(app, OUR_PAGE)
  expect(decodeCode(image(app))).toMatch(/^[0-9a-f]{64}:/)
  expect(app.has('李*华')).toBe(true)
  expect(brightness(app)).toEqual([1, DIM, 1])
  expect(pluginPages(app)).toHaveLength(1)
  await app.tap('打开健康卡平台的展码页')
  expect(app.currentPage.route).toBe(PLUGIN_PAGE)
  expect(app.errors).toEqual([])
})

test('the platform’s page does not open: our page shows the code, dynamic and static', async () => {
  const on = await openPhone()
  const { app } = on
  await showCode(on, ...PASS)
  await waitForRoute(app, OUR_PAGE)
  expect(pluginPages(app)).toHaveLength(1)
  const dynamic = decodeCode(image(app))
  await app.tap('静态码')
  await app.waitFor('静态码不会变化')
  expect(decodeCode(image(app))).not.toBe(dynamic)
  expect(decodeCode(image(app))).toMatch(/^[0-9a-f]{64}:1$/)
  await app.back()
  expect(brightness(app)).toEqual([1, DIM])
  expect(app.errors).toEqual([])
})

test('the dynamic code is fetched anew when its time is over, and not while the page is hidden', async () => {
  const minute = handRunTimers(60_000)
  const on = await openPhone({ globals: minute.globals })
  const { app } = on
  await showCode(on, ...PASS)
  await waitForRoute(app, OUR_PAGE)
  expect(app.has('动态码每 60 秒刷新')).toBe(true)
  const first = decodeCode(image(app))
  expect(minute.waiting()).toBe(1)
  minute.pass()
  await app.settle()
  expect(decodeCode(image(app))).not.toBe(first)
  expect(minute.waiting()).toBe(1)
  await app.back()
  expect(minute.waiting()).toBe(0)
})

test('given up: the visit card’s own code at once, told that nothing is lost, and a way to try again', async () => {
  const on = await openPhone()
  const { app } = on
  await showCode(on, '放弃验证')
  await waitForRoute(app, OUR_PAGE)
  const [archive] = stack.his.archivesOf(KNOWN.liMinghua)
  expect(decodeCode(image(app))).toBe(archive?.visitCardNumber)
  expect(app.has('先用就诊卡，看病不受影响')).toBe(true)
  expect(pluginPages(app)).toEqual([])
  await app.tap('再验证一次')
  await comeBack(app, await on.phone.walkToMiniPage(await webViewUrl(app), ...PASS))
  await waitForRoute(app, OUR_PAGE)
  expect(decodeCode(image(app))).toMatch(/^[0-9a-f]{64}:/)
  expect(app.errors).toEqual([])
})

test('the platform is down: the visit card’s code, without waiting for anything', async () => {
  const { app } = await openPhone()
  await stack.orderFault('health-card', { kind: 'http-500' })
  await app.tap('出示二维码')
  await waitForRoute(app, OUR_PAGE)
  await app.waitFor('先用就诊卡，看病不受影响', 20_000)
  const [archive] = stack.his.archivesOf(KNOWN.liMinghua)
  expect(decodeCode(image(app))).toBe(archive?.visitCardNumber)
  expect(app.errors).toEqual([])
})

/** Timers of one length run when the test says so; all others as ever. */
function handRunTimers(lengthMs: number) {
  const waiting = new Map<object, () => void>()
  return {
    waiting: () => waiting.size,
    pass: () => {
      const due = [...waiting.values()]
      waiting.clear()
      for (const run of due) run()
    },
    globals: {
      setTimeout: (run: () => void, ms: number) => {
        if (ms !== lengthMs) return setTimeout(run, ms)
        const key = {}
        waiting.set(key, run)
        return key
      },
      clearTimeout: (key: NodeJS.Timeout) => {
        if (!waiting.delete(key)) clearTimeout(key)
      },
    },
  }
}
