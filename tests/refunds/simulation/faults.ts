import { MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import type { RefundsRig } from '../refunds-rig.ts'

export interface OrderedFault {
  readonly kind: string
  readonly probability: number
  readonly operation?: string
  readonly delayMs?: number
}

type Share = readonly [kind: string, probability: number, more?: Omit<OrderedFault, 'kind' | 'probability'>]

const CREATES = ['create-transfer', 'create-refund']
const QUERIES = ['query-transfer', 'query-refund']
const POSTS = [...CREATES, 'cancel-transfer', 'apply-abnormal-refund', 'ask-receipt']
/** Before anybody looks, after one look or several, and just before its signature is too old. */
export const LATE_MS = [20 * SECOND_MS, 75 * SECOND_MS, 150 * SECOND_MS, 280 * SECOND_MS]

/** This share of what is sent is held up, and arrives when nobody waits for it any more. */
function arrivesLate(operations: readonly string[], share: number): readonly Share[] {
  return operations.flatMap((operation) =>
    LATE_MS.map((delayMs) => ['arrives-late', share / LATE_MS.length, { operation, delayMs }] as const),
  )
}

function ofEach(operations: readonly string[], shares: readonly Share[]): readonly Share[] {
  return operations.flatMap((operation) =>
    shares.map(([kind, probability, more]) => [kind, probability, { ...more, operation }] as const),
  )
}

/** What WeChat Pay and the network do to us, each with its share of the calls; most hit every operation. */
const FAULTS: readonly Share[] = [
  ['reply-lost', 0.04],
  ['http-500-after', 0.02],
  ['system-error-after', 0.02],
  ['malformed-json', 0.02],
  ['bad-signature', 0.02],
  ['signtest-response', 0.02],
  ['system-error', 0.02],
  ['frequency', 0.02],
  ['no-auth', 0.005],
  ['http-500', 0.01],
  ['http-502', 0.02],
  ['http-429', 0.01],
  ['reset', 0.02],
  ['not-found-window', 0.05],
  ['not-found-window', 0.03, { delayMs: 10 * MINUTE_MS }],
  ['stay-accepted', 0.03],
  ['stay-processing', 0.03],
  ['retry-expired', 0.1],
  ['confirm-wins', 0.25],
  ['refund-closed', 0.15],
  ['refund-abnormal', 0.05],
  ['user-account-abnormal', 0.03],
  ['notify-lost', 0.25],
  ['notify-duplicate', 0.2],
  ['notify-reordered', 0.2],
  ['notify-late', 0.1],
  ['notify-signtest', 0.1],
  ['notify-bad-signature', 0.1],
  ...arrivesLate(POSTS, 0.03),
]

/** Hardly any answer to a sending says what became of it, and some refuse for good. */
const DOUBTS: readonly Share[] = [
  ...arrivesLate(CREATES, 0.2),
  ...arrivesLate(['cancel-transfer'], 0.1),
  ...ofEach(CREATES, [
    ['reply-lost', 0.06],
    ['http-500-after', 0.03],
    ['http-500', 0.03],
    ['system-error', 0.03],
    ['bad-signature', 0.03],
    ['no-auth', 0.12],
    ['frequency', 0.03],
    ['stay-accepted', 0.05],
    ['not-found-window', 0.1, { delayMs: 45 * SECOND_MS }],
  ]),
  ...ofEach(['create-refund'], [['user-account-abnormal', 0.1]]),
  ...ofEach(QUERIES, [
    ['reset', 0.03],
    ['system-error', 0.03],
  ]),
  ['confirm-wins', 0.25],
  ['notify-lost', 0.3],
]

/** A stormy day: the same, and more of it. */
const STORM = 2.5
const MOST = 0.3

export function everydayFaults(seed: number): readonly OrderedFault[] {
  const factor = seed % 3 === 0 ? STORM : 1
  return FAULTS.map(([kind, share, more]) => ({ kind, probability: Math.min(share * factor, MOST), ...more }))
}

export function doubtFaults(): readonly OrderedFault[] {
  return DOUBTS.map(([kind, probability, more]) => ({ kind, probability, ...more }))
}

export function orderFaults(rig: RefundsRig, seed: number, faults: readonly OrderedFault[]): void {
  for (const [index, fault] of faults.entries())
    payFaults(rig).order({ ...fault, seed: seed * 1_000 + index })
}

export function mend(rig: RefundsRig): void {
  payFaults(rig).clear()
}

function payFaults({ sandbox }: RefundsRig) {
  const { faults } = sandbox.simulators['wechat-pay'] ?? {}
  if (!faults) throw new Error('no wechat-pay simulator')
  return faults
}
