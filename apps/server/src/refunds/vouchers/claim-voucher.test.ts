import { hospitalId } from '@zhangyi/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/setup/test-database.ts'
import { claimVoucher, returnVoucher, type Voucher } from './claim-voucher.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const [demo, other] = [hospitalId('demo'), hospitalId('other')]
interface Where {
  readonly how?: Voucher['how']
  readonly hospital?: typeof demo
}
const claim = (voucher: string, pays: string, { how = 'window', hospital = demo }: Where = {}) =>
  database.database.inTransaction(hospital, (tx) => claimVoucher(tx, { how, voucher, pays }))

test('a voucher pays one sum, whichever desk tells of it, and may be told again of the same', async () => {
  await claim('SJ-1', 'leg_1')
  await claim('SJ-1', 'leg_1')
  await expect(claim('SJ-1', 'offline_1')).rejects.toMatchObject({ fields: [{ field: 'voucher' }] })
  // Another bank, another hospital: another paper.
  await claim('SJ-1', 'offline_1', { how: 'bank-transfer' })
  await claim('SJ-1', 'leg_9', { hospital: other })
})

test('of two desks at once one has it', async () => {
  const both = await Promise.allSettled([claim('SJ-2', 'leg_2'), claim('SJ-2', 'offline_2')])
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('what did not pay its sum may pay another; nobody returns what is not theirs', async () => {
  await claim('SJ-3', 'leg_3')
  const back = (pays: string) =>
    database.database.inTransaction(demo, (tx) => returnVoucher(tx, { how: 'window', voucher: 'SJ-3', pays }))
  await back('leg_4')
  await expect(claim('SJ-3', 'leg_4')).rejects.toThrow()
  await back('leg_3')
  await claim('SJ-3', 'leg_4')
})
