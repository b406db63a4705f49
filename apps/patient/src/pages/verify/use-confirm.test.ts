import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { GrantView } from '../../api/verification-types.ts'
import { errandNow, rememberErrand, rememberWechatCode } from '../../flow/wechat-code.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { verifyViews } from '../../test-support/verify-views.ts'
import { lost, me, ok, patient, refused } from '../../test-support/views.ts'
import type { ConfirmParts } from './confirm-parts.ts'
import { useConfirm } from './use-confirm.ts'

beforeEach(() => void fakeUni())

const mother = { ...patient, id: 'patient_2', name: '王*', relation: '父母', isDefault: false }
const family = { ...me, patients: [mother, patient] }
const withoutConsent = { ...family, consent: { version: '1', accepted: false } }
const grant: GrantView = {
  patientId: 'patient_1',
  purpose: 'lab-report',
  assurance: 'real-person',
  expiresAt: '2026-11-24T02:10:00Z',
}

function page(changes: Partial<ConfirmParts> = {}) {
  const parts = {
    loadMe: vi.fn(changes.loadMe ?? (async () => ok(family))),
    getGrants: vi.fn(changes.getGrants ?? (async () => ok([]))),
    start: vi.fn(changes.start ?? (async () => ok(verifyViews['open-platform']))),
    fetchCode: vi.fn(changes.fetchCode ?? (async () => true)),
    openConsent: vi.fn(changes.openConsent ?? (async () => true)),
    openTarget: vi.fn(changes.openTarget ?? (async () => true)),
    openVerification: vi.fn(changes.openVerification ?? (async () => true)),
    cleanAddress: vi.fn(changes.cleanAddress ?? (() => undefined)),
  }
  return { parts, ...useConfirm(parts) }
}

/** As fetchWechatCode leaves the phone, with the code that came back. */
function cameBack(purpose: 'lab-report' | 'card-code', code?: string) {
  rememberErrand({ next: 'verify', purpose, patientId: 'patient_1' })
  if (code) rememberWechatCode(code)
  return { purpose, patientId: 'patient_1' }
}

describe('先显示默认查询用户，待用户确认后', () => {
  test('shows the default patient and goes nowhere before the press', async () => {
    const { parts, arrive, patient: shown, go, working } = page()
    await arrive({ purpose: 'lab-report' })
    expect(shown.value?.id).toBe('patient_1')
    expect(working.value).toBe(false)
    expect(parts.fetchCode).not.toHaveBeenCalled()
    await go()
    expect(parts.fetchCode).toHaveBeenCalledWith(
      { next: 'verify', purpose: 'lab-report', patientId: 'patient_1' },
      family,
    )
  })

  test('another patient can be picked in place, and is who is verified', async () => {
    const { parts, arrive, pick, go, choosing } = page()
    await arrive({ purpose: 'lab-report', choose: '1' })
    expect(choosing.value).toBe(true)
    pick('patient_2')
    expect(choosing.value).toBe(false)
    expect(parts.cleanAddress).toHaveBeenLastCalledWith({
      purpose: 'lab-report',
      choose: '1',
      patientId: 'patient_2',
    })
    await go()
    expect(parts.fetchCode).toHaveBeenCalledWith(
      { next: 'verify', purpose: 'lab-report', patientId: 'patient_2' },
      family,
    )
  })

  test('a patient of somebody else in the address is not shown', async () => {
    const { arrive, patient: shown } = page()
    await arrive({ purpose: 'lab-report', patientId: 'patient_9' })
    expect(shown.value?.id).toBe('patient_1')
  })

  test('nobody is enrolled yet: no patient, and no trip', async () => {
    const { arrive, patient: shown, go, parts } = page({ loadMe: async () => ok(me) })
    await arrive({ purpose: 'lab-report' })
    await go()
    expect(shown.value).toBeUndefined()
    expect(parts.fetchCode).not.toHaveBeenCalled()
  })

  test('a purpose that this page does not know is said', async () => {
    const { arrive, problem, parts } = page()
    await arrive({ purpose: 'refund' })
    expect(problem.value?.code).toBe('NO_FLOW')
    expect(parts.loadMe).not.toHaveBeenCalled()
  })
})

describe('a live grant', () => {
  const getGrants = async () => ok([grant])
  test('goes straight on, without a second verification', async () => {
    const { parts, arrive } = page({ getGrants })
    await arrive({ purpose: 'lab-report' })
    expect(parts.openTarget).toHaveBeenCalledWith({
      kind: 'page',
      route: '/pages/records/list',
      query: { kind: 'lab', patientId: 'patient_1' },
    })
  })

  test.each([
    ['another patient', { purpose: 'lab-report', patientId: 'patient_2' }],
    ['another purpose', { purpose: 'prescription' }],
    ['a page that was just refused', { purpose: 'lab-report', patientId: 'patient_1', fresh: '1' }],
  ])('not for %s', async (_, query) => {
    const { parts, arrive, working } = page({ getGrants })
    await arrive(query)
    expect(parts.openTarget).not.toHaveBeenCalled()
    expect(working.value).toBe(false)
  })

  test('nobody answers: the person is asked to verify', async () => {
    const { parts, arrive, working } = page({ getGrants: async () => lost })
    await arrive({ purpose: 'lab-report' })
    expect(parts.openTarget).not.toHaveBeenCalled()
    expect(working.value).toBe(false)
  })
})

describe('consent', () => {
  test('comes first; given, it goes on by itself', async () => {
    const answers = [withoutConsent, family]
    const { parts, arrive, go, show } = page({ loadMe: async () => ok(answers.shift() ?? family) })
    await arrive({ purpose: 'lab-report' })
    await go()
    expect(parts.openConsent).toHaveBeenCalledOnce()
    expect(parts.fetchCode).not.toHaveBeenCalled()
    await show()
    expect(parts.fetchCode).toHaveBeenCalledOnce()
    await show()
    expect(parts.fetchCode, 'shown once more: nothing').toHaveBeenCalledOnce()
  })

  test('not given: stays, and asks only when pressed', async () => {
    const { parts, arrive, go, show, lacksConsent } = page({ loadMe: async () => ok(withoutConsent) })
    await arrive({ purpose: 'lab-report' })
    await go()
    await show()
    expect(lacksConsent.value).toBe(true)
    expect(parts.openConsent).toHaveBeenCalledOnce()
    expect(parts.fetchCode).not.toHaveBeenCalled()
  })

  test('the gateway knows better', async () => {
    const { parts, arrive } = page({ start: async () => refused('consent-required') })
    await arrive(cameBack('card-code', 'w'))
    expect(parts.openConsent).toHaveBeenCalledOnce()
    expect(parts.openTarget).not.toHaveBeenCalled()
  })
})

describe('back with the wechatCode', () => {
  test('goes on with the patient who was confirmed, the code out of the address first', async () => {
    const { parts, arrive } = page()
    rememberErrand({ next: 'verify', purpose: 'lab-report', patientId: 'patient_1' })
    await arrive({ purpose: 'lab-report', patientId: 'patient_1', wechatCode: 'w' })
    expect(parts.cleanAddress).toHaveBeenCalledWith({ purpose: 'lab-report', patientId: 'patient_1' })
    expect(parts.start).toHaveBeenCalledWith({
      purpose: 'lab-report',
      patientId: 'patient_1',
      wechatCode: 'w',
    })
    expect(parts.openVerification).toHaveBeenCalledWith(verifyViews['open-platform'])
    expect(errandNow()).toBeUndefined()
  })

  test('a link with somebody’s code, or for another patient than the confirmed one, starts nothing', async () => {
    const { parts, arrive } = page()
    await arrive({ purpose: 'lab-report', patientId: 'patient_1', wechatCode: 'w' })
    cameBack('lab-report', 'w')
    await arrive({ purpose: 'lab-report', patientId: 'patient_2' })
    expect(parts.start).not.toHaveBeenCalled()
  })

  test('without a code it stops and says so; the press fetches one', async () => {
    const { parts, arrive, refusal, go } = page()
    await arrive(cameBack('lab-report'))
    expect(refusal.value?.code).toBe('NO_WECHAT_CODE')
    expect(parts.fetchCode).not.toHaveBeenCalled()
    await go()
    expect(parts.fetchCode).toHaveBeenCalledOnce()
  })

  test('what goes wrong is said on the page', async () => {
    const { arrive, refusal, patient: shown, working } = page({ start: async () => lost })
    await arrive(cameBack('lab-report', 'w'))
    expect(refusal.value?.code).toBe('TIMEOUT')
    expect(shown.value?.id).toBe('patient_1')
    expect(working.value).toBe(false)
  })
})

describe('展码: never blocked', () => {
  const fallback = {
    kind: 'page',
    route: '/pages/card-code/show',
    query: { patientId: 'patient_1', fallback: 1 },
  }
  test('always the verify interface, without a tap, also with a live grant', async () => {
    const { parts, arrive, working } = page({
      getGrants: async () => ok([{ ...grant, purpose: 'card-code' }]),
    })
    await arrive({ purpose: 'card-code', patientId: 'patient_1' })
    expect(parts.fetchCode).toHaveBeenCalledOnce()
    expect(parts.openTarget).not.toHaveBeenCalled()
    expect(working.value, 'no page flashes up on the way').toBe(true)
  })

  test('for whom is not known: asked', async () => {
    const { parts, arrive, working } = page()
    await arrive({ purpose: 'card-code' })
    expect(parts.fetchCode).not.toHaveBeenCalled()
    expect(working.value).toBe(false)
  })

  test.each<[string, Partial<ConfirmParts>, string | undefined]>([
    ['no way to a code', { fetchCode: async () => false }, undefined],
    ['the gateway is out of reach', { start: async () => lost }, 'w'],
    ['the gateway refuses', { start: async () => refused('wechat-unavailable') }, 'w'],
    ['the platform’s page does not open', { openVerification: async () => false }, 'w'],
  ])('%s: the visit card’s code', async (_, changes, code) => {
    const { parts, arrive } = page(changes)
    await arrive(code ? cameBack('card-code', code) : { purpose: 'card-code', patientId: 'patient_1' })
    expect(parts.openTarget).toHaveBeenCalledWith(fallback)
  })

  test('came back without a code: the visit card’s code', async () => {
    const { parts, arrive } = page()
    await arrive(cameBack('card-code'))
    expect(parts.openTarget).toHaveBeenCalledWith(fallback)
  })
})
