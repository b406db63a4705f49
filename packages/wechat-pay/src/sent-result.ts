import { no, type Outcome, unknown, yes } from '@zhangyi/core'
import { MalformedAnswer, type Members, parseMembers } from './read-members.ts'
import type { CallDetail, Judged } from './send-over-hosts.ts'

/**
 * Outcome of one sending. Only `rejected-definite` is a `no`; before money or a hold is released, a query must confirm
 * even that. `not-accepted`, `waiting-for-funds`, `conflict` and `not-found` are `unknown` on purpose, so that nobody
 * takes them for "failed, another number is allowed": `call.class` says what to do with the **same** number.
 */
export type SentResult<T> = Outcome<T> & { readonly call: CallDetail }

const MAX_REASON_CHARACTERS = 200

/** `parse` makes the value of a verified answer; it may throw `MalformedAnswer`, which leaves the outcome unknown. */
export function sentResult<T>(
  { detail, answer, message }: Judged,
  parse: (members: Members) => T,
): SentResult<T> {
  if (answer) {
    try {
      // 204 has no body.
      const members = answer.rawBody.length === 0 ? {} : parseMembers(answer.rawBody)
      if (members) return { ...yes(parse(members)), call: detail }
    } catch (error) {
      if (!(error instanceof MalformedAnswer)) throw error
    }
    return { ...unknown('malformed'), call: { ...detail, class: 'unknown', code: 'malformed' } }
  }
  if (detail.class === 'rejected-definite')
    return { ...no(detail.code ?? '', maskWords(message)), call: detail }
  return { ...unknown(detail.code ?? detail.class), call: detail }
}

// The reason goes on to rooms and their logs: what may be a document number, a phone or an openid is taken out.
function maskWords(message: string): string {
  return message
    .replace(/\d{11,}[Xx]?/g, '***')
    .replace(/\bo[0-9A-Za-z_-]{27,}/g, '***')
    .slice(0, MAX_REASON_CHARACTERS)
}
