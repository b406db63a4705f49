import { fen, unknown, yes } from '@zhangyi/core'
import {
  createSimulatedHospital,
  type DepositHold,
  type HisDeposits,
  HisError,
  type HisPort,
} from '@zhangyi/his'
import { expect, test } from 'vitest'
import { limitHis } from './limit-his.ts'

const LIMITS = { readMs: 1_000, changeMs: 1_000 }
const HELD: DepositHold = { holdId: 'H1', patid: 'P1', amount: fen(1), state: 'held' }
const REQUEST = { patid: 'P1', depositId: undefined, amount: fen(1) }

/** A hospital's own module, with these deposits; typed as badly as a module in JavaScript. */
function withDeposits(deposits: Partial<Record<keyof HisDeposits, () => unknown>>): HisDeposits {
  const port = { ...createSimulatedHospital().port, deposits } as unknown as HisPort
  return limitHis(port, LIMITS).deposits as HisDeposits
}

test('an adapter written in classes keeps its `this`', async () => {
  class Deposits {
    readonly #held = HELD
    async hold() {
      return yes(this.#held)
    }
    async status() {
      return this.#held
    }
  }
  const deposits = withDeposits(new Deposits())
  expect(await deposits.hold(REQUEST, 'k')).toEqual(yes(HELD))
  expect(await deposits.status('k')).toEqual(HELD)
})

test.each([[undefined], [null], ['no'], [{ kind: 'no' }], [{ kind: 'failed', code: 'x' }], [{}]])(
  'a change that answers %j is unknown',
  async (answer) => {
    expect(await withDeposits({ hold: async () => answer }).hold(REQUEST, 'k')).toEqual(
      unknown('adapter-error'),
    )
  },
)

test('an error of the module on a read does not reach the log with a name in it', async () => {
  const deposits = withDeposits({ status: () => Promise.reject(new TypeError('王芳 310101199801011232')) })
  const error = await deposits.status('k').catch((one: unknown) => one)
  expect(error).toMatchObject({ name: 'HisError', kind: 'unavailable', code: 'adapter-error' })
  expect(String(error)).not.toContain('王芳')
})

test('a HisError of the module’s own copy of the class stays what it says', async () => {
  const foreign = Object.assign(new Error('not there'), {
    name: 'HisError',
    kind: 'refused',
    code: 'not-found',
  })
  const deposits = withDeposits({
    status: () => Promise.reject(foreign),
    hold: () => Promise.reject(foreign),
  })
  const error = await deposits.status('k').catch((one: unknown) => one)
  expect(error).toBeInstanceOf(HisError)
  expect(error).toMatchObject({ kind: 'refused', code: 'not-found' })
  expect(await deposits.hold(REQUEST, 'k')).toEqual(unknown('not-found'))
})

test('a change that does not come back is unknown, a read unavailable', async () => {
  const never = () => new Promise<never>(() => {})
  const port = {
    ...createSimulatedHospital().port,
    deposits: { hold: never, status: never },
  } as unknown as HisPort
  const { deposits } = limitHis(port, { readMs: 1, changeMs: 1 })
  expect(await deposits?.hold(REQUEST, 'k')).toEqual(unknown('timeout'))
  await expect(deposits?.status('k')).rejects.toMatchObject({ kind: 'unavailable', code: 'timeout' })
})
