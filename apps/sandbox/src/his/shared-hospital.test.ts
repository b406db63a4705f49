import { ManualClock } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { memoryStore } from '../kit/store.ts'
import { buildHisRestSimulator } from './rest/build-his-rest-simulator.ts'
import { sharedHospital } from './shared-hospital.ts'
import { buildHisSoapSimulator } from './soap/build-his-soap-simulator.ts'

const context = (store = memoryStore<unknown>()) => ({
  ...{ clock: new ManualClock(), baseUrl: 'http://his.test', store },
  origins: { 'his-rest': 'http://rest.test', 'his-soap': 'http://soap.test' },
})

test('both wires of one sandbox lead into the same hospital; another sandbox has its own', () => {
  const one = context()
  const [rest, soap] = [buildHisRestSimulator(one), buildHisSoapSimulator(one)]
  rest.actions['charge']?.({ patid: 'P100001', amountFen: 100 })
  expect(soap.actions['account']?.({ patid: 'P100001' })).toMatchObject({ balance: { totalFen: 80_100 } })
  const other = buildHisSoapSimulator(context())
  expect(other.actions['account']?.({ patid: 'P100001' })).toMatchObject({ balance: { totalFen: 80_000 } })
})

test('holds and request keys outlive a restart and a change of the refund mode', async () => {
  const store = memoryStore<unknown>()
  const before = sharedHospital(context(store))
  const hold = { patid: 'P100001', depositId: undefined, amount: 500 as never }
  const held = await before.now.port.deposits?.hold(hold, 'k1')
  before.changeRefunds('single-step')
  expect(before.now.port.deposits).toBeUndefined()
  before.changeRefunds('two-phase')
  expect(await before.now.port.deposits?.hold(hold, 'k1')).toEqual(held)
  expect(await sharedHospital(context(store)).now.port.deposits?.hold(hold, 'k1')).toEqual(held)
})
