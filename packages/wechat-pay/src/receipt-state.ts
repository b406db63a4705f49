import { type Members, optionalText, present, requiredText } from './read-members.ts'

export type ReceiptState =
  | { readonly state: 'FINISHED' }
  | { readonly state: 'GENERATING' }
  | { readonly state: 'FAILED'; readonly failReason?: string }
  | { readonly state: 'UNRECOGNISED'; readonly raw: string }

/** Reads the state of a receipt that is not asked for its file. */
export function readReceiptState(members: Members): ReceiptState {
  const raw = requiredText(members, 'state')
  if (raw === 'GENERATING' || raw === 'FINISHED') return { state: raw }
  if (raw === 'FAILED')
    return { state: raw, ...present({ failReason: optionalText(members, 'fail_reason') }) }
  return { state: 'UNRECOGNISED', raw }
}
