import { type Clock, no, type Outcome, Sensitive, unknown, yes } from '@zhangyi/core'
import type { HisOperation, OperationKind } from '../../operations.ts'
import { HisError } from '../../port.ts'
import { Malformed } from '../shapes/malformed.ts'
import type { OnHisCall } from './call-record.ts'
import { findContradiction, isUnfinished } from './contradiction.ts'
import { ExchangeFailure, MALFORMED, NOT_ENCODABLE } from './exchange-failure.ts'
import type { Exchange, HisWords, Judged, Plan, Verdict } from './plan.ts'

export interface CallTools<Q> {
  readonly exchange: Exchange<Q>
  readonly clock: Clock
  readonly onCall: OnHisCall | undefined
}

const NO_WORDS: HisWords = { code: undefined, message: undefined }

// A HIS whose only code is a text may put a name into it.
const HIS_CODE = /^[\w.-]{1,40}$/

type Input = Readonly<Record<string, unknown>>

/**
 * Asks once, never again: whoever repeats does it with the same request key. A read throws `HisError`, a change
 * answers an `Outcome`; only a refusal that the HIS spelled out is `no`, and a question that could not be written.
 */
export async function carryOut<Q>(
  tools: CallTools<Q>,
  operation: HisOperation,
  kind: OperationKind,
  plan: Plan<Q>,
  input: Input,
  requestKey: string | undefined,
): Promise<unknown> {
  const startedAtMs = tools.clock.nowMs()
  const replies: unknown[] = []
  const exchange: Exchange<Q> = async (question, name) => {
    const reply = await tools.exchange(question, name)
    replies.push(reply)
    return reply
  }
  const judged = await askAll(exchange, operation, kind, plan, input, requestKey)
  const { verdict, words } = judged
  tell(tools, {
    operation,
    requestKey,
    startedAtMs,
    durationMs: tools.clock.nowMs() - startedAtMs,
    outcome: verdict.kind === 'ok' ? 'yes' : verdict.kind === 'refused' ? 'no' : 'unknown',
    code: codeOf(verdict),
    hisCode: words.code !== undefined && HIS_CODE.test(words.code) ? words.code : undefined,
    message: words.message === undefined ? undefined : new Sensitive(words.message),
    question: new Sensitive(input),
    replies: new Sensitive(replies),
  })
  return kind === 'change' ? outcomeOf(verdict) : valueOrThrow(operation, verdict)
}

async function askAll<Q>(
  exchange: Exchange<Q>,
  operation: HisOperation,
  kind: OperationKind,
  plan: Plan<Q>,
  input: Input,
  requestKey: string | undefined,
): Promise<Judged> {
  try {
    const rows = new Map<unknown, unknown>()
    let judged: Judged | undefined
    for (const question of questionsOf(plan, input, requestKey)) {
      judged = believe(plan.judge(await exchange(question, operation), input), operation, input)
      // One question of several without an answer spoils all: half a list would look like the whole.
      if (judged.verdict.kind !== 'ok') return judged
      if (plan.distinctBy === undefined) return judged
      for (const row of judged.verdict.value as readonly Input[]) rows.set(row[plan.distinctBy], row)
    }
    if (judged === undefined && plan.distinctBy === undefined) throw new ExchangeFailure('nothing-to-ask')
    return { verdict: { kind: 'ok', value: [...rows.values()] }, words: judged?.words ?? NO_WORDS }
  } catch (error) {
    return { verdict: verdictOfError(error, kind), words: NO_WORDS }
  }
}

/** What cannot be written was surely never sent, whatever the reason. */
function questionsOf<Q>(plan: Plan<Q>, input: Input, requestKey: string | undefined): readonly Q[] {
  try {
    return plan.ask(input, requestKey)
  } catch {
    // Its text may quote the question.
    throw new ExchangeFailure(NOT_ENCODABLE)
  }
}

function believe(judged: Judged, operation: HisOperation, input: Input): Judged {
  const { verdict, words } = judged
  if (verdict.kind !== 'ok') return judged
  const field =
    findContradiction(input, verdict.value) ?? (isUnfinished(operation, verdict.value) ? 'state' : undefined)
  return field === undefined
    ? judged
    : { verdict: { kind: 'unclear', cause: `contradiction-${field}` }, words }
}

function verdictOfError(error: unknown, kind: OperationKind): Verdict {
  if (error instanceof ExchangeFailure) {
    if (error.code === NOT_ENCODABLE)
      return {
        kind: 'refused',
        code: NOT_ENCODABLE,
        reason: 'the question cannot be written for the HIS; nothing was sent',
      }
    return { kind: 'unclear', cause: error.code }
  }
  if (error instanceof Malformed)
    return { kind: 'unclear', cause: kind === 'change' ? 'malformed-reply' : MALFORMED }
  // A defect of ours; its text may quote the question.
  return { kind: 'unclear', cause: 'adapter-error' }
}

function codeOf(verdict: Verdict): string {
  if (verdict.kind === 'ok') return 'ok'
  return verdict.kind === 'refused' ? verdict.code : verdict.cause
}

function outcomeOf(verdict: Verdict): Outcome<unknown> {
  if (verdict.kind === 'ok') return yes(verdict.value)
  return verdict.kind === 'refused' ? no(verdict.code, verdict.reason) : unknown(verdict.cause)
}

function valueOrThrow(operation: HisOperation, verdict: Verdict): unknown {
  if (verdict.kind === 'ok') return verdict.value
  if (verdict.kind === 'refused')
    throw new HisError('refused', verdict.code, `${operation}: ${verdict.reason}`)
  throw new HisError('unavailable', verdict.cause, `${operation}: no usable answer (${verdict.cause})`)
}

function tell<Q>({ onCall }: CallTools<Q>, record: Parameters<OnHisCall>[0]): void {
  try {
    onCall?.(record)
  } catch {
    // A log never changes an outcome.
  }
}
