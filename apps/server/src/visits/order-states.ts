/**
 * - `locking`: the HIS is asked to keep a slot. `to-pay`: it is kept, or the bills are taken.
 * - `closing`: nobody waits for it any more; WeChat must say that it was not paid. `unlocking`: it was not; the slot is
 *   given back. `closed`: the end of what was never paid, or cost nothing and was refused.
 * - `paid`: paid, or free of charge; the HIS was not asked yet. `posting`: it was, once, and from then on only queried.
 * - `done`: the HIS has it. `refunding`, `refunded`: it does not, and the money goes back.
 * - `cancelling`: the HIS is asked to take it back. `cancel-refunding`, `cancelled`: it did.
 */
export const STATES = [
  'locking',
  'to-pay',
  'closing',
  'unlocking',
  'closed',
  'paid',
  'posting',
  'done',
  'refunding',
  'refunded',
  'cancelling',
  'cancel-refunding',
  'cancelled',
] as const
export type State = (typeof STATES)[number]

/**
 * What can become known of an order.
 * - `locked`, `not-locked`: the HIS keeps the slot, or said no. `abandoned`: it keeps it, but nobody waits.
 * - `lapsed`: time is over or the patient gave up, and a payment may be under way. `unpaid`: none is, or can be.
 * - `released`: nothing is kept any more.
 * - `paid`: money came in. `free`: none is needed.
 * - `asked`: the question to the HIS is stored. `booked`, `refused`: its answer; `refused-free` where nothing was paid.
 * - `refunded`: the money is back.
 * - `cancel-asked`, and the answers to it.
 */
export type Happening =
  | 'locked'
  | 'not-locked'
  | 'abandoned'
  | 'lapsed'
  | 'unpaid'
  | 'released'
  | 'paid'
  | 'free'
  | 'asked'
  | 'booked'
  | 'refused'
  | 'refused-free'
  | 'refunded'
  | 'cancel-asked'
  | 'cancel-refused'
  | 'cancel-done'
  | 'cancel-done-free'

const NEXT: Readonly<Record<State, Readonly<Partial<Record<Happening, State>>>>> = {
  locking: { locked: 'to-pay', 'not-locked': 'closed', abandoned: 'unlocking' },
  'to-pay': { lapsed: 'closing', unpaid: 'unlocking', paid: 'paid', free: 'paid' },
  // Money that arrives after all is worth a try: the slot may still be kept.
  closing: { unpaid: 'unlocking', paid: 'paid' },
  unlocking: { released: 'closed' },
  closed: {},
  paid: { asked: 'posting' },
  posting: { booked: 'done', refused: 'refunding', 'refused-free': 'closed' },
  done: { 'cancel-asked': 'cancelling' },
  refunding: { refunded: 'refunded' },
  refunded: {},
  cancelling: {
    'cancel-refused': 'done',
    'cancel-done': 'cancel-refunding',
    'cancel-done-free': 'cancelled',
  },
  'cancel-refunding': { refunded: 'cancelled' },
  cancelled: {},
}

/** Undefined: it cannot happen in this state, and changes nothing. */
export function stateAfter(state: State, happening: Happening): State | undefined {
  return NEXT[state][happening]
}

/** Nothing is to be done here: an end, or something that only the patient or the payments room moves. */
export const RESTING = [
  'closed',
  'done',
  'refunding',
  'refunded',
  'cancel-refunding',
  'cancelled',
] as const satisfies readonly State[]

export function isResting(state: State): boolean {
  return (RESTING as readonly State[]).includes(state)
}

/** Holds a slot or bills: nobody else may order them. `done` does not: then the HIS itself says that they are gone. */
export const LIVE = [
  'locking',
  'to-pay',
  'closing',
  'unlocking',
  'paid',
  'posting',
] as const satisfies readonly State[]

export function isLive(state: State): boolean {
  return (LIVE as readonly State[]).includes(state)
}
