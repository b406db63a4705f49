import { isEnd, isHeld, type LegState } from '../../../apps/server/src/refunds/legs/leg-states.ts'
import type { BookedLeg } from './books.ts'
import type { WechatBooks } from './wechat-books.ts'

/** What is wrong with a leg by WeChat's books and by ours. */
export function judgeLeg(leg: BookedLeg, wechat: WechatBooks): readonly string[] {
  return [...judgeMoney(leg, wechat), ...judgeNext(leg), ...judgeReservation(leg)]
}

const KNOWN_PAID: ReadonlySet<LegState> = new Set(['confirming', 'paid'])
const MAY_BE_PAID: ReadonlySet<LegState> = new Set(['paying', 'confirming', 'paid'])
const ENDED = new Set(['FAIL', 'CANCELLED', 'CLOSED', 'NOT_FOUND'])

function* judgeMoney(leg: BookedLeg, wechat: WechatBooks): Iterable<string> {
  const numbers = [...new Set((leg.numbers ?? []).map(({ number }) => number))]
  const paid = numbers.flatMap((number) => wechat.paid(number))
  const live = numbers.filter((number) => wechat.isLive(number))
  if (paid.length > 1) yield `paid ${paid.length} times`
  if (paid.some((fen) => fen !== leg.amount_fen)) yield `paid ${paid} of ${leg.amount_fen}`
  if (live.length + paid.length > 1) yield `${live.length} live at WeChat beside ${paid.length} paid: ${live}`
  if (paid.length > 0 && !MAY_BE_PAID.has(leg.state)) yield `paid at WeChat and ${leg.state} here`
  if (live.length > 0 && leg.state !== 'paying')
    yield `live at WeChat (${wechat.state(String(live[0]))}) and ${leg.state} here`
  if (KNOWN_PAID.has(leg.state) && paid.length !== 1) yield `${leg.state} here and not paid at WeChat`
  const open = (leg.numbers ?? []).filter(({ queried }) => queried === null || !ENDED.has(queried))
  if (open.length > 1) yield `${open.length} live attempts`
  const succeeded = (leg.numbers ?? []).some(({ queried }) => queried === 'SUCCESS')
  if (succeeded !== KNOWN_PAID.has(leg.state))
    yield `${leg.state} here and ${succeeded ? '' : 'no '}SUCCESS by query`
  if (leg.handed_over !== (leg.state === 'settled-at-window' ? 1 : 0))
    yield `${leg.state} here and handed over ${leg.handed_over} times`
}

const PAYING = new Set(['under-way', 'to-confirm', 'needs-person'])

function* judgeNext({
  state,
  next_ms,
  task_ms,
  payout,
  payout_next_ms,
  payout_problem,
}: BookedLeg): Iterable<string> {
  if (isEnd(state)) return
  if (state === 'paying' && !PAYING.has(payout ?? ''))
    yield `paying by what is ${payout} (${payout_problem}): nobody goes on`
  const waits = task_ms !== null || payout === 'needs-person'
  if (next_ms === null && payout_next_ms === null && !waits) yield `${state}/${payout} without a next action`
  if (payout_problem === 'contradicted' || payout_problem === 'mismatch') yield `payout is ${payout_problem}`
}

function* judgeReservation({ route, state, reservation, payout }: BookedLeg): Iterable<string> {
  if (route === 'original') {
    if (reservation !== null) yield 'funds of the operation account reserved for the original route'
    return
  }
  const isPaid = KNOWN_PAID.has(state)
  const wanted = isPaid ? 'spent' : state === 'holding' || state === 'paying' ? 'held' : undefined
  if (wanted !== undefined && reservation !== wanted) yield `${state} and its funds are ${reservation}`
  // A release that the HIS has still to hear of may keep them.
  if (
    wanted === undefined &&
    reservation === 'held' &&
    !(state === 'releasing' || (state === 'one-sided' && payout !== 'not-paid'))
  )
    yield `${state} and its funds are still held`
}

/** What a case's journal must add up to, as a fold over its legs. */
export function judgeJournal(legs: readonly BookedLeg[]): readonly string[] {
  const sum = (of: (leg: BookedLeg) => boolean) =>
    legs.filter(of).reduce((total, leg) => total + leg.amount_fen, 0)
  const paid = sum(({ state }) => KNOWN_PAID.has(state))
  const atWindow = sum(({ state }) => state === 'settled-at-window')
  const transit = sum(({ state }) => isHeld(state) && !KNOWN_PAID.has(state))
  const {
    deposit = 0,
    'deposit-in-transit': inTransit = 0,
    'deposit-paid': paidOut = 0,
    'paid-at-window': handedOver = 0,
    ...strange
  } = legs[0]?.journal ?? {}
  const found = { deposit, transit: inTransit, paid: paidOut, atWindow: handedOver }
  const folded = { deposit: -paid - transit - atWindow, transit, paid, atWindow }
  const fits =
    deposit === folded.deposit && inTransit === transit && paidOut === paid && handedOver === atWindow
  return [
    ...(fits ? [] : [`journal ${JSON.stringify(found)}, legs ${JSON.stringify(folded)}`]),
    ...Object.keys(strange).map((account) => `${account} in the journal of a deposit`),
  ]
}
