import { beforeEach, expect, test, vi } from 'vitest'
import type { SentCode, VerificationView } from '../../api/verification-types.ts'
import type { ApiResult } from '../../platform/api-error.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { verifyViews } from '../../test-support/verify-views.ts'
import { lost, ok, refused } from '../../test-support/views.ts'
import { codeProblem, fallbackInput } from './check-code.ts'
import { useVerifyCode } from './use-verify-code.ts'

let stored: Map<string, string>
beforeEach(() => {
  stored = fakeUni()
})

const ways = verifyViews['ways-on']
const byCard: VerificationView = { ...ways, reason: 'no-resident-id', ways: ['card-phone-code', 'counter'] }
const usedUp: VerificationView = { ...ways, reason: 'too-many-attempts', ways: ['counter', 'phone'] }
const sentCode: SentCode = { phone: '138****0218', expiresAt: '2026-11-24T02:05:00Z' }

async function page(view: VerificationView = ways) {
  let nowMs = 0
  let tick = () => {}
  const parts = {
    sendCode: vi.fn(async (): Promise<ApiResult<SentCode>> => ok(sentCode)),
    pass: vi.fn(async (): Promise<ApiResult<VerificationView>> => ok(verifyViews.granted)),
    openWays: vi.fn(async () => true),
    page: { get: vi.fn(async () => ok(view)), open: vi.fn(async () => true) },
    ticks: {
      nowMs: () => nowMs,
      everySecond: (next: () => void) => {
        tick = next
        return () => {}
      },
    },
  }
  const state = useVerifyCode(parts)
  await state.page.load('verify_1')
  const pass = (seconds: number) => {
    nowMs += seconds * 1000
    tick()
  }
  const type = (lastFour: string, code: string) => {
    state.form.put('lastFour', lastFour)
    state.form.put('code', code)
  }
  return { parts, pass, type, ...state }
}

test('asks for the last four digits, or for the visit card where there is no resident ID', async () => {
  expect((await page()).form.rows.value.map(({ name }) => name)).toEqual(['lastFour', 'code'])
  expect((await page(byCard)).form.rows.value.map(({ name }) => name)).toEqual(['visitCard', 'code'])
})

test('the code: where it went, until when, and not twice within a minute', async () => {
  const { getCode, sentLine, left, pass, parts } = await page()
  await getCode()
  expect(sentLine.value).toBe('验证码已发到 138****0218，请在 10:05 前填写。')
  expect(left.value).toBe(60)
  await getCode()
  expect(parts.sendCode).toHaveBeenCalledOnce()
  pass(60)
  await getCode()
  expect(parts.sendCode).toHaveBeenCalledTimes(2)
})

test('no code went out: said, and it can be asked for again at once', async () => {
  const { getCode, form, left, parts } = await page()
  parts.sendCode.mockResolvedValueOnce(refused('sms-unavailable', { happened: 'unknown' }))
  await getCode()
  expect(form.notice.value).toBe('sms-unavailable')
  expect(left.value).toBe(0)
})

test('right: on to what was wanted; nothing of it lies in the storage', async () => {
  const { type, submit, parts } = await page()
  type('221x', ' 123456 ')
  await submit()
  expect(parts.pass).toHaveBeenCalledWith('verify_1', { lastFour: '221X', code: '123456' })
  expect(parts.page.open).toHaveBeenCalledWith(verifyViews.granted)
  expect(stored.size).toBe(0)
})

test('what is missing is said at its field, and nothing is sent', async () => {
  const { type, submit, form, parts, getCode } = await page()
  type('22', '')
  await submit()
  expect(form.problems.value['code']).toMatch('请先点')
  await getCode()
  await submit()
  expect(form.problems.value['code']).toBe('请填写短信里的验证码')
  expect(Object.keys(form.problems.value)).toEqual(['lastFour', 'code'])
  expect(form.target.value.name).toBe('lastFour')
  expect(parts.pass).not.toHaveBeenCalled()
})

test('wrong: said above the form, which stays', async () => {
  const { type, submit, form, parts } = await page()
  type('2217', '000000')
  parts.pass.mockResolvedValue(refused('fallback-mismatch'))
  await submit()
  expect(form.notice.value).toBe('fallback-mismatch')
  expect(form.draft.value['lastFour']).toBe('2217')
  expect(parts.openWays).not.toHaveBeenCalled()
})

test('a code over its time is said at its field, emptied', async () => {
  const { type, submit, form, parts } = await page()
  type('2217', '000000')
  parts.pass.mockResolvedValue(refused('code-expired'))
  await submit()
  expect(form.problems.value).toEqual({ code: 'code-expired' })
  expect(form.draft.value['code']).toBe('')
})

test('the last try used up: on to the other ways', async () => {
  const { type, submit, parts } = await page()
  type('2217', '000000')
  parts.pass.mockResolvedValue(refused('fallback-mismatch'))
  parts.page.get.mockResolvedValue(ok(usedUp) as never)
  await submit()
  expect(parts.openWays).toHaveBeenCalledWith('verify_1')
})

test('a lost answer keeps the form and asks nothing behind the person’s back', async () => {
  const { type, submit, form, parts } = await page()
  type('2217', '123456')
  parts.pass.mockResolvedValue(lost)
  await submit()
  expect(form.notice.value).toBe('TIMEOUT')
  expect(parts.page.get).toHaveBeenCalledOnce()
})

test('opened by a link where the way is not offered: to the other ways', async () => {
  const { load, parts } = await page(usedUp)
  await load('verify_1')
  expect(parts.openWays).toHaveBeenCalledWith('verify_1')
})

test('full-width digits and blanks are understood', () => {
  const draft = { visitCard: ' ８８０ 0931 ', lastFour: '２２１ｘ', code: '１２３ 456' }
  expect(fallbackInput('card-phone-code', draft)).toEqual({ visitCard: '8800931', code: '123456' })
  expect(fallbackInput('phone-code', draft)).toEqual({ lastFour: '221X', code: '123456' })
  for (const name of ['visitCard', 'lastFour', 'code']) expect(codeProblem(name, draft)).toBeUndefined()
})
