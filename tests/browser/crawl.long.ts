import { KNOWN } from '@zhangyi/his'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { FlowView } from '../../apps/server/src/enrolment/index.ts'
import { home, newVisitor, visit } from '../setup/browser.ts'
import { useBrowserStack } from '../setup/browser-stack.ts'
import { Api, newPerson } from './api.ts'
import { look } from './look.ts'

// Every state in which a page of enrolment can be, each reached as the gateway reaches it. From each, every action
// that is offered is pressed once; wherever it leads, there must be something to do again.

const on = useBrowserStack()

/** Brings a flow into the state and returns it. */
type Recipe = (api: Api) => Promise<FlowView>

const fault = (kind: string, operation: string) =>
  on.stack.orderFault('health-card', { kind, operation, times: 1 })

const STATES: Readonly<Record<string, Recipe>> = {
  form: async (api) => {
    const flow = await api.start()
    return api.post(`/enrolments/${flow.id}/arrive-at-form`)
  },
  'choose-archive': async (api) => {
    const flow = await api.start()
    const { name, idNumber } = KNOWN.sunGuizhen
    return api.post(`/enrolments/${flow.id}/health-code`, await api.healthCode({ name, idNumber }))
  },
  'complete-archive': async (api) => {
    const flow = await api.start()
    return api.post(
      `/enrolments/${flow.id}/health-code`,
      await api.healthCode(newPerson({ nation: null, address: null, relation: '父母' })),
    )
  },
  'done-linked': async (api) => {
    const flow = await api.start()
    return api.post(`/enrolments/${flow.id}/health-code`, await api.healthCode(newPerson()))
  },
  'done-visit-card': async (api) => api.visitCard(await api.start()),
  'verify-failed': async (api) => {
    const flow = await api.start()
    return api.post(`/enrolments/${flow.id}/verify-failed`)
  },
  'platform-unavailable': async (api) => {
    await fault('http-500', 'registerHealthCardPreAuth')
    return api.start()
  },
  'platform-refused': async (api) => {
    await fault('partner-org-missing', 'registerHealthCardPreAuth')
    return api.start()
  },
  'code-refused': async (api) => {
    const flow = await api.start()
    return api.post(`/enrolments/${flow.id}/health-code`, { code: `made-up-${flow.id}` })
  },
  'code-unknown': async (api) => {
    const flow = await api.start()
    const code = await api.healthCode(newPerson())
    await fault('reply-lost', 'getHealthCardByHealthCode')
    return api.post(`/enrolments/${flow.id}/health-code`, code)
  },
  'his-unavailable': async (api) => {
    const flow = await api.start()
    on.stack.his.faults.order({ kind: 'unavailable', operation: 'archives.find', times: 1 })
    return api.visitCard(flow)
  },
  'his-refused': async (api) => {
    const flow = await api.start()
    on.stack.his.faults.order({ kind: 'refused', operation: 'archives.create', times: 1 })
    return api.visitCard(flow)
  },
  'other-person': async (api) => {
    const done = await api.visitCard(await api.start())
    const patientId = done.step === 'done' ? done.patient.id : ''
    const flow = await api.start({ intent: 'upgrade', patientId })
    return api.post(`/enrolments/${flow.id}/health-code`, await api.healthCode(newPerson()))
  },
  'patient-limit': async (api) => {
    const flow = await api.start()
    for (let index = 0; index < 5; index++) await api.visitCard(await api.start())
    return api.visitCard(flow)
  },
}

async function signedIn(): Promise<Api> {
  const visitor = await newVisitor(on.browser)
  const { page } = visitor
  await visit(page, home(on.stack))
  await page.getByRole('button', { name: '领取电子健康卡' }).waitFor()
  const api = new Api(on.stack, visitor)
  await api.post('/consent', { version: '2026-11' })
  return api
}

/** Opens the flow's page as somebody does who comes back to it. */
async function openFlow(page: Page, flow: FlowView): Promise<void> {
  await visit(page, `${on.stack.server.origin}/h5/pages/enrolment/return?flow=${flow.id}`)
  await page.waitForURL((url) => !url.pathname.endsWith('/enrolment/return'))
  await page.locator('main button:visible, footer button:visible').first().waitFor()
}

test.each(Object.keys(STATES))(
  '%s: an action is offered, and each leads to where one can go on',
  async (name) => {
    const api = await signedIn()
    const { page } = api.visitor
    const flow = await (STATES[name] as Recipe)(api)
    await openFlow(page, flow)
    const { actions } = await look(page, `state-${name}`)
    for (const action of actions) {
      // A press changes the flow at times (resume, choose): then its page is looked at as it now is.
      await openFlow(page, flow)
      const button = page
        .locator('main button, footer button')
        .filter({ hasText: action.split('\n')[0] ?? action })
        .first()
      if ((await button.count()) === 0) continue
      await button.click()
      await expectSomethingToDo(page, `${name} → ${action}`)
    }
  },
)

async function expectSomethingToDo(page: Page, what: string): Promise<void> {
  await expect
    .poll(() => page.locator('button:visible:not([aria-disabled=true]), a[href]:visible').count(), {
      message: what,
      timeout: 20_000,
    })
    .toBeGreaterThan(0)
}

test('an address that nobody sent, an unknown flow and a tampered face redirect are told, with a way on', async () => {
  const api = await signedIn()
  const { page } = api.visitor
  for (const path of [
    'pages/enrolment/return?flow=flow_unknown&healthCode=made-up',
    'pages/enrolment/return',
    'pages/enrolment/done?flow=flow_unknown',
    'pages/enrolment/form?flow=flow_unknown',
    'pages/face/face?orderId=made-up&verifyType=1&redirectUrl=https%3A%2F%2Fevil.example%2F',
    'pages/face/face',
    'pages/nowhere/nowhere',
  ]) {
    await visit(page, `${on.stack.server.origin}/h5/${path}`)
    await page.locator('main').waitFor()
    await expectSomethingToDo(page, path)
    expect(new URL(page.url()).hostname).toBe('127.0.0.1')
    expect(page.url()).not.toContain('made-up')
  }
})
