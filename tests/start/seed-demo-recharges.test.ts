import { MINUTE_MS } from '@zhangyi/core'
import { KNOWN } from '@zhangyi/his'
import { expect, test } from 'vitest'
import { seedDemoRecharges } from '../../apps/cli/src/start/seed-demo-recharges.ts'
import { ownRefunds } from '../refunds/refunds-rig.ts'

test('the example hospital’s own recharges go back the way they came; a second start changes nothing', async () => {
  const rig = await ownRefunds()
  const { sandbox, hospitals, database } = rig
  const seed = () => seedDemoRecharges({ sandbox, hospitals, database })
  const orders = async () => (await rig.pay<object[]>('orders', { limit: 1_000 })).length
  await seed()
  const made = await orders()
  const [archive] = rig.his().archivesOf(KNOWN.liMinghua)
  const user = await rig.signIn('lihua')
  const patientId = await user.link({ ...KNOWN.liMinghua, patid: archive?.patid ?? '' })
  const refundable = async () =>
    (await user.originalOrders(patientId)).body.orders.map(({ refundableFen }) => refundableFen)
  expect(await refundable(), 'of this year, by WeChat, with a number').toEqual([20_000, 30_000])
  const [order] = (await user.originalOrders(patientId)).body.orders
  const applied = await user.applyOriginal(patientId, [{ orderId: order?.id ?? '', amountFen: 12_000 }])
  await rig.pass(2 * MINUTE_MS)
  expect(await user.case(applied.body.id)).toMatchObject({ open: false, paidFen: 12_000 })
  await seed()
  expect(await orders()).toBe(made)
  expect(await refundable()).toEqual([8_000, 30_000])
  const { OPERATION } = await rig.pay<{ OPERATION: number }>('accounts')
  expect(OPERATION, 'the other way has money to begin with').toBeGreaterThan(80_000)
  expect((await rig.prove()).violations).toEqual([])
})
