import { isRecord } from '../platform/api-error.ts'
import { forget, recall, remember, storageKey } from '../platform/storage.ts'
import { FLOW_TTL_MS } from './flow-storage.ts'

/** What was typed into a form, by field name. Personal data: kept for half an hour, gone when the flow is done. */
export type Draft = Readonly<Record<string, string>>

const isDraft = (value: unknown): value is Draft =>
  isRecord(value) && Object.values(value).every((text) => typeof text === 'string')
const draftKey = (flow: string) => storageKey(`flow.${flow}.draft`, isDraft)

export function rememberDraft(flow: string, draft: Draft): void {
  remember(draftKey(flow), draft, FLOW_TTL_MS)
}

export function draftOf(flow: string): Draft | undefined {
  return recall(draftKey(flow))
}

export function forgetDraft(flow: string): void {
  forget(draftKey(flow))
}

/** Trying again is a new flow: what was typed in the old one goes along. */
export function moveDraft(from: string, to: string): void {
  const draft = draftOf(from)
  if (draft) rememberDraft(to, draft)
  forgetDraft(from)
}
