/**
 * - `draft`: the applicant is still gathering documents; the hospital does not see it.
 * - `submitted`: waits for a clerk. `in-review`: one has it. `more-documents`: the applicant is asked for more.
 * - `approved`: to be paid out at the window or by bank. `paid-out`, `rejected`, `withdrawn`: ends.
 */
export const STATES = [
  'draft',
  'submitted',
  'in-review',
  'more-documents',
  'approved',
  'rejected',
  'paid-out',
  'withdrawn',
] as const
export type State = (typeof STATES)[number]

/**
 * - `submitted`, `withdrawn`: by the applicant.
 * - `taken`: a clerk begins. `asked`: and needs more documents. `proposed`: an amount that another person must approve.
 * - `approved`, `rejected`, and `reopened`: an approval was wrong, or cannot be paid out so.
 * - `paid-out`: the money was handed over, and the voucher is known.
 */
export const HAPPENINGS = [
  'submitted',
  'withdrawn',
  'taken',
  'asked',
  'proposed',
  'approved',
  'rejected',
  'reopened',
  'paid-out',
] as const
export type Happening = (typeof HAPPENINGS)[number]

const NEXT: Readonly<Record<State, Readonly<Partial<Record<Happening, State>>>>> = {
  draft: { submitted: 'submitted', withdrawn: 'withdrawn' },
  submitted: { taken: 'in-review', withdrawn: 'withdrawn' },
  'in-review': {
    ...{ asked: 'more-documents', proposed: 'in-review', approved: 'approved', rejected: 'rejected' },
    withdrawn: 'withdrawn',
  },
  // Where the documents never come, a clerk may end it.
  'more-documents': { submitted: 'submitted', rejected: 'rejected', withdrawn: 'withdrawn' },
  // Not withdrawn any more: the money may be on its way.
  approved: { 'paid-out': 'paid-out', reopened: 'in-review' },
  rejected: {},
  'paid-out': {},
  withdrawn: {},
}

/** Undefined: it cannot happen in this state, and changes nothing. */
export function stateAfter(state: State, happening: Happening): State | undefined {
  return NEXT[state][happening]
}

export const ENDS = ['rejected', 'paid-out', 'withdrawn'] as const satisfies readonly State[]

export function isEnd(state: State): boolean {
  return (ENDS as readonly State[]).includes(state)
}

/** Documents come and go only while the applicant holds the application: what is decided on does not change meanwhile. */
export function takesDocuments(state: State): boolean {
  return state === 'draft' || state === 'more-documents'
}
