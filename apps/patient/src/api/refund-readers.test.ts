import { expect, test } from 'vitest'
import { legTag } from '../pages-refund/shared/case-words.ts'
import * as offline from '../test-support/offline-views.ts'
import * as views from '../test-support/refund-views.ts'
import * as readOffline from './offline-readers.ts'
import * as read from './refund-readers.ts'

test('reads what the gateway answers as it is', () => {
  expect(read.entries(views.entriesView)).toEqual(views.entriesView)
  expect(read.originalOrders(views.originalOrders)).toEqual(views.originalOrders)
  for (const archives of [views.oneArchive, views.twoArchives, views.noArchive, views.nothingToRefund])
    expect(read.archives(archives)).toEqual(archives)
  const one = views.caseOf(...Object.values(views.legAt))
  expect(read.refundCases({ cases: [one], more: true })).toEqual({ cases: [one], more: true })
  expect(read.receiving(views.receiving)).toEqual(views.receiving)
  const passed = { state: 'passed', advice: null, archives: views.oneArchive }
  expect(read.faceResult(passed)).toEqual(passed)
  expect(readOffline.offlineForm(offline.offlineForm)).toEqual(offline.offlineForm)
  for (const application of [offline.application, offline.withDocument, offline.submitted])
    expect(readOffline.offlineApplication(application)).toEqual(application)
})

test('a gateway without a link to the mini program is no error', () => {
  const { miniProgramUrl: _, ...without } = views.entriesView
  expect(read.entries(without).miniProgramUrl).toBeNull()
})

test('an amount that is no whole fen is refused and not shown', () => {
  const { paid } = views.legAt
  expect(() => read.refundCase(views.caseOf({ ...paid, amountFen: 0.5 }))).toThrow()
})

test('a phase that only a newer gateway knows is shown in its words, without a colour that says more', () => {
  const { paid } = views.legAt
  const newer = { ...paid, phase: 'at-the-bank', title: '银行处理中', message: '银行正在核对。' }
  const [leg, other] = read.refundCase({ ...views.caseOf(paid), legs: [newer, paid] }).legs
  expect(leg && [leg.phase, leg.message, legTag(leg)]).toEqual([
    ...['unknown', '银行正在核对。', { text: '银行处理中', kind: 'info' }],
  ])
  expect(other).toEqual(paid)
  expect(() => read.refundCase({ ...views.caseOf(paid), legs: [{ ...paid, phase: 7 }] })).toThrow()
})
