/**
 * - `no-funds`: turned away for want of funds. Nothing is held, nothing can be paid; it may be tried again for a while.
 * - `holding`: the HIS is asked to hold (or take out) the sum; whoever finds it asks what became of that.
 * - `paying`: held, and the payments room pays it: it alone knows when that ends.
 * - `one-sided` (单边订单): held, and by query not paid. Another number may follow, or it is given back.
 * - `confirming`: by query paid; the HIS has to be told. `releasing`: the HIS has to give it back.
 * - `settled-at-window` (窗口付讫): the HIS cannot take it back, and two people say that it was handed over: an end.
 * - `paid`, `released`, `refused` (never held), `lapsed` (never held, nobody tried again): ends.
 */
export const LEG_STATES = [
  'no-funds',
  'holding',
  'paying',
  'one-sided',
  'confirming',
  'releasing',
  'paid',
  'settled-at-window',
  'released',
  'refused',
  'lapsed',
] as const
export type LegState = (typeof LEG_STATES)[number]

/**
 * What can become known of a leg.
 * - `funded`: tried again, and the money is reserved. `lapsed`: nobody tried in time.
 * - `held`, `not-held`: what the HIS said. `unpayable`: it holds, and the recharge has not so much left any more.
 * - `paid`: by query; `paid-out` where the HIS had taken it out before, so that nothing is left to say to it.
 * - `unpaid`: by query, and another number may follow. `unfunded`, `failed`: by query, and it is given back: to be tried
 *   again, or for good.
 * - `reissued`: goes on under another number. `given-up`: goes back to the balance.
 * - `confirmed`, `released`: what the HIS said; `released-to-retry` where it may be tried again.
 * - `stranded`: the HIS cannot take it back: it stays in transit, and only a reissue helps, or the window.
 * - `settled-at-window`: it was handed over there, and no number follows.
 */
export const HAPPENINGS = [
  'funded',
  'lapsed',
  'held',
  'unpayable',
  'not-held',
  'paid',
  'paid-out',
  'unpaid',
  'unfunded',
  'failed',
  'reissued',
  'given-up',
  'confirmed',
  'released',
  'released-to-retry',
  'stranded',
  'settled-at-window',
] as const
export type Happening = (typeof HAPPENINGS)[number]

const NEXT: Readonly<Record<LegState, Readonly<Partial<Record<Happening, LegState>>>>> = {
  'no-funds': { funded: 'holding', lapsed: 'lapsed' },
  holding: { held: 'paying', unpayable: 'releasing', 'not-held': 'refused' },
  paying: {
    ...{ paid: 'confirming', 'paid-out': 'paid' },
    ...{ unpaid: 'one-sided', unfunded: 'releasing', failed: 'releasing' },
  },
  'one-sided': { reissued: 'paying', 'given-up': 'releasing', 'settled-at-window': 'settled-at-window' },
  confirming: { confirmed: 'paid' },
  releasing: { released: 'released', 'released-to-retry': 'no-funds', stranded: 'one-sided' },
  paid: {},
  'settled-at-window': {},
  released: {},
  refused: {},
  lapsed: {},
}

/** Undefined: it cannot happen in this state, and changes nothing. */
export function legAfter(state: LegState, happening: Happening): LegState | undefined {
  return NEXT[state][happening]
}

export const LEG_ENDS: readonly LegState[] = ['paid', 'settled-at-window', 'released', 'refused', 'lapsed']
const ENDS: ReadonlySet<LegState> = new Set(LEG_ENDS)

/** Nothing follows, ever. */
export function isEnd(state: LegState): boolean {
  return ENDS.has(state)
}

const HELD: ReadonlySet<LegState> = new Set(['paying', 'one-sided', 'confirming', 'releasing'])

/** The HIS holds the sum for it, or has taken it out: it is in transit, or paid and not yet confirmed. */
export function isHeld(state: LegState): boolean {
  return HELD.has(state)
}
