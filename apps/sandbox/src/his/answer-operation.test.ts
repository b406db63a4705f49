import { fen } from '@zhangyi/core'
import { createSimulatedHospital, type HisPort } from '@zhangyi/his'
import { expect, test } from 'vitest'
import { Faults } from '../kit/faults.ts'
import { HisAnswerer } from './answer-operation.ts'

const INPUT = { patid: 'P100001', depositId: undefined, amount: fen(500) }
const hold = (requestKey: string) => ({ operation: 'deposits.hold', input: INPUT, requestKey }) as const
const status = (forRequestKey: string) =>
  ({ operation: 'deposits.status', input: { forRequestKey }, requestKey: '' }) as const

function withSlowCommit() {
  const { port } = createSimulatedHospital()
  const faults = new Faults()
  faults.order({ kind: 'slow-commit', operation: 'deposits.hold', delayMs: 5_000, times: 1 })
  const commit = Promise.withResolvers<void>()
  const waited: number[] = []
  const answerer = new HisAnswerer(
    () => port,
    faults,
    (ms) => {
      waited.push(ms)
      return commit.promise
    },
  )
  return { answerer, commit: commit.resolve, waited }
}

test('while a change waits for its commit, nobody is told that it was never received', async () => {
  const { answerer, commit, waited } = withSlowCommit()
  const slow = answerer.answer(hold('k1'))
  expect(waited).toEqual([5_000])
  expect(await answerer.answer(status('k1'))).toMatchObject({ kind: 'no', code: 'busy' })
  expect(await answerer.answer(hold('k1'))).toMatchObject({ kind: 'no', code: 'busy' })
  expect(await answerer.answer(status('k2'))).toEqual({ kind: 'ok', value: undefined })
  commit()
  const answer = await slow
  expect(answer).toMatchObject({ kind: 'ok', value: { state: 'held', amount: 500 } })
  expect(await answerer.answer(status('k1'))).toEqual(answer)
  expect(await answerer.answer(hold('k1'))).toEqual(answer)
})

test('a failure inside the hospital leaves no change under way for ever', async () => {
  const faults = new Faults()
  faults.order({ kind: 'slow-commit', times: 1 })
  const broken = { deposits: { hold: () => Promise.reject(new Error('bug')), status: async () => undefined } }
  const answerer = new HisAnswerer(
    () => broken as unknown as HisPort,
    faults,
    async () => {},
  )
  await expect(answerer.answer(hold('k1'))).rejects.toThrow('bug')
  expect(await answerer.answer(status('k1'))).toEqual({ kind: 'ok', value: undefined })
})
