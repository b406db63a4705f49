import { fen } from '@zhangyi/core'
import { expect, test } from 'vitest'
import type { HisBillRow } from '../../bills.ts'
import { openHospital } from '../test-support/open-hospital.ts'

test('a day comes in pages, in the order of booking; what is booked meanwhile comes behind', async () => {
  const { hospital, port, patid } = await openHospital({ billPageSize: 2 })
  for (const amount of [1, 2, 3]) hospital.charge(patid, { amount: fen(amount) })
  const first = await port.bills.page('2026-11-23', undefined)
  hospital.charge(patid, { amount: fen(4) })
  const rows: HisBillRow[] = [...first.rows]
  for (let { next } = first; next !== undefined; ) {
    const page = await port.bills.page('2026-11-23', next)
    rows.push(...page.rows)
    next = page.next
  }
  expect(rows.filter((row) => row.patid === patid).map(({ amount }) => amount)).toEqual([1, 2, 3, 4])
  expect((await port.bills.page('2026-11-23', undefined)).rows).toEqual(first.rows)
})

test('a row is on the day of Shanghai at which it was booked, and an empty day is an answer', async () => {
  const { hospital, clock, port, patid } = await openHospital()
  clock.set('2027-03-01T23:59:59+08:00')
  hospital.charge(patid, { amount: fen(1) })
  clock.set('2027-03-02T00:00:00+08:00')
  hospital.charge(patid, { amount: fen(2) })
  const amounts = async (day: string) =>
    (await port.bills.page(day, undefined)).rows.map(({ amount }) => amount)
  expect(await amounts('2027-03-01')).toEqual([1])
  expect(await amounts('2027-03-02')).toEqual([2])
  expect(await amounts('2027-03-03')).toEqual([])
})

test('a cursor that no page gave is refused', async () => {
  const { port } = await openHospital()
  await expect(port.bills.page('2026-11-23', 'x')).rejects.toMatchObject({ kind: 'refused' })
})
