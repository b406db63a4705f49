import { type Fen, no, type Outcome, unknown, yes } from '@zhangyi/core'
import { expect, test } from 'vitest'
import type { DepositHold, HoldRequest } from '../deposits.ts'
import type { HisPort } from '../port.ts'
import { memoryKeyStore, rememberRequests } from './remember-requests.ts'

const request: HoldRequest = { patid: 'P1', depositId: undefined, amount: 100 as Fen }
const held: DepositHold = { holdId: 'H1', patid: 'P1', amount: 100 as Fen, state: 'held' }

/** A HIS that takes no number of ours and acts at each call. */
function forgetfulHis(answers: readonly Outcome<DepositHold>[]) {
  const asked: string[] = []
  const hold = async (_: HoldRequest, requestKey: string) => {
    asked.push(requestKey)
    return answers[asked.length - 1] ?? unknown('not expected')
  }
  const port = {
    probe: async () => {},
    archives: { find: async () => [], create: async () => no('refused', '') },
    cards: { bind: async () => yes(undefined) },
    deposits: { hold, confirm: hold, release: hold, status: async () => undefined },
  } as unknown as HisPort
  return { port, asked }
}

test('a repetition gets the first answer, and the HIS is not asked again', async () => {
  const { port, asked } = forgetfulHis([yes(held)])
  const remembering = rememberRequests(port, memoryKeyStore(), 'secret')
  for (let time = 0; time < 3; time++)
    expect(await remembering.deposits?.hold({ ...request }, 'k')).toEqual(yes(held))
  expect(asked).toEqual(['k'])
})

test('after an unknown outcome a repetition is "duplicate": the HIS would act twice', async () => {
  const { port, asked } = forgetfulHis([unknown('timeout'), yes(held)])
  const remembering = rememberRequests(port, memoryKeyStore(), 'secret')
  expect(await remembering.deposits?.hold(request, 'k')).toEqual(unknown('timeout'))
  expect(await remembering.deposits?.hold(request, 'k')).toMatchObject({ kind: 'no', code: 'duplicate' })
  expect(asked).toEqual(['k'])
})

test('two at once: one is sent', async () => {
  const { port, asked } = forgetfulHis([yes(held), yes(held)])
  const remembering = rememberRequests(port, memoryKeyStore(), 'secret')
  const outcomes = await Promise.all([1, 2].map(() => remembering.deposits?.hold(request, 'k')))
  expect(outcomes.map((outcome) => outcome?.kind).toSorted()).toEqual(['no', 'yes'])
  expect(asked).toHaveLength(1)
})

test('other input or another operation under the same key is refused', async () => {
  const { port, asked } = forgetfulHis([yes(held)])
  const remembering = rememberRequests(port, memoryKeyStore(), 'secret')
  await remembering.deposits?.hold(request, 'k')
  const more = await remembering.deposits?.hold({ ...request, amount: 200 as Fen }, 'k')
  expect(more).toMatchObject({ kind: 'no', code: 'key-reused' })
  const release = await remembering.deposits?.release({ holdId: 'H1', amount: 100 as Fen, reason: '' }, 'k')
  expect(release).toMatchObject({ kind: 'no', code: 'key-reused' })
  expect(asked).toHaveLength(1)
})

test('without its store nothing is sent, and the outcome is unknown', async () => {
  const { port, asked } = forgetfulHis([yes(held)])
  const broken = { begin: () => Promise.reject(new Error('down')), finish: async () => {} }
  const remembering = rememberRequests(port, broken, 'secret')
  expect(await remembering.deposits?.hold(request, 'k')).toEqual(unknown('key-store'))
  expect(asked).toEqual([])
})

test('reads and groups stay as they are', async () => {
  const { port } = forgetfulHis([])
  const remembering = rememberRequests(port, memoryKeyStore(), 'secret')
  expect(Object.keys(remembering).toSorted()).toEqual(Object.keys(port).toSorted())
  expect(await remembering.deposits?.status('k')).toBeUndefined()
  expect(remembering.fees).toBeUndefined()
})

test('a group written as a class keeps its methods and its `this`', async () => {
  class Deposits {
    readonly #held = held
    async hold() {
      return yes(this.#held)
    }
    async status() {
      return this.#held
    }
  }
  const port = { ...forgetfulHis([]).port, deposits: new Deposits() } as unknown as HisPort
  const { deposits } = rememberRequests(port, memoryKeyStore(), 'secret')
  expect(await deposits?.hold(request, 'k')).toEqual(yes(held))
  expect(await deposits?.status('k')).toEqual(held)
})
