import { type Fen, fen, type Outcome, yes } from '@zhangyi/core'
import type { DepositBalance } from '../../balances.ts'
import type { Deduction, DeductionRequest } from '../../deductions.ts'
import type { DepositHold, HoldRequest } from '../../deposits.ts'
import {
  actAgain,
  actTwiceAtOnce,
  all,
  type Break,
  type BrokenAdapter,
  change,
  ignoreInput,
  noIfUnknown,
  undefinedIfLost,
  yesInstead,
} from './change-method.ts'

const heldX = ({ patid, amount }: HoldRequest): DepositHold => ({ holdId: 'X', patid, amount, state: 'held' })
const deductedX = ({ patid, amount }: DeductionRequest): Deduction => ({
  deductionId: 'X',
  patid,
  amount,
  voucherNumber: undefined,
  state: 'deducted',
  reversalVoucherNumber: undefined,
})
const insufficient = (code: string) => code === 'insufficient'

/** A hold or a deduction that the HIS never took (`X`) can be given back. */
const takesBackX = all(
  change('deposits', 'release', (release) => async (request, key) => {
    const { holdId, amount } = request
    if (holdId !== 'X') return release(request, key)
    return yes({ holdId, patid: 'P1', amount, state: 'released' as const })
  }),
  change('deductions', 'reverse', (reverse) => async (request, key) => {
    if (request.deductionId !== 'X') return reverse(request, key)
    return yes({ ...deductedX({ ...request, patid: 'P1', rechargeId: undefined, refundNumber: 'X' }) })
  }),
)

/** Balances that are off by what `offBy` says at the moment. */
function withBalance(offBy: () => Partial<Record<'total' | 'available' | 'refundable', number>>): Break {
  return change('balances', 'of', (of) => async (patid) => {
    const balance = await of(patid)
    const { total = 0, available = 0, refundable = 0 } = offBy()
    return {
      ...balance,
      total: fen(balance.total + total),
      available: fen(balance.available + available),
      refundable: fen(balance.refundable + refundable),
    } satisfies DepositBalance
  })
}

/** The amount of each taking by its number, so that one does not count twice. */
function sumOf(amounts: ReadonlyMap<string, Fen>): number {
  return [...amounts.values()].reduce<number>((sum, amount) => sum + amount, 0)
}

const keepsShowingHeld: Break = (port) => {
  const held = new Map<string, Fen>()
  const note = (answer: Outcome<DepositHold>) => {
    if (answer.kind === 'yes' && answer.value.state === 'held')
      held.set(answer.value.holdId, answer.value.amount)
    if (answer.kind === 'yes' && answer.value.state !== 'held') held.delete(answer.value.holdId)
    return answer
  }
  return all(
    withBalance(() => ({ available: sumOf(held), refundable: sumOf(held) })),
    change('deposits', 'hold', (hold) => async (request, key) => note(await hold(request, key))),
    change('deposits', 'confirm', (confirm) => async (request, key) => note(await confirm(request, key))),
    change('deposits', 'release', (release) => async (request, key) => note(await release(request, key))),
  )(port)
}

const givesAgainOnRelease: Break = (port) => {
  const released = new Map<string, string>()
  let extra = 0
  return all(
    withBalance(() => ({ total: extra, available: extra, refundable: extra })),
    change('deposits', 'release', (release) => async (request, key) => {
      const { holdId, amount } = request
      if (released.has(holdId) && released.get(holdId) !== key) extra += amount
      released.set(holdId, key)
      return release(request, key)
    }),
  )(port)
}

const doesNotBookDeductions: Break = (port) => {
  const taken = new Map<string, Fen>()
  const shown = () => ({ total: sumOf(taken), available: sumOf(taken), refundable: sumOf(taken) })
  return all(
    withBalance(shown),
    change('deductions', 'deduct', (deduct) => async (request, key) => {
      const answer = await deduct(request, key)
      if (answer.kind === 'yes') taken.set(answer.value.deductionId, answer.value.amount)
      return answer
    }),
    change('deductions', 'reverse', (reverse) => (request, key) => {
      taken.delete(request.deductionId)
      return reverse(request, key)
    }),
  )(port)
}

const finishesBothWaysAtOnce: Break = (port) => {
  const open = new Set<string>()
  return all(
    change('deposits', 'confirm', (confirm) => async (request, key) => {
      open.add(request.holdId)
      const answer = await confirm(request, key)
      open.delete(request.holdId)
      return answer
    }),
    change('deposits', 'release', (release) => async (request, key) => {
      const atOnce = open.has(request.holdId)
      const answer = await release(request, key)
      return atOnce ? yes({ ...request, patid: 'P1', state: 'released' as const }) : answer
    }),
  )(port)
}

const HOLDS: readonly BrokenAdapter[] = [
  [
    'lets a held amount be spent',
    keepsShowingHeld,
    [
      'deposits.hold-then-release',
      'deposits.hold-with-same-key',
      'deposits.hold-same-key-at-once',
      'deposits.hold-with-reused-key',
    ],
  ],
  [
    'gives back again at each release',
    givesAgainOnRelease,
    ['deposits.hold-then-release', 'deposits.confirm-is-final'],
  ],
  [
    'holds again when the request key comes back',
    change('deposits', 'hold', actAgain),
    ['deposits.hold-with-same-key', 'deposits.hold-same-key-at-once', 'deposits.hold-with-reused-key'],
  ],
  [
    'holds twice when two requests come at once',
    change('deposits', 'hold', actTwiceAtOnce),
    ['deposits.hold-same-key-at-once'],
  ],
  [
    'repeats the answer of a hold for another amount',
    change('deposits', 'hold', ignoreInput),
    ['deposits.hold-with-reused-key'],
  ],
  [
    'holds more than is there',
    all(takesBackX, change('deposits', 'hold', yesInstead(heldX, insufficient))),
    ['deposits.hold-too-much', 'deposits.hold-at-once'],
  ],
  [
    'holds more than is there when two requests come at once',
    all(
      takesBackX,
      change(
        'deposits',
        'hold',
        yesInstead(heldX, (code, atOnce) => atOnce && insufficient(code)),
      ),
    ),
    ['deposits.hold-at-once'],
  ],
  [
    'says no when the reply to a hold is lost',
    change('deposits', 'hold', noIfUnknown),
    ['deposits.hold-with-lost-reply'],
  ],
  [
    'says no when the reply to a confirmation is lost',
    change('deposits', 'confirm', noIfUnknown),
    ['deposits.confirm-with-lost-reply'],
  ],
  [
    'says no when the reply to a release is lost',
    change('deposits', 'release', noIfUnknown),
    ['deposits.release-with-lost-reply'],
  ],
  [
    'does not find its holds again',
    change('deposits', 'status', () => async () => undefined),
    [
      'deposits.hold-with-lost-reply',
      'deposits.status-of-hold',
      'deposits.confirm-is-final',
      'deposits.confirm-with-lost-reply',
      'deposits.release-with-lost-reply',
    ],
  ],
  [
    'says "never received" when the reply to a status of a hold is lost',
    change('deposits', 'status', undefinedIfLost),
    ['deposits.hold-with-lost-reply'],
  ],
  [
    'tells another amount of a hold',
    change('deposits', 'status', (status) => async (key) => {
      const hold = await status(key)
      return hold && { ...hold, amount: fen(hold.amount * 100) }
    }),
    ['deposits.hold-with-lost-reply', 'deposits.status-of-hold'],
  ],
  [
    'makes up a hold that nobody asked for',
    change('deposits', 'status', (status) => async (key) => {
      const made = { holdId: 'H1', patid: 'P1', amount: fen(1), state: 'held' as const }
      return (await status(key)) ?? made
    }),
    ['deposits.status-of-unknown-hold'],
  ],
  [
    'releases what was confirmed',
    change('deposits', 'release', (release) => async (request, key) => {
      const answer = await release(request, key)
      return answer.kind === 'no' ? yes({ ...request, patid: 'P1', state: 'released' as const }) : answer
    }),
    ['deposits.confirm-is-final'],
  ],
  [
    'confirms and releases one hold when both come at once',
    finishesBothWaysAtOnce,
    ['deposits.confirm-is-final'],
  ],
  [
    'confirms what was released',
    change('deposits', 'confirm', (confirm) => async (request, key) => {
      const answer = await confirm(request, key)
      return answer.kind === 'no' ? yes({ ...request, patid: 'P1', state: 'confirmed' as const }) : answer
    }),
    ['deposits.release-is-final'],
  ],
]

const DEDUCTIONS: readonly BrokenAdapter[] = [
  [
    'does not book its deductions',
    doesNotBookDeductions,
    [
      'deductions.deduct-reduces',
      'deductions.deduct-with-same-key',
      'deductions.deduct-same-key-at-once',
      'deductions.deduct-with-reused-key',
    ],
  ],
  [
    'deducts again when the request key comes back',
    change('deductions', 'deduct', (deduct) => actAgain(underNewNumber(deduct))),
    [
      'deductions.deduct-with-same-key',
      'deductions.deduct-same-key-at-once',
      'deductions.deduct-with-reused-key',
    ],
  ],
  [
    'deducts twice when two requests come at once',
    change('deductions', 'deduct', (deduct) => actTwiceAtOnce(underNewNumber(deduct))),
    ['deductions.deduct-same-key-at-once'],
  ],
  [
    'repeats the answer of a deduction for another amount',
    change('deductions', 'deduct', ignoreInput),
    ['deductions.deduct-with-reused-key'],
  ],
  [
    'deducts more than is there',
    all(takesBackX, change('deductions', 'deduct', yesInstead(deductedX, insufficient))),
    ['deductions.deduct-too-much', 'deductions.deduct-at-once'],
  ],
  [
    'says no when the reply to a deduction is lost',
    change('deductions', 'deduct', noIfUnknown),
    ['deductions.deduct-with-lost-reply'],
  ],
  [
    'says "never received" when the reply to a status of a deduction is lost',
    change('deductions', 'status', undefinedIfLost),
    ['deductions.deduct-with-lost-reply'],
  ],
  [
    'makes up a deduction that nobody asked for',
    change('deductions', 'status', (status) => async (key) => {
      const made = { patid: 'P1', amount: fen(1), rechargeId: undefined, refundNumber: 'X' }
      return (await status(key)) ?? deductedX(made)
    }),
    ['deductions.status-of-unknown-deduction'],
  ],
  [
    'says that it reversed and does not',
    change('deductions', 'reverse', () => async (request) => {
      const made = { ...request, patid: 'P1', rechargeId: undefined, refundNumber: 'X' }
      return yes({ ...deductedX(made), state: 'reversed' as const })
    }),
    ['deductions.reverse-gives-back', 'deductions.reverse-with-lost-reply'],
  ],
  [
    'says no when the reply to a reversal is lost',
    change('deductions', 'reverse', noIfUnknown),
    ['deductions.reverse-with-lost-reply'],
  ],
]

/** Our number of the refund would give away that a key of the kit was replaced. */
function underNewNumber(deduct: (request: DeductionRequest, key: string) => Promise<Outcome<Deduction>>) {
  return (request: DeductionRequest, key: string) => {
    const refundNumber = key.startsWith('conformance-') ? request.refundNumber : key
    return deduct({ ...request, refundNumber }, key)
  }
}

export const BROKEN_REFUNDS: readonly BrokenAdapter[] = [
  ...HOLDS,
  ...DEDUCTIONS.map(([what, breakIt, expected]): BrokenAdapter => [what, breakIt, expected, 'single-step']),
]
