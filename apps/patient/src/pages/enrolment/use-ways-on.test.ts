import { beforeEach, expect, test, vi } from 'vitest'
import type { FlowView } from '../../api/types.ts'
import { rememberOrigin } from '../../flow/flow-storage.ts'
import { rememberHospital } from '../../session/hospital.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { flowViews, lost, me, ok } from '../../test-support/views.ts'
import { useWaysOn } from './use-ways-on.ts'

beforeEach(() => {
  fakeUni()
  rememberHospital(me.hospital)
})

async function page(view: FlowView = flowViews['ways-on']) {
  const parts = {
    resume: vi.fn(async () => ok(flowViews.done)),
    begin: vi.fn(async () => true),
    openVisitCard: vi.fn(async () => true),
    openPatients: vi.fn(async () => true),
    call: vi.fn(),
    page: { get: async () => ok(view), open: vi.fn(async () => true) },
  }
  const state = useWaysOn(parts)
  await state.page.load('flow_1')
  return { parts, ...state }
}

test('the reason in words, the ways in order, the first recommended, the number to tell', async () => {
  const { reason, rows, first, traceId } = await page()
  expect(reason.value?.title).toBe('这次没有验证成功')
  expect(rows.value.map(({ way }) => way)).toEqual(['retry', 'visit-card', 'family', 'counter', 'phone'])
  expect(first.value).toBe('retry')
  expect(rows.value[0]?.tag).toBe('推荐')
  expect(rows.value[3]?.what).toBe('门诊一楼 3 号窗')
  expect(traceId.value).toBe('ZY-7F3K-29QX')
})

test('trying again begins what the person had wanted, and takes the draft along', async () => {
  rememberOrigin('flow_1', { intent: 'upgrade', patientId: 'p' })
  const { parts, go } = await page()
  await go('retry')
  expect(parts.begin).toHaveBeenCalledWith(
    { intent: 'upgrade', patientId: 'p' },
    { replace: true, retryOf: 'flow_1' },
  )
})

test('an upgrade of nobody knows whom begins at the list of patients', async () => {
  const { parts, go } = await page({ ...flowViews['ways-on'], intent: 'upgrade' })
  await go('retry')
  expect(parts.openPatients).toHaveBeenCalledOnce()
  expect(parts.begin).not.toHaveBeenCalled()
})

test('every way does something', async () => {
  const { parts, go, opened, refusal } = await page()
  await go('visit-card')
  expect(parts.openVisitCard).toHaveBeenCalledWith('flow_1')
  await go('family')
  expect(opened.value).toBe('family')
  await go('counter')
  expect(opened.value).toBe('counter')
  await go('phone')
  expect(parts.call).toHaveBeenCalledWith('0571-0000000')
  await go('resume')
  expect(parts.page.open).toHaveBeenCalledWith(flowViews.done)
  parts.resume.mockResolvedValue(lost as never)
  await go('resume')
  expect(refusal.value?.code).toBe('TIMEOUT')
})
