import type { Verdict } from '../call/plan.ts'

/** Every `code` of a reply with what it means; Chinese for the document that a HIS vendor reads. */
export const WIRE_CODES = {
  OK: '办成了，或查到了；结果在 data 里。查询类没有结果时：列表给 []，状态查询给 null',
  DUPLICATE: '这个 requestKey（或这个人、这个号源）来过；没有说办没办成，网关会再查询',
  KEY_REUSED: '同一个 requestKey、不同的内容；没有办',
  REFUSED: '没有办；为什么，写在 detailCode 里',
  NOT_FOUND: '没有这个号码的记录；办理类：没有办',
  BUSY: '有别人正在操作，暂时没有结果；网关稍后用同一个 requestKey 再来',
} as const

const DETAIL = /^[a-z][a-z0-9-]{0,39}$/

/** A code that is not in the table says nothing about what was done. */
export function verdictOfCode(code: string, detailCode: unknown): Exclude<Verdict, { kind: 'ok' }> {
  switch (code) {
    case 'DUPLICATE':
      return refused('duplicate')
    case 'KEY_REUSED':
      return refused('key-reused')
    case 'NOT_FOUND':
      return refused('not-found')
    case 'REFUSED':
      return refused(typeof detailCode === 'string' && DETAIL.test(detailCode) ? detailCode : 'refused')
    case 'BUSY':
      return { kind: 'unclear', cause: 'busy' }
    default:
      return { kind: 'unclear', cause: 'unmapped-error' }
  }
}

// Our words, not the HIS's, which may name a person; those go to the call log, hidden.
function refused(code: string): Exclude<Verdict, { kind: 'ok' }> {
  return { kind: 'refused', code, reason: `the HIS refused: ${code}` }
}
