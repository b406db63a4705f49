import { fen } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { chooseArchive } from './archive-choice.ts'
import type { OwnArchive } from './find-archives.ts'

const one = (total: number, refundable = total): OwnArchive => ({
  archive: {
    ...{ patid: `P${total}`, name: '张三', idType: '01', idNumber: '110101199001010000' },
    ...{ visitCardNumber: undefined, phone: undefined, campus: undefined, lastVisitOn: undefined },
  },
  balance: {
    ...{ patid: `P${total}`, total: fen(total), available: fen(total), refundable: fen(refundable) },
    reason: undefined,
  },
})
const kind = (totals: readonly OwnArchive[], zeroBalanceBlocks = true) =>
  chooseArchive(totals, { zeroBalanceBlocks }).kind

test('one archive with a balance may be refunded; without one, or where the HIS keeps it, there is nothing', () => {
  expect(kind([one(500)])).toBe('one')
  expect(kind([one(0)])).toBe('nothing')
  expect(kind([one(500, 0)])).toBe('nothing')
  expect(kind([])).toBe('none')
})

test('several archives have to be merged first, an empty one too unless the hospital says otherwise', () => {
  expect(kind([one(500), one(300)])).toBe('merge')
  expect(kind([one(500), one(300)], false)).toBe('merge')
  expect(kind([one(500), one(0)])).toBe('merge')
  expect(kind([one(500), one(0)], false)).toBe('one')
})

test('only empty archives: nothing to refund where they do not block, else they are to be merged', () => {
  expect(kind([one(0), one(0)], false)).toBe('nothing')
  expect(kind([one(0), one(0)])).toBe('merge')
})
