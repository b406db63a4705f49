import { beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { personalData } from '../../api/personal-data.ts'
import type { PersonalData, PersonalDataChange } from '../../api/personal-data-types.ts'
import type { ApiResult } from '../../platform/api-error.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { lost, ok, refused } from '../../test-support/views.ts'
import { idTypeLabel } from './id-type-label.ts'
import { usePersonalData } from './use-personal-data.ts'

const NOW = Date.parse('2026-11-24T09:00:00+08:00')
const shown: PersonalData = {
  patientId: 'patient_1',
  name: '李华',
  idType: '居民身份证',
  idNumber: '330102194801012217',
  phone: '13800000218',
  address: '文三路 9 号',
  visitCard: '00880931',
  mayChange: true,
  changeUnderWay: false,
  grant: { assurance: 'real-person', expiresAt: '2026-11-24T01:28:30Z' },
}
let stored: Map<string, string>
beforeEach(() => {
  stored = fakeUni()
})

async function page(...answers: ApiResult<PersonalData>[]) {
  let nowMs = NOW
  let tick = () => {}
  const parts = {
    get: vi.fn(async (_patient: string) => answers.shift() ?? lost),
    change: vi.fn(async (_patient: string, change: PersonalDataChange): Promise<ApiResult<PersonalData>> => {
      return ok({ ...shown, phone: change.phone ?? shown.phone, address: change.address ?? shown.address })
    }),
    verify: vi.fn(async (_patient: string) => true),
    now: () => nowMs,
    every: vi.fn((_ms: number, run: () => void) => {
      tick = run
      return () => {
        tick = () => {}
      }
    }),
  }
  const state = usePersonalData(parts)
  state.arrive('patient_1')
  await state.show()
  const pass = (ms: number) => {
    nowMs += ms
    tick()
  }
  return { parts, pass, ...state }
}

async function fill(state: Awaited<ReturnType<typeof page>>, field: 'phone' | 'address', value: string) {
  state.begin(field)
  await nextTick()
  state.change.put(field, value)
  await state.save()
}

test('shows what the archive holds, and how long it may be looked at', async () => {
  const state = await page(ok(shown))
  expect(state.data.value).toEqual(shown)
  expect(state.left.value).toBe('还可查看 28 分钟')
  state.pass(28 * 60_000)
  expect(state.left.value).toBe('还可查看不到 1 分钟')
})

test('when the grant runs out everything unmasked is gone, also what was being typed', async () => {
  const state = await page(ok(shown))
  state.begin('address')
  state.pass(29 * 60_000)
  expect(state.data.value).toBeUndefined()
  expect(state.change.draft.value).toEqual({})
  expect(state.gate.value).toBe('lapsed')
  await state.verify()
  expect(state.parts.verify).toHaveBeenCalledWith('patient_1')
})

test('a phone whose clock is hours ahead can still read: the gateway has just served it', async () => {
  const ahead = { ...shown, grant: { ...shown.grant, expiresAt: '2026-11-23T20:00:00Z' } }
  const state = await page(ok(ahead))
  expect(state.data.value).toEqual(ahead)
  expect(state.left.value).toBe('')
  state.pass(60_000)
  expect(state.data.value).toEqual(ahead)
})

test.each(['verification-required', 'real-person-required'])('%s sends to the verification', async (code) => {
  const state = await page(refused(code))
  expect(state.parts.verify).toHaveBeenCalledWith('patient_1')
  expect(state.problem.value).toBeUndefined()
})

test('a verification page that does not open leaves a button', async () => {
  const state = await page(ok(shown))
  state.parts.verify.mockResolvedValueOnce(false)
  state.data.value = undefined
  state.parts.get.mockResolvedValueOnce(refused('verification-required'))
  await state.look()
  expect(state.gate.value).toBe('needed')
})

test('an error can be tried again', async () => {
  const state = await page(refused('his-unavailable'), ok(shown))
  expect(state.problem.value?.code).toBe('his-unavailable')
  await state.look()
  expect(state.problem.value).toBeUndefined()
  expect(state.data.value).toEqual(shown)
})

test('a new phone number is saved, and said', async () => {
  const state = await page(ok(shown))
  await fill(state, 'phone', ' 13900004321 ')
  expect(state.parts.change).toHaveBeenCalledWith('patient_1', { phone: '13900004321' })
  expect(state.data.value?.phone).toBe('13900004321')
  expect(state.news.value).toEqual({ kind: 'ok', text: '手机号已经改好。' })
  expect(state.change.field.value).toBeUndefined()
})

test('a wrong, an empty and an unchanged value are not sent', async () => {
  const state = await page(ok(shown))
  await fill(state, 'phone', '1390000')
  expect(state.change.problems.value['phone']).toContain('11 位')
  await fill(state, 'phone', '13800000218')
  expect(state.change.problems.value['phone']).toContain('和现在登记的一样')
  await fill(state, 'address', '  ')
  expect(state.change.problems.value['address']).toBeTruthy()
  expect(state.parts.change).not.toHaveBeenCalled()
})

test('an address is mended from what is registered; the form leads to its field', async () => {
  const state = await page(ok(shown))
  state.begin('address')
  expect(state.change.draft.value['address']).toBe('文三路 9 号')
  await nextTick()
  expect(state.change.target.value).toMatchObject({ name: 'address', times: 1 })
})

test("the gateway's words stand at their field", async () => {
  const state = await page(ok(shown))
  state.parts.change.mockResolvedValueOnce(
    refused('bad-input', { fields: [{ field: 'phone', message: '号码已停用' }] }),
  )
  await fill(state, 'phone', '13900004321')
  expect(state.change.problems.value).toEqual({ phone: '号码已停用' })
  expect(state.change.field.value, 'what was typed is still there').toBe('phone')
})

test('a HIS that refuses is said above the form', async () => {
  const state = await page(ok(shown))
  state.parts.change.mockResolvedValueOnce(refused('his-refused', { message: '请到窗口修改' }))
  await fill(state, 'phone', '13900004321')
  expect(state.change.notice.value).toBe('请到窗口修改')
})

test('a lost answer is never sent again: the archive tells what became of it', async () => {
  const state = await page(ok(shown), ok({ ...shown, phone: '13900004321' }))
  state.parts.change.mockResolvedValueOnce(lost)
  await fill(state, 'phone', '13900004321')
  expect(state.parts.change).toHaveBeenCalledOnce()
  expect(state.news.value?.kind).toBe('ok')
})

test('a lost answer of which nothing is known is not called a failure', async () => {
  for (const answer of [lost, ok(shown)]) {
    const state = await page(ok(shown), answer)
    state.parts.change.mockResolvedValueOnce(lost)
    await fill(state, 'phone', '13900004321')
    expect(state.news.value).toMatchObject({ kind: 'warn', text: expect.stringContaining('还没有看到') })
  }
})

test('a change under way is said, and nothing new can be asked', async () => {
  const underWay = { ...shown, changeUnderWay: true }
  const state = await page(ok(shown), ok(underWay), ok(shown))
  state.parts.change.mockResolvedValueOnce(refused('change-under-way'))
  await fill(state, 'phone', '13900004321')
  expect(state.data.value?.changeUnderWay).toBe(true)
  expect(state.news.value).toBeUndefined()
  await state.look()
  expect(state.data.value?.changeUnderWay).toBe(false)
})

test('a fallback grant only reads; a HIS without changes says where', async () => {
  const fallback = { ...shown, mayChange: false, grant: { ...shown.grant, assurance: 'fallback' as const } }
  expect((await page(ok(fallback))).locked.value).toBe('fallback')
  expect((await page(ok({ ...shown, mayChange: false }))).locked.value).toBe('counter')
  expect((await page(ok(shown))).locked.value).toBeUndefined()
})

test('nothing of it lies in storage, and leaving the page takes it out of memory', async () => {
  vi.useFakeTimers()
  const state = await page(ok(shown))
  state.begin('phone')
  state.change.put('phone', '13900004321')
  vi.runAllTimers()
  await state.save()
  expect([...stored.values()]).toEqual([])
  state.leave()
  expect(state.data.value).toBeUndefined()
  vi.useRealTimers()
})

test('reads the answer as it is; the kind of document by name or by number', () => {
  expect(personalData(shown)).toEqual(shown)
  expect(() => personalData({ ...shown, phone: 13 })).toThrow()
  expect(idTypeLabel('01')).toBe('居民身份证')
  expect(idTypeLabel('居民身份证')).toBe('居民身份证')
})
