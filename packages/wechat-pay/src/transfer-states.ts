import { type Members, requiredText } from './read-members.ts'

/** WeChat's own spellings: one R in TRANSFERING, one L in CANCELING, two in CANCELLED. */
export const TRANSFER_STATES = [
  'ACCEPTED',
  'PROCESSING',
  'WAIT_USER_CONFIRM',
  'TRANSFERING',
  'SUCCESS',
  'FAIL',
  'CANCELING',
  'CANCELLED',
] as const

export type TransferState = (typeof TRANSFER_STATES)[number]

/** A state that WeChat may add stays readable as `raw`, and is final to nobody. */
export type TransferStatus =
  | { readonly state: TransferState }
  | { readonly state: 'UNRECOGNISED'; readonly raw: string }

const FINAL: ReadonlySet<string> = new Set<TransferState>(['SUCCESS', 'FAIL', 'CANCELLED'])

export function isFinalTransferState(state: TransferState | 'UNRECOGNISED'): boolean {
  return FINAL.has(state)
}

export function isTransferState(text: string): text is TransferState {
  return (TRANSFER_STATES as readonly string[]).includes(text)
}

export function readTransferStatus(members: Members): TransferStatus {
  const raw = requiredText(members, 'state')
  return isTransferState(raw) ? { state: raw } : { state: 'UNRECOGNISED', raw }
}
