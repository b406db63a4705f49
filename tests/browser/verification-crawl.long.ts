import { MINUTE_MS } from '@zhangyi/core'
import { KNOWN } from '@zhangyi/his'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { VerificationView } from '../../apps/server/src/verification/index.ts'
import { useBrowserStack } from '../setup/browser-stack.ts'
import { newAdult, PASS, type VerifyingPhone } from '../verification/verifying-phone.ts'
import { look } from './look.ts'
import { linkVisitCard, openHome, patientVisitor, typed } from './patient-visitor.ts'

// Every reason for which a verification ends without a grant, reached as the gateway reaches it. From each, every
// action that is offered is pressed once; wherever it leads, there must be something to do again.

const on = useBrowserStack()

type Reason = Extract<VerificationView, { step: 'ways-on' }>['reason']
/** Brings a verification into the state and returns it. */
type Recipe = (phone: VerifyingPhone, patientId: string) => Promise<VerificationView>

const fault = (kind: string, operation?: string) => on.stack.orderFault('health-card', { kind, operation })

const REASONS: Readonly<Record<Reason, Recipe>> = {
  failed: async (phone, id) => (await phone.verify(id, 'lab-report', '放弃验证')).body,
  'no-page': async (phone, id) => {
    await fault('empty-verify-url')
    return (await phone.begin(id, 'lab-report')).body
  },
  'platform-unavailable': async (phone, id) => {
    await fault('http-500', 'registerUniformVerifyOrder')
    return (await phone.begin(id, 'lab-report')).body
  },
  'platform-refused': async (phone, id) => {
    await fault('partner-org-missing', 'registerUniformVerifyOrder')
    return (await phone.begin(id, 'lab-report')).body
  },
  'result-unknown': async (phone, id) => {
    const { body } = await phone.begin(id, 'lab-report')
    const back = await phone.onPlatform(body, ...PASS)
    await fault('http-500', 'checkUniformVerifyResult')
    return (await phone.handIn(body.id, back)).body
  },
  'no-resident-id': async (phone) =>
    (await phone.begin(await linkVisitCard(phone, KNOWN.johnSmith), 'lab-report')).body,
  'too-many-attempts': async (phone, id) => {
    for (let tries = 0; tries < 5; tries++) await phone.verify(id, 'lab-report', '放弃验证')
    return (await phone.begin(id, 'lab-report')).body
  },
  expired: async (phone, id) => {
    const { body } = await phone.begin(id, 'lab-report')
    on.stack.sandbox.clock.advance(31 * MINUTE_MS)
    return (await phone.api<VerificationView>('GET', `/verifications/${body.id}`)).body
  },
}

const somethingToDo = (page: Page, what: string) =>
  expect
    .poll(() => page.locator('button:visible:not([aria-disabled=true]), a[href]:visible').count(), {
      message: what,
      timeout: 20_000,
    })
    .toBeGreaterThan(0)

test.each(Object.keys(REASONS) as Reason[])(
  '%s: an action is offered, and each leads to where one can go on',
  async (reason) => {
    const { page, context, phone, patientIds } = await patientVisitor(on, { person: newAdult('330125') })
    const view = await REASONS[reason](phone, patientIds[0] ?? '')
    expect(view).toMatchObject({ step: 'ways-on', reason })
    await on.stack.clearFaults()
    await openHome(on, page)
    const path = `pages/verify/ways-on?verification=${view.id}`
    await typed(on, page, path)
    const { actions } = await look(page, `state-verify-${reason}`)
    for (const action of actions) {
      // A page of its own: the one before may still be on its way to the platform.
      const own = await context.newPage()
      await typed(on, own, path)
      await own.locator('main button:visible').first().waitFor()
      const [words = action] = action.split('\n')
      const button = own.locator('main button, footer button').filter({ hasText: words }).first()
      // Asking for the result again may have opened the report meanwhile: then there is nothing to press any more.
      if ((await button.count()) > 0) {
        const inPlace = (await button.getAttribute('aria-expanded')) !== null
        await button.click()
        // What leads away is looked at where it arrives.
        if (!inPlace) await own.waitForLoadState('networkidle')
      }
      await somethingToDo(own, `${reason} → ${action}`)
      await own.close()
    }
  },
)
