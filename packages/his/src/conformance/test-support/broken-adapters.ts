import { no, type Outcome, yes } from '@zhangyi/core'
import { HisError } from '../../port.ts'
import { createSimulatedHospital } from '../../simulator/simulated-hospital.ts'
import { filesTwice, onKeyInFlight, onRepeatedKey, withBind, withCreate, withFind } from './break-port.ts'
import { BROKEN_ACCOUNTS } from './broken-accounts.ts'
import { BROKEN_REFUNDS } from './broken-refunds.ts'
import { BROKEN_UPDATES } from './broken-updates.ts'
import { BROKEN_VISITS } from './broken-visits.ts'
import { type BrokenAdapter, ignoreInput, noIfUnknown } from './change-method.ts'

/** For each call, in the tests. */
export const TIME_LIMIT_MS = 1_000

const mangled = (name: string) => name.replace(/[·䶮\u{20000}-\u{2FFFF}]/gu, '?')

const BROKEN_ARCHIVES: readonly BrokenAdapter[] = [
  [
    'cannot be probed',
    (port) => ({ ...port, probe: () => Promise.reject(new HisError('unavailable', 'down', 'down')) }),
    ['port.probe', 'port.answer-in-time'],
  ],
  [
    'takes the 18-digit number for a 15-digit one',
    withFind((find) => async (person) => {
      const found = await find(person)
      return found.filter(({ idType, idNumber }) => idType !== '01' || idNumber.length === 15)
    }),
    [
      'archives.find-one',
      'archives.find-by-every-form',
      'archives.find-several',
      'archives.find-fixtures',
      'archives.create-then-find',
      'archives.create-again',
      'archives.create-with-same-key',
      'archives.create-at-once',
      'archives.create-with-lost-reply',
      'archives.create-child',
      'archives.keep-rare-names',
      'archives.hide-unconfirmed-phone',
      'archives.update-then-find',
      'archives.update-keeps-the-rest',
      'archives.update-with-same-key',
      'archives.update-with-lost-reply',
    ],
  ],
  [
    'says no when the reply to a creation is lost',
    withCreate(noIfUnknown),
    ['archives.create-with-lost-reply'],
  ],
  [
    'throws when the reply to a creation is lost',
    withCreate((create) => async (wanted, key) => {
      const answer = await create(wanted, key)
      if (answer.kind === 'unknown') throw new Error('socket hang up')
      return answer
    }),
    ['archives.create-with-lost-reply'],
  ],
  ['says no when the reply to a binding is lost', withBind(noIfUnknown), ['cards.bind-with-lost-reply']],
  [
    'looks up the first form of the number only',
    withFind((find) => (person) => find({ ...person, idNumbers: person.idNumbers.slice(0, 1) })),
    ['archives.find-by-every-form', 'archives.find-filed-under-15'],
  ],
  [
    'answers the first archive only',
    withFind((find) => async (person) => (await find(person)).slice(0, 1)),
    ['archives.find-several'],
  ],
  [
    'takes nobody found for an error',
    withFind((find) => async (person) => {
      const found = await find(person)
      if (found.length === 0) throw new HisError('refused', 'E404', 'not found')
      return found
    }),
    ['archives.find-unknown'],
  ],
  [
    'files the same person again',
    filesTwice(({ kind }) => kind === 'no'),
    ['archives.create-again', 'archives.create-with-same-key'],
  ],
  [
    'has its own word for duplicate',
    withCreate((create) => async (wanted, key) => {
      const answer = await create(wanted, key)
      return answer.kind === 'no' ? no('-1', '已存在') : answer
    }),
    ['archives.create-again'],
  ],
  [
    'does not look at the request key',
    withCreate((create) => (wanted) => create(wanted, crypto.randomUUID())),
    ['archives.create-with-same-key'],
  ],
  [
    'answers the first archive of a key to everybody',
    withCreate(ignoreInput),
    ['archives.create-with-same-key'],
  ],
  [
    'files again when the request key comes back',
    filesTwice(onRepeatedKey()),
    ['archives.create-with-same-key', 'archives.create-at-once', 'archives.create-with-lost-reply'],
  ],
  ['files twice when two requests come at once', onKeyInFlight(), ['archives.create-at-once']],
  [
    'refuses children with a guardian',
    withCreate((create) => (wanted, key) => (wanted.guardian ? refuse('guardian') : create(wanted, key))),
    ['archives.create-child'],
  ],
  [
    'refuses passports',
    withCreate((create) => (wanted, key) => (wanted.idType === '03' ? refuse('type') : create(wanted, key))),
    ['archives.create-foreigner'],
  ],
  [
    'loses rare characters',
    withFind(
      (find) => async (person) =>
        (await find(person)).map((archive) => ({ ...archive, name: mangled(archive.name) })),
    ),
    ['archives.keep-rare-names'],
  ],
  [
    'refuses to bind twice',
    withBind((bind) => {
      const bound = new Set<string>()
      return (card, key) => {
        if (bound.has(card.healthCardId)) return refuse('bound')
        bound.add(card.healthCardId)
        return bind(card, key)
      }
    }),
    ['cards.bind-twice', 'cards.bind-with-lost-reply'],
  ],
  ['binds to any patid', withBind(() => async () => yes(undefined)), ['cards.bind-unknown-patid']],
  [
    'tells names in its refusals',
    withCreate((create) => async (wanted, key) => {
      const answer = await create(wanted, key)
      return answer.kind === 'no' ? no('duplicate', `${wanted.name} 已建档`) : answer
    }),
    ['port.no-personal-data-in-errors'],
  ],
  [
    'is slow to bind',
    withBind((bind) => async (card, key) => {
      await new Promise((resolve) => setTimeout(resolve, TIME_LIMIT_MS * 1.5))
      return bind(card, key)
    }),
    ['port.answer-in-time'],
  ],
]

const { deductions } = createSimulatedHospital({ refunds: 'single-step-without-reversal' }).port

export const BROKEN: readonly BrokenAdapter[] = [
  ...BROKEN_ARCHIVES,
  ...BROKEN_UPDATES,
  [
    'offers both ways of a refund',
    // Deductions on the books of another hospital: this one's balances know nothing of them.
    (port) => ({ ...port, ...(deductions && { deductions }) }),
    [
      'port.one-way-of-refund',
      'deductions.deduct-reduces',
      'deductions.deduct-with-same-key',
      'deductions.deduct-same-key-at-once',
      'deductions.deduct-with-reused-key',
      'deductions.deduct-with-lost-reply',
    ],
  ],
  ...BROKEN_ACCOUNTS,
  ...BROKEN_REFUNDS,
  ...BROKEN_VISITS,
]

async function refuse(code: string): Promise<Outcome<never>> {
  return no(code, 'refused')
}
