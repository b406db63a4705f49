import { beforeEach, expect, test, vi } from 'vitest'
import type { MeView, PatientView } from '../../api/types.ts'
import type { WaitingRefunds } from '../../api/waiting-refunds.ts'
import type { ApiResult } from '../../platform/api-error.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { caseOf, legAt, REFUNDS_NOW_MS } from '../../test-support/refund-views.ts'
import { lost, me, ok, patient } from '../../test-support/views.ts'
import { type HomeParts, useHome } from './use-home.ts'

beforeEach(() => void fakeUni())

const none = async () => ok({ cases: [] })

function home(
  answer: ApiResult<MeView>,
  begin: HomeParts['begin'] = async () => true,
  refunds: HomeParts['refunds'] = none,
) {
  const parts = {
    loadMe: async () => answer,
    begin: vi.fn(begin),
    openPatients: async () => true,
    showCode: vi.fn(async (_patient: PatientView) => true),
    openTile: vi.fn(async () => true),
    refunds: vi.fn(refunds),
    openRefund: vi.fn(async () => true),
    nowMs: () => REFUNDS_NOW_MS,
  }
  return { parts, ...useHome(parts) }
}

test('after an error a second load can succeed, and an error later keeps what is shown', async () => {
  const answers: ApiResult<MeView>[] = [lost, ok(me), lost]
  const {
    refresh,
    error,
    title,
    me: shown,
  } = useHome({
    loadMe: async () => answers.shift() ?? lost,
    begin: async () => true,
    openPatients: async () => true,
    showCode: async () => true,
    openTile: async () => true,
    refunds: none,
    openRefund: async () => true,
    nowMs: () => REFUNDS_NOW_MS,
  })
  await refresh()
  expect(error.value?.code).toBe('TIMEOUT')
  await refresh()
  expect(error.value).toBeUndefined()
  expect(title.value).toBe('市第一人民医院')
  await refresh()
  expect(shown.value).toEqual(me)
})

test('shows the default patient, whatever the order', async () => {
  const other = { ...patient, id: 'patient_2', name: '张*', isDefault: false, verified: false }
  const state = home(ok({ ...me, patients: [other, patient] }))
  await state.refresh()
  expect(state.face.value).toMatchObject({
    maskedName: '李*华',
    relation: '本人 · 默认就诊人',
    verified: true,
  })
  expect(state.offersCard.value).toBe(false)
})

test('a card that did not come about is offered again, for this very patient', async () => {
  const state = home(ok({ ...me, patients: [{ ...patient, card: 'offered-later' }] }))
  await state.refresh()
  expect(state.offersCard.value).toBe(true)
  await state.claimLater()
  expect(state.parts.begin).toHaveBeenCalledWith({ intent: 'upgrade', patientId: 'patient_1' })
})

test('two taps open one page; one that does not open is said', async () => {
  let answer: (opened: boolean) => void = () => undefined
  const state = home(ok(me), () => new Promise((resolve) => (answer = resolve)))
  const first = state.claim()
  await state.claim()
  expect(state.parts.begin).toHaveBeenCalledOnce()
  expect(state.opening.value).toBe(true)
  answer(false)
  await first
  expect(state.openFailed.value).toBe(true)
  expect(state.opening.value).toBe(false)
})

test('at the limit no further patient is offered', async () => {
  const state = home(ok({ ...me, maxPatients: 1, patients: [patient] }))
  await state.refresh()
  expect(state.mayAdd.value).toBe(false)
})

test('the card shows its code, or the visit card’s; a patient without either has no such button', async () => {
  for (const [changes, words] of [
    [{}, '出示二维码'],
    [{ card: 'offered-later' }, '出示就诊卡'],
    [{ card: 'none', visitCard: null }, ''],
  ] as const) {
    const state = home(ok({ ...me, patients: [{ ...patient, ...changes }] }))
    await state.refresh()
    expect(state.action.value).toBe(words)
  }
  const state = home(ok({ ...me, patients: [patient] }))
  await state.refresh()
  await state.showCode()
  expect(state.parts.showCode).toHaveBeenCalledWith(patient)
})

test('only what is built is shown, and only once there is a patient', async () => {
  const empty = home(ok(me))
  await empty.refresh()
  expect(empty.tiles.value).toEqual([])
  const state = home(ok({ ...me, patients: [patient] }))
  await state.refresh()
  expect(state.tiles.value.map(({ title }) => title)).toEqual([
    ...['挂号', '缴费', '报告查询', '挂号记录', '缴费记录', '退费', '住院清单', '个人信息'],
  ])
  await state.openTile('inpatient')
  expect(state.parts.openTile).toHaveBeenCalledWith('inpatient')
})

test('a refund that waits for its confirmation is told, with its time, and opened; the page does not wait for the news', async () => {
  let answer: (found: WaitingRefunds) => void = () => undefined
  const refunds = () =>
    new Promise<ApiResult<WaitingRefunds>>((resolve) => {
      answer = (found) => resolve(ok(found))
    })
  const state = home(ok(me), undefined, refunds)
  await state.refresh()
  expect([state.title.value, state.waiting.value]).toEqual(['市第一人民医院', undefined])
  answer({ cases: [caseOf(legAt.paid), caseOf(legAt.expired, legAt['to-receive'])] })
  await vi.waitFor(() => expect(state.waiting.value).toBeDefined())
  expect(state.waiting.value).toEqual({
    title: '有一笔退款等您确认收款',
    until: '明天 14:00 前有效',
    caseId: 'refund_1',
  })
  await state.openRefund()
  expect(state.parts.openRefund).toHaveBeenCalledExactlyOnceWith(state.waiting.value)
})

test.each([
  [
    'several',
    ok({ cases: [caseOf(legAt['to-receive']), caseOf(legAt['to-receive'])] }),
    '有 2 笔退款等您确认收款',
  ],
  ['none that waits', ok({ cases: [caseOf(legAt.expired)] }), undefined],
  ['nobody answers', lost, undefined],
])('refunds: %s', async (_, answer, title) => {
  const state = home(ok(me), undefined, async () => answer)
  await state.refresh()
  await vi.waitFor(() => expect(state.parts.refunds).toHaveResolved())
  expect([state.waiting.value?.title, state.waiting.value?.caseId, state.error.value]).toEqual([
    title,
    undefined,
    undefined,
  ])
})
