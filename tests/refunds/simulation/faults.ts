import { MINUTE_MS } from '@zhangyi/core'
import type { RefundsRig } from '../refunds-rig.ts'

/** What WeChat Pay and the network do to us, each with its share of the calls; most hit every operation. */
const FAULTS: readonly (readonly [kind: string, probability: number, more?: object])[] = [
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
]

/** A stormy day: the same, and more of it. */
const STORM = 2.5
const MOST = 0.3

export function isStormy(seed: number): boolean {
  return seed % 3 === 0
}

export function orderFaults(rig: RefundsRig, seed: number): void {
  const factor = isStormy(seed) ? STORM : 1
  for (const [index, [kind, probability, more]] of FAULTS.entries())
    payFaults(rig).order({
      kind,
      probability: Math.min(probability * factor, MOST),
      seed: seed * 1_000 + index,
      ...more,
    })
}

export function mend(rig: RefundsRig): void {
  payFaults(rig).clear()
}

function payFaults({ sandbox }: RefundsRig) {
  const { faults } = sandbox.simulators['wechat-pay'] ?? {}
  if (!faults) throw new Error('no wechat-pay simulator')
  return faults
}
