import { checkCharacter } from '@zhangyi/core'
import { beforeEach, expect, test, vi } from 'vitest'
import type { OfflineApplication } from '../../api/offline-types.ts'
import type { ApiResult } from '../../platform/api-error.ts'
import type { Chosen } from '../../platform/choose-documents.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import { application, offlineForm, submitted, withDocument } from '../../test-support/offline-views.ts'
import { REFUNDS_NOW_MS } from '../../test-support/refund-views.ts'
import { lost, me, ok, refused } from '../../test-support/views.ts'
import { type ApplicationParts, useApplication } from './use-application.ts'
import { useApplications } from './use-applications.ts'
import { type ApplyParts, useApply } from './use-apply.ts'

let stored: Map<string, string>
beforeEach(() => {
  stored = fakeUni()
})

const FIRST17 = '33010219480101221'
const NUMBER = FIRST17 + checkCharacter(FIRST17)
const allowed = { loadMe: async () => ok(me), openConsent: async () => true }

async function applying(...answers: readonly ApiResult<OfflineApplication>[]) {
  const start = vi.fn<ApplyParts['start']>(async () => answers.at(-1) ?? ok(application))
  for (const answer of answers) start.mockResolvedValueOnce(answer)
  const parts = {
    form: async () => ok(offlineForm),
    start,
    openOne: vi.fn(async () => true),
    nowMs: () => REFUNDS_NOW_MS,
    allowed,
  }
  const page = useApply(parts)
  await page.arrive()
  const fill = (values: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(values)) page.form.put(name, value)
  }
  return { parts, fill, ...page }
}
const applicant = {
  'applicant.relation': '子女',
  'applicant.name': '李建华',
  'applicant.idNumber': NUMBER,
  'applicant.phone': '13800000218',
}

test('for somebody else: both people are asked for, and the card number will do', async () => {
  const { choose, fill, submit, patientRows, parts } = await applying()
  choose('proxy')
  fill({ ...applicant, 'patient.name': '李大山', 'patient.cardNumber': ' a0 0012 ' })
  expect(patientRows.value.map(({ name }) => name)).toEqual([
    ...['patient.name', 'patient.idNumber', 'patient.cardNumber', 'note'],
  ])
  await submit()
  expect(parts.start).toHaveBeenCalledExactlyOnceWith({
    reason: 'proxy',
    applicant: { name: '李建华', idNumber: NUMBER, phone: '13800000218', relation: '子女' },
    patient: { name: '李大山', idNumber: null, cardNumber: 'A00012' },
    note: '',
    requestKey: expect.stringMatching(/^[\w-]{8,64}$/),
  })
  expect(parts.openOne).toHaveBeenCalledExactlyOnceWith(application)
  expect([...stored.values()].join(), 'nothing typed stays on the phone').not.toContain(NUMBER)
})

test('for oneself one person is asked for; a proxy is somebody else', async () => {
  const { choose, fill, submit, patientRows, form, parts } = await applying()
  choose('device-unsupported')
  fill({ ...applicant, 'applicant.relation': '本人' })
  expect(patientRows.value.map(({ name }) => name)).toEqual(['patient.cardNumber', 'note'])
  await submit()
  expect(parts.start.mock.calls[0]?.[0].patient).toEqual({
    name: '李建华',
    idNumber: NUMBER,
    cardNumber: null,
  })
  choose('proxy')
  expect(form.draft.value['applicant.relation']).toBe('')
})

test('what is missing or wrong is said at its field and not sent', async () => {
  const { choose, fill, submit, form, reasonMissing, parts } = await applying()
  fill({ ...applicant, 'applicant.idNumber': '330102194801012210', 'patient.name': '李大山' })
  await submit()
  expect(reasonMissing.value).toBe(true)
  choose('proxy')
  await submit()
  expect(Object.keys(form.problems.value)).toEqual(['applicant.idNumber', 'patient.idNumber'])
  expect(parts.start).not.toHaveBeenCalled()
})

test('a lost answer keeps the key; the gateway’s fields stand where they belong', async () => {
  const fields = [{ field: 'patient.name', message: '姓名不对' }]
  const { choose, fill, submit, form, refusalText, parts } = await applying(
    lost,
    refused('bad-input', { fields }),
  )
  choose('proxy')
  fill({ ...applicant, 'patient.name': '李大山', 'patient.cardNumber': 'A1' })
  await submit()
  expect(refusalText.value).toContain('不会重复提交')
  await submit()
  const [first, second] = parts.start.mock.calls.map(([{ requestKey }]) => requestKey)
  expect(second).toBe(first)
  expect(form.problems.value).toEqual({ 'patient.name': '姓名不对' })
})

function one(
  given: Partial<Record<'get' | 'add' | 'submit', readonly ApiResult<OfflineApplication>[]>> = {},
) {
  const answering = (answers: readonly ApiResult<OfflineApplication>[] = [ok(application)]) => {
    const answer = vi.fn(async (..._args: unknown[]) => answers.at(-1) ?? lost)
    for (const each of answers) answer.mockResolvedValueOnce(each)
    return answer
  }
  const photo = { name: 'photo.jpg', contentType: 'image/jpeg', base64: '/9j/4AAQ' } as const
  const parts = {
    get: answering(given.get),
    add: answering(given.add ?? [ok(withDocument)]),
    remove: vi.fn<ApplicationParts['remove']>(async () => ok(application)),
    submit: answering(given.submit ?? [ok(submitted)]),
    withdraw: vi.fn(async () => ok({ ...submitted, state: 'withdrawn' as const })),
    choose: vi.fn(async (_most: number): Promise<Chosen> => ({ documents: [photo], unreadable: 0 })),
    takeHanded: () => undefined,
    toList: vi.fn(async () => true),
    cleanAddress: vi.fn(),
    allowed,
  }
  return { parts, photo, ...useApplication(parts) }
}

test('documents go one by one, then it is sent; the hospital decides from then on', async () => {
  const page = one()
  await page.arrive({ id: 'offline_1' })
  await page.upload('patient-id')
  expect(page.parts.choose).toHaveBeenCalledExactlyOnceWith(10)
  expect(page.parts.add).toHaveBeenCalledExactlyOnceWith('offline_1', { kind: 'patient-id', ...page.photo })
  expect(page.application.value?.can.submit).toBe(true)
  await page.submit()
  expect([page.application.value?.state, page.mayUpload.value]).toEqual(['submitted', false])
})

test('an upload that is refused stops the others, says why, and shows what is there', async () => {
  const page = one({ add: [refused('too-large')], get: [ok(application), ok(withDocument)] })
  page.parts.choose.mockResolvedValueOnce({ documents: [page.photo, page.photo], unreadable: 1 })
  await page.arrive({ id: 'offline_1' })
  await page.upload('patient-id')
  expect(page.parts.add).toHaveBeenCalledOnce()
  expect([page.refusal.value?.code, page.application.value?.documents.length]).toEqual(['too-large', 1])
  expect(page.unreadableText.value).toContain('有 1 份没有用上')
})

test('nobody’s application is said to be gone; out of reach it can be tried again', async () => {
  const nobodys = one({ get: [refused('not-found')] })
  await nobodys.arrive({ id: 'offline_9' })
  expect(nobodys.gone.value).toBe(true)
  const down = one({ get: [lost, ok(application)] })
  await down.arrive({ id: 'offline_1' })
  expect(down.allowed.gate.value).toBe('problem')
})

test('the list says what the hospital takes, and how each application stands', async () => {
  const parts = {
    form: async () => ok({ ...offlineForm, closed: '请到窗口办理。' }),
    applications: async () => ok({ applications: [submitted] }),
    openOne: async () => true,
    openApply: async () => true,
    allowed,
  }
  const { allowed: gate, rows, mayBegin, closed } = useApplications(parts)
  await gate.run()
  expect(rows.value.map(({ title, tag }) => [title, tag.text])).toEqual([['代办', '待审核']])
  expect([mayBegin.value, closed.value]).toEqual([false, '请到窗口办理。'])
})
