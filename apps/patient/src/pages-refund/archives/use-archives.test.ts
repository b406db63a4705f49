import { beforeEach, expect, test, vi } from 'vitest'
import type { Archives, Entries, RefundCase } from '../../api/refund-types.ts'
import type { ApiResult } from '../../platform/api-error.ts'
import { fakeUni } from '../../test-support/fake-uni.ts'
import {
  caseOf,
  entriesView,
  legAt,
  noArchive,
  nothingToRefund,
  oneArchive,
  twoArchives,
} from '../../test-support/refund-views.ts'
import { lost, me, ok, refused } from '../../test-support/views.ts'
import { type ArchivesParts, useArchives } from './use-archives.ts'

beforeEach(() => void fakeUni())

const made = caseOf(legAt.processing)
type Given = {
  readonly handed?: Archives
  readonly found?: ApiResult<Archives>
  readonly entries?: Entries
  readonly answers?: readonly ApiResult<RefundCase>[]
}

function page({ handed, found = ok(oneArchive), entries = entriesView, answers = [] }: Given = {}) {
  const refund = vi.fn<ArchivesParts['refund']>(async () => answers.at(-1) ?? ok(made))
  for (const answer of answers) refund.mockResolvedValueOnce(answer)
  const parts = {
    archives: vi.fn<ArchivesParts['archives']>(async () => found),
    entries: async () => ok(entries),
    refund,
    askSubscription: vi.fn(async () => undefined),
    takeHanded: () => handed,
    openNew: vi.fn(async () => true),
    openCase: vi.fn(async () => true),
    checkAgain: vi.fn(async () => true),
    openOffline: async () => true,
    cleanAddress: vi.fn(),
    allowed: { loadMe: async () => ok(me), openConsent: async () => true },
  }
  return { parts, ...useArchives(parts) }
}

test('one archive: the whole balance, asked for under a key, after the question about news', async () => {
  const { arrive, apply, applyText, isPartial, parts } = page({ handed: oneArchive })
  await arrive({ id: 'check_1' })
  expect(parts.archives, 'the face page has just brought them').not.toHaveBeenCalled()
  expect([applyText.value, isPartial.value]).toEqual(['申请退款 ¥386.50', false])
  await apply()
  expect(parts.askSubscription).toHaveBeenCalledExactlyOnceWith(['t1', 't2'])
  expect(parts.refund).toHaveBeenCalledExactlyOnceWith({
    ...{ checkId: 'check_1', archiveKey: 'archive_1', amountFen: null },
    requestKey: expect.any(String),
  })
  expect(parts.openNew).toHaveBeenCalledExactlyOnceWith(made)
})

test('an empty archive beside it: the one with the balance is refunded, wherever it stands', async () => {
  const [full] = oneArchive.archives
  if (!full) throw new Error('no archive')
  const empty = { ...full, key: 'archive_0', totalFen: 0, refundableFen: 0 }
  const { arrive, apply, applyText, parts } = page({ handed: { ...oneArchive, archives: [empty, full] } })
  await arrive({ id: 'check_1' })
  expect(applyText.value).toBe('申请退款 ¥386.50')
  await apply()
  expect(parts.refund.mock.calls[0]?.[0].archiveKey).toBe('archive_1')
})

test('several: nothing can be applied for, the merging is called, and after it asked for again', async () => {
  const { arrive, choice, rows, apply, askAgain, mergePhone, parts } = page({ found: ok(twoArchives) })
  await arrive({ id: 'check_1' })
  expect([choice.value, mergePhone.value]).toEqual(['merge', '0571-0000002'])
  expect(rows.value.map(({ title, total }) => [title, total])).toEqual([
    ['就诊卡 A000931', '¥386.50'],
    ['就诊卡 A004420', '¥15.00'],
  ])
  await apply()
  expect(parts.refund).not.toHaveBeenCalled()
  parts.archives.mockResolvedValueOnce(ok(oneArchive))
  await askAgain()
  expect(choice.value).toBe('one')
})

test.each([
  [noArchive, 'none', ''],
  [nothingToRefund, 'nothing', '有一笔住院费用没有结清。'],
] as const)(
  '$choice: nothing can be applied for, and the hospital’s reason stands there',
  async (found, choice, reason) => {
    const state = page({ found: ok(found) })
    await state.arrive({ id: 'check_1' })
    expect([state.choice.value, state.rows.value[0]?.reason ?? '']).toEqual([choice, reason])
    await state.apply()
    expect(state.parts.refund).not.toHaveBeenCalled()
  },
)

test('a part, where the hospital allows it, as exact fen; all of it is still all of it', async () => {
  const partial = { ...entriesView, partial: true }
  const { arrive, put, apply, amountProblem, parts } = page({ entries: partial })
  await arrive({ id: 'check_1' })
  put('400')
  await apply()
  expect([amountProblem.value, parts.refund.mock.calls.length]).toEqual(['最多 ¥386.50', 0])
  put('12.5')
  await apply()
  put('386.50')
  await apply()
  expect(parts.refund.mock.calls.map(([{ amountFen }]) => amountFen)).toEqual([1250, null])
})

test('a refund that is under way is opened and not applied for twice', async () => {
  const { arrive, apply, openUnderWay, parts } = page({ handed: { ...oneArchive, openCaseId: 'refund_9' } })
  await arrive({ id: 'check_1' })
  await apply()
  expect(parts.refund).not.toHaveBeenCalled()
  await openUnderWay()
  expect(parts.openCase).toHaveBeenCalledExactlyOnceWith('refund_9')
})

test('a lost answer keeps its key; a refusal says why', async () => {
  const { arrive, apply, refusalText, parts } = page({ answers: [lost, refused('refund-refused'), ok(made)] })
  await arrive({ id: 'check_1' })
  await apply()
  expect(refusalText.value).toContain('不会重复退款')
  await apply()
  expect(refusalText.value).toBe('refund-refused')
  expect(parts.archives, 'the balance may have changed').toHaveBeenCalledTimes(2)
  await apply()
  const [first, second, third] = parts.refund.mock.calls.map(([{ requestKey }]) => requestKey)
  expect(second).toBe(first)
  expect(third).not.toBe(first)
})

test('a check that is spent leads to a new one; a hospital out of reach can be asked again', async () => {
  const spent = page({ found: refused('verification-required') })
  await spent.arrive({ id: 'check_9' })
  expect([spent.spent.value, spent.allowed.gate.value]).toEqual([true, 'open'])
  const down = page({ found: refused('his-unavailable', { happened: 'unknown' }) })
  await down.arrive({ id: 'check_1' })
  expect(down.allowed.gate.value).toBe('problem')
})
