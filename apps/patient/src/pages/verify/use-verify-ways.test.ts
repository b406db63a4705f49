import { beforeEach, expect, test, vi } from 'vitest'
import type { VerificationView, VerifyReason } from '../../api/verification-types.ts'
import { rememberHospital } from '../../session/hospital.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { verifyViews } from '../../test-support/verify-views.ts'
import { lost, me, ok } from '../../test-support/views.ts'
import { verifyWaysTexts } from '../../texts/verify.ts'
import { useVerifyWays } from './use-verify-ways.ts'

beforeEach(() => {
  fakeUni()
  rememberHospital(me.hospital)
})

async function page(view: VerificationView = verifyViews['ways-on']) {
  const parts = {
    begin: vi.fn(async () => true),
    checkAgain: vi.fn(async () => ok<VerificationView>(verifyViews.granted)),
    openCode: vi.fn(async () => true),
    openTarget: vi.fn(async () => true),
    call: vi.fn(),
    page: { get: async () => ok(view), open: vi.fn(async () => true) },
  }
  const state = useVerifyWays(parts)
  await state.page.load('verify_1')
  return { parts, ...state }
}

test('the reason in words, the ways in order, the first recommended', async () => {
  const { reason, rows, first } = await page()
  expect(reason.value?.title).toBe('这次没有验证成功')
  expect(rows.value.map(({ way }) => way)).toEqual(verifyViews['ways-on'].ways)
  expect(first.value).toBe('retry')
  expect(rows.value[0]?.tag).toBe('推荐')
  expect(rows.value[3]?.what).toBe('门诊一楼 3 号窗')
  expect(rows.value[5]?.what).toBe('电话 0571-0000000')
})

test('every way does something', async () => {
  const { parts, go, opened, refusal } = await page()
  await go('retry')
  expect(parts.begin).toHaveBeenCalledWith({ purpose: 'lab-report', patientId: 'patient_1' })
  await go('phone-code')
  await go('card-phone-code')
  expect(parts.openCode).toHaveBeenCalledTimes(2)
  await go('visit-card-code')
  expect(parts.openTarget).toHaveBeenCalledWith({
    kind: 'page',
    route: '/pages/card-code/show',
    query: { patientId: 'patient_1', fallback: 1 },
  })
  for (const way of ['family', 'self-service', 'counter'] as const) {
    await go(way)
    expect(opened.value).toBe(way)
  }
  await go('counter')
  expect(opened.value, 'a second press closes it').toBeUndefined()
  await go('phone')
  expect(parts.call).toHaveBeenCalledWith('0571-0000000')
  await go('check-again')
  expect(parts.page.open).toHaveBeenCalledWith(verifyViews.granted)
  parts.checkAgain.mockResolvedValue(lost as never)
  await go('check-again')
  expect(refusal.value?.code).toBe('TIMEOUT')
})

test('bug: a result that is still unknown was looked up without a word, on a page opened upon itself', async () => {
  const unknown = { ...verifyViews['ways-on'], reason: 'result-unknown' } as const
  const { parts, go, refusal, reason } = await page(unknown)
  parts.checkAgain.mockResolvedValue(ok<VerificationView>({ ...unknown }))
  await go('check-again')
  expect(parts.page.open).not.toHaveBeenCalled()
  expect(refusal.value?.message).toMatch(/还是没有查到结果/)
  parts.checkAgain.mockResolvedValue(ok<VerificationView>(verifyViews['ways-on']))
  await go('check-again')
  expect(refusal.value).toBeUndefined()
  expect(reason.value?.title, 'the new reason on the same page').toBe('这次没有验证成功')
})

test('a granted verification moves on at once', async () => {
  const { parts } = await page(verifyViews.granted)
  expect(parts.page.open).toHaveBeenCalledWith(verifyViews.granted)
})

test('no ID card for a face check is said kindly, and every reason says what to do', () => {
  const { reasons } = verifyWaysTexts
  expect(reasons['no-resident-id'].title).toBe('您的证件不需要人脸验证')
  expect(reasons['no-resident-id'].what).not.toMatch(/失败|错误|不能/)
  for (const reason of Object.keys(reasons) as VerifyReason[]) expect(reasons[reason].what).toMatch(/：$/)
})
