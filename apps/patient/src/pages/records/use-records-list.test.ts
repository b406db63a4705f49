import { expect, test, vi } from 'vitest'
import type { RecordList } from '../../api/record-types.ts'
import type { ApiResult } from '../../platform/api-error.ts'
import { RECORDS_NOW_MS, recordList } from '../../test-support/record-views.ts'
import { lost, ok, refused } from '../../test-support/views.ts'
import { type RecordsListParts, useRecordsList } from './use-records-list.ts'

const query = { kind: 'lab', patientId: 'patient_1' }
const of = { kind: 'lab', patientId: 'patient_1' }

function page(changes: Partial<RecordsListParts> = {}) {
  const parts = {
    list: vi.fn(changes.list ?? (async (): Promise<ApiResult<RecordList>> => ok(recordList))),
    protect: vi.fn(changes.protect ?? (async () => true)),
    openRecord: vi.fn(changes.openRecord ?? (async () => true)),
    toMenu: vi.fn(changes.toMenu ?? (async () => true)),
    now: changes.now ?? (() => RECORDS_NOW_MS),
  }
  return { parts, ...useRecordsList(parts) }
}

test('shows the reports of the last year and opens one', async () => {
  const { arrive, groups, count, time, open, parts } = page()
  await arrive(query)
  expect(parts.list).toHaveBeenCalledWith(of, undefined)
  expect(count.value).toBe(2)
  expect(groups.value[0]?.rows[0]?.tag).toBe('有异常')
  expect(time.line.value).toContain('28 分钟')
  await open('sealed-1')
  expect(parts.openRecord).toHaveBeenCalledWith({ ...of, key: 'sealed-1' })
})

test.each(['verification-required', 'real-person-required'])(
  '%s: asks to verify instead of showing an error, in place of this page',
  async (code) => {
    const { arrive, problem, list, parts } = page({ list: async () => refused(code) })
    await arrive(query)
    expect(parts.protect).toHaveBeenCalledWith('lab-report', of, { replace: true })
    expect(problem.value).toBeUndefined()
    expect(list.value).toBeUndefined()
  },
)

test('a direct link without a patient asks for nothing before the verification; one without a kind leads to the menu', async () => {
  const first = page()
  await first.arrive({ kind: 'lab' })
  expect(first.parts.protect).toHaveBeenCalledWith('lab-report', { kind: 'lab' }, { replace: true })
  const second = page()
  await second.arrive({ kind: 'x-ray', patientId: 'patient_1' })
  expect(second.parts.toMenu).toHaveBeenCalledOnce()
  expect(first.parts.list).not.toHaveBeenCalled()
  expect(second.parts.list).not.toHaveBeenCalled()
})

test('an error is said and can be tried again', async () => {
  const answers: ApiResult<RecordList>[] = [lost, ok(recordList)]
  const { arrive, load, problem, count } = page({ list: async () => answers.shift() ?? lost })
  await arrive(query)
  expect(problem.value?.code).toBe('TIMEOUT')
  await load()
  expect(problem.value).toBeUndefined()
  expect(count.value).toBe(2)
})

test('another range is asked from the gateway’s day; an answer to an older question is not shown', async () => {
  const { arrive, choose, list, parts } = page()
  await arrive(query)
  let answerFirst: (result: ApiResult<RecordList>) => void = () => undefined
  parts.list.mockImplementationOnce(() => new Promise((resolve) => (answerFirst = resolve)))
  const first = choose('three-years')
  parts.list.mockImplementationOnce(async () => ok({ ...recordList, records: [] }))
  await choose('three-months')
  answerFirst(ok(recordList))
  await first
  expect(parts.list).toHaveBeenNthCalledWith(2, of, { from: '2023-11-24', to: '2026-11-23' })
  expect(parts.list).toHaveBeenNthCalledWith(3, of, { from: '2026-08-23', to: '2026-11-23' })
  expect(list.value?.records).toEqual([])
})

test('when the time is over the reports are hidden and verifying again comes back to them', async () => {
  let nowMs = RECORDS_NOW_MS
  const { arrive, time, show, verifyAgain, parts } = page({ now: () => nowMs })
  await arrive(query)
  await show()
  expect(parts.list).toHaveBeenCalledOnce()
  nowMs += 30 * 60_000
  time.tick()
  expect(time.lapsed.value).toBe(true)
  await verifyAgain()
  expect(parts.protect).toHaveBeenCalledWith('lab-report', of, { replace: true })
  await show()
  expect(parts.list).toHaveBeenCalledTimes(2)
})

test('another patient needs a verification of their own', async () => {
  const { arrive, switchPatient, openFailed, parts } = page({ protect: async () => false })
  await arrive(query)
  await switchPatient()
  expect(parts.protect).toHaveBeenCalledWith('lab-report', { kind: 'lab' }, { replace: true, choose: true })
  expect(openFailed.value).toBe(true)
})

test('hundreds of rows come thirty at a time, and the kinds of examination can be picked', async () => {
  const [one] = recordList.records
  if (!one) throw new Error('no record')
  const records = Array.from({ length: 70 }, (_, index) => ({
    ...one,
    key: `k${index}`,
    modality: index % 2 === 0 ? 'CT' : '超声',
  }))
  const { arrive, groups, hidden, showMore, modality, modalities, count } = page({
    list: async () => ok({ ...recordList, kind: 'examination', records }),
  })
  await arrive({ ...query, kind: 'examination' })
  expect(groups.value[0]?.rows).toHaveLength(30)
  expect(hidden.value).toBe(40)
  showMore()
  expect(hidden.value).toBe(10)
  expect(modalities.value).toEqual(['CT', '超声'])
  modality.value = '超声'
  expect(count.value).toBe(35)
  expect(hidden.value).toBe(0)
})
