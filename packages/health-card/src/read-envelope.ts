import { type Outcome, unknown, yes } from '@zhangyi/core'
import { type Members, membersOf } from './read-members.ts'

export interface Envelope {
  readonly resultCode: number
  readonly errMsg: string
  readonly commonOut: Members
  readonly rsp: Members
}

/** Reads `commonOut` and `rsp`. Only a resultCode that is really there counts: null and '' are not 0. */
export function readEnvelope(text: string): Outcome<Envelope> {
  const envelope = membersOf(text)
  const commonOut = membersOf(envelope?.['commonOut'])
  const resultCode = integerOf(commonOut?.['resultCode'])
  if (!commonOut || resultCode === undefined) return unknown('malformed')
  const { errMsg } = commonOut
  return yes({
    resultCode,
    errMsg: typeof errMsg === 'string' ? errMsg : '',
    commonOut,
    rsp: membersOf(envelope?.['rsp']) ?? {},
  })
}

function integerOf(value: unknown): number | undefined {
  if (typeof value === 'string' && /^-?\d{1,9}$/.test(value)) return Number(value)
  return Number.isSafeInteger(value) ? Number(value) : undefined
}
