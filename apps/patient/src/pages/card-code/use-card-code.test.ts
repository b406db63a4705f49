import { beforeEach, expect, test, vi } from 'vitest'
import { cardCodeView } from '../../api/card-code.ts'
import type { CardCodeView, CodeType } from '../../api/card-code-types.ts'
import type { ApiResult } from '../../platform/api-error.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { lost, ok, refused } from '../../test-support/views.ts'
import { mayOpenPluginPage } from './plugin-page-once.ts'
import { useCardCode } from './use-card-code.ts'

beforeEach(() => void fakeUni())

type At<K extends CardCodeView['kind']> = Extract<CardCodeView, { kind: K }>
const common = { patient: { id: 'patient_1', name: '李*华', relation: '本人' }, refreshSeconds: 60 }
const dynamic: At<'health-card'> = {
  ...common,
  kind: 'health-card',
  codeType: 'dynamic',
  image: 'data:image/png;base64,AAAA',
  number: '330102********2217',
  pluginPage: null,
}
const visitCard: At<'visit-card'> = {
  ...common,
  kind: 'visit-card',
  why: 'not-verified',
  symbol: 'qr',
  image: 'data:image/png;base64,BBBB',
  number: '0088 1234 5678',
}
const counter: At<'counter'> = { ...common, kind: 'counter', why: 'no-card' }

/** A page whose answers and timers are in the test's hand. */
function page(...answers: ApiResult<CardCodeView>[]) {
  const timers: { ms: number; run: () => void; stopped: boolean }[] = []
  const parts = {
    get: vi.fn(async (_patient: string, _type?: CodeType) => answers.shift() ?? lost),
    after: (ms: number, run: () => void) => {
      const timer = { ms, run, stopped: false }
      timers.push(timer)
      return () => {
        timer.stopped = true
      }
    },
    screen: { raise: vi.fn(), restore: vi.fn() },
    openPlugin: vi.fn(async (_url: string) => true),
    mayOpenPlugin: vi.fn((_patient: string) => true),
    verify: vi.fn(async (_patient: string) => true),
    claim: vi.fn(async (_patient: string) => true),
  }
  const running = () => timers.filter(({ stopped }) => !stopped)
  const code = useCardCode(parts)
  return { parts, timers, running, ...code }
}
const QUERY = { patientId: 'patient_1' }

test('the dynamic code is refreshed as often as the gateway says, one timer at a time', async () => {
  const state = page(ok(dynamic), ok({ ...dynamic, image: 'data:image/png;base64,CCCC' }))
  state.arrive(QUERY)
  await state.show()
  expect(state.parts.get).toHaveBeenCalledWith('patient_1', undefined)
  expect(state.running()).toMatchObject([{ ms: 60_000 }])
  state.running()[0]?.run()
  await vi.waitFor(() => expect(state.view.value).toMatchObject({ image: 'data:image/png;base64,CCCC' }))
  expect(state.running()).toHaveLength(1)
  expect(state.parts.screen.raise).toHaveBeenCalled()
})

test('the old code stays while the new one is fetched', async () => {
  const state = page(ok(dynamic))
  state.arrive(QUERY)
  await state.show()
  let answer: (result: ApiResult<CardCodeView>) => void = () => undefined
  state.parts.get.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)))
  const under = state.retry()
  expect(state.view.value).toEqual(dynamic)
  answer(ok(dynamic))
  await under
})

test('network lost: the last code stays and is called old; it is tried again and comes back', async () => {
  const state = page(ok(dynamic), lost, ok(dynamic))
  state.arrive(QUERY)
  await state.show()
  await state.retry()
  expect(state.view.value).toEqual(dynamic)
  expect(state.staleText.value).toBe('网络不好，这个码可能已过期。')
  expect(state.running()).toMatchObject([{ ms: 10_000 }])
  await state.retry()
  expect(state.staleText.value).toBe('')
})

test('a static code does not grow old', async () => {
  const state = page(ok({ ...dynamic, codeType: 'static' }), lost)
  state.arrive(QUERY)
  await state.show()
  await state.retry()
  expect(state.staleText.value).toContain('还可以用')
})

test('a refusal takes the code away: it is not this person’s to show', async () => {
  const state = page(ok(dynamic), refused('patient-not-found'))
  state.arrive(QUERY)
  await state.show()
  await state.retry()
  expect(state.view.value).toBeUndefined()
  expect(state.problem.value?.code).toBe('patient-not-found')
  expect(state.parts.screen.restore).toHaveBeenCalled()
  expect(state.running()).toEqual([])
})

test('hidden: no timer runs and the screen is as before; shown again: a code of now', async () => {
  const state = page(ok(dynamic), ok(dynamic))
  state.arrive(QUERY)
  await state.show()
  state.hide()
  expect(state.running()).toEqual([])
  expect(state.parts.screen.restore).toHaveBeenCalled()
  await state.show()
  expect(state.parts.get).toHaveBeenCalledTimes(2)
})

test('an answer that comes after the page was left starts no timer and no bright screen', async () => {
  let answer: (result: ApiResult<CardCodeView>) => void = () => undefined
  const state = page()
  state.parts.get.mockImplementationOnce(() => new Promise((resolve) => (answer = resolve)))
  state.arrive(QUERY)
  const under = state.show()
  state.hide()
  answer(ok(dynamic))
  await under
  expect(state.timers).toEqual([])
  expect(state.parts.screen.raise).not.toHaveBeenCalled()
})

test('switching to the static code asks for it; a late answer of the other kind is dropped', async () => {
  const answers: ((result: ApiResult<CardCodeView>) => void)[] = []
  const state = page()
  state.parts.get.mockImplementation(() => new Promise((resolve) => answers.push(resolve)))
  state.arrive(QUERY)
  const first = state.show()
  const second = state.choose('static')
  expect(state.picked.value).toBe('static')
  answers[1]?.(ok({ ...dynamic, codeType: 'static' }))
  await second
  answers[0]?.(ok(dynamic))
  await first
  expect(state.view.value).toMatchObject({ codeType: 'static' })
  expect(state.running()).toHaveLength(1)
})

test('a switch that got lost marks the code that is still shown', async () => {
  const state = page(ok(dynamic), lost)
  state.arrive(QUERY)
  await state.show()
  await state.choose('static')
  expect(state.picked.value).toBe('dynamic')
})

test.each([0, -5])('a gateway that says %i seconds is not asked without a pause', async (refreshSeconds) => {
  const state = page(ok({ ...dynamic, refreshSeconds }))
  state.arrive(QUERY)
  await state.show()
  expect(state.running()).toMatchObject([{ ms: 10_000 }])
})

test.each([
  [visitCard, {}, 'verify', '去验证身份', '出示电子健康卡要先验证身份'],
  [visitCard, { fallback: '1' }, 'verify', '再验证一次', '这次没有完成身份验证'],
  [{ ...visitCard, why: 'no-card' } as const, {}, 'claim', '去验证身份', '还没有电子健康卡'],
  [{ ...visitCard, why: 'platform-unavailable' } as const, {}, 'retry', '去验证身份', '平台暂时连不上'],
  [counter, {}, 'claim', '去验证身份', '请到窗口办理'],
  [{ ...counter, why: 'platform-unavailable' } as const, {}, 'retry', '去验证身份', '请到窗口办理'],
  [{ ...counter, why: 'not-verified' } as const, {}, 'verify', '去验证身份', '请到窗口办理'],
])('%o with %o: says why and leads on', async (view, query, step, verifyText, words) => {
  const state = page(ok(view))
  state.arrive({ ...QUERY, ...query })
  await state.show()
  expect(state.step.value).toBe(step)
  expect(state.verifyText.value).toBe(verifyText)
  expect(state.why.value).toContain(words)
})

test('a grant that runs out in the middle: the visit card, and why', async () => {
  const state = page(ok(dynamic), ok(visitCard))
  state.arrive(QUERY)
  await state.show()
  await state.retry()
  expect(state.why.value).toContain('身份验证已到时间')
  await state.verify()
  expect(state.parts.verify).toHaveBeenCalledWith('patient_1')
})

test('a page that does not open is said', async () => {
  const state = page(ok(visitCard))
  state.parts.verify.mockResolvedValueOnce(false)
  state.arrive(QUERY)
  await state.show()
  await state.verify()
  expect(state.openFailed.value).toBe(true)
})

test('a gateway that asks for a verification after all gets one', async () => {
  const state = page(refused('verification-required'))
  state.arrive(QUERY)
  await state.show()
  expect(state.mustVerify.value).toBe(true)
})

test('the platform’s page opens once by itself; our own code stands below it, whatever becomes of it', async () => {
  const pluginPage = 'plugin://healthCardPlugins/healthcode?hospitalId=1'
  const state = page(ok({ ...dynamic, pluginPage }), ok({ ...dynamic, pluginPage }))
  state.parts.mayOpenPlugin.mockReturnValueOnce(true).mockReturnValue(false)
  state.parts.openPlugin.mockResolvedValue(false)
  state.arrive(QUERY)
  await state.show()
  await state.retry()
  expect(state.parts.openPlugin).toHaveBeenCalledOnce()
  expect(state.parts.openPlugin).toHaveBeenCalledWith(pluginPage)
  expect(state.view.value?.kind).toBe('health-card')
  expect(state.openFailed.value, 'nobody asked for it').toBe(false)
})

test('coming back from the platform’s page shows ours; the next person, or later, it opens again', () => {
  expect(mayOpenPluginPage('patient_9', 1_000_000)).toBe(true)
  expect(mayOpenPluginPage('patient_9', 1_060_000)).toBe(false)
  expect(mayOpenPluginPage('patient_8', 1_060_000)).toBe(true)
  expect(mayOpenPluginPage('patient_9', 1_300_000)).toBe(true)
})

test('answers are read as they are; a picture from elsewhere is refused, a new reason is not', () => {
  for (const view of [dynamic, visitCard, counter]) expect(cardCodeView(view)).toEqual(view)
  expect(() => cardCodeView({ ...dynamic, image: 'https://evil.example/code.png' })).toThrow()
  expect(() => cardCodeView({ ...dynamic, kind: 'hologram' })).toThrow()
  expect(cardCodeView({ ...visitCard, why: 'new-reason' })).toMatchObject({ why: 'platform-unavailable' })
})
