import type { WaitingRefunds } from '../../api/waiting-refunds.ts'
import { dueWords } from '../../components/due-words.ts'
import { homeTexts as texts } from '../../texts/home.ts'

/** News of money that arrives only when the person confirms it. */
export type WaitingRefund = {
  readonly title: string
  /** Until when the first of them can be confirmed; empty where the gateway does not know. */
  readonly until: string
  /** Undefined: several, to choose from. */
  readonly caseId: string | undefined
}

export function waitingRefund({ cases }: WaitingRefunds, nowMs: number): WaitingRefund | undefined {
  const waiting = cases.filter(({ legs }) => legs.some(({ can }) => can.receive))
  const [first] = waiting
  if (!first) return undefined
  const ends = waiting.flatMap(({ legs }) =>
    legs.flatMap((leg) => (leg.can.receive ? (leg.receiveByMs ?? []) : [])),
  )
  return {
    title: waiting.length === 1 ? texts.oneToReceive : texts.manyToReceive(waiting.length),
    until: ends.length === 0 ? '' : texts.receiveUntil(dueWords(Math.min(...ends), nowMs)),
    caseId: waiting.length === 1 ? first.id : undefined,
  }
}
