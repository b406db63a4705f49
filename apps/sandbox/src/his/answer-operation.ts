import { setTimeout as delay } from 'node:timers/promises'
import type { Outcome } from '@zhangyi/core'
import { ALL_OPERATIONS, HisError, type HisOperation, type HisPort, type OperationKind } from '@zhangyi/his'
import type { Faults } from '../kit/faults.ts'
import { SERVED_OPERATIONS } from './served-operations.ts'

const DEFAULT_SLOW_COMMIT_MS = 3_000

/**
 * What the hospital says, before a wire puts it into its own words. `silent`: it cannot say, as after a failure in
 * the middle; the wire must then not answer as if it could.
 */
export type HisAnswer =
  | { readonly kind: 'ok'; readonly value: unknown }
  | { readonly kind: 'no'; readonly code: string; readonly reason: string }
  | { readonly kind: 'silent' }

export interface Question {
  readonly operation: HisOperation
  /** As the operation's schema gave it out. */
  readonly input: unknown
  /** Empty for reads. */
  readonly requestKey: string
}

/** Faults of a HIS that any wire can show; a wire adds those of its own bytes. */
export const HIS_FAULTS = {
  'duplicate-answer': '办成之后答「重复」（只对办理类）',
  'system-error': '办成之后答「系统异常」（REST 答 503）；查询类没有结果',
  busy: '不办理，答「其他用户正在操作」',
  'slow-commit': '收下后过 delayMs 毫秒才办成；其间查询这一笔答「其他用户正在操作」',
  'his-maintenance': '不办理，HTTP 200 答一页中文的维护通知',
  'garbled-charset': '办成之后，答复的字节换成另一种编码，声明不变',
} as const

export function kindOf(operation: HisOperation): OperationKind {
  return ALL_OPERATIONS.find(([name]) => name === operation)?.[1] ?? 'read'
}

/** Asks the hospital, with the faults that belong to a HIS. One answerer per simulator. */
export class HisAnswerer {
  readonly #port: () => HisPort
  readonly #faults: Faults
  /** Group and request key of changes that are taken but not committed yet. */
  readonly #underWay = new Set<string>()

  readonly #wait: (ms: number) => Promise<unknown>

  /** `wait` lets the milliseconds of a slow commit pass. */
  constructor(port: () => HisPort, faults: Faults, wait: (ms: number) => Promise<unknown> = delay) {
    this.#port = port
    this.#faults = faults
    this.#wait = wait
  }

  async answer(question: Question): Promise<HisAnswer> {
    const { operation } = question
    if (this.#faults.take('busy', operation) || this.#underWay.has(entryOf(question))) return BUSY
    const silent = this.#faults.take('system-error', operation) !== undefined
    if (kindOf(operation) === 'read') return silent ? SILENT : this.#ask(question)
    const slow = this.#faults.take('slow-commit', operation)
    const answer = slow
      ? await this.#later(question, slow.delayMs ?? DEFAULT_SLOW_COMMIT_MS)
      : await this.#ask(question)
    if (silent) return SILENT
    // Whatever became of it: "duplicate" says neither that it was done nor that it was not.
    return this.#faults.take('duplicate-answer', operation) ? DUPLICATE : answer
  }

  // While a change waits for its commit nobody can say what will become of it, so a query is told to come back.
  async #later(question: Question, delayMs: number): Promise<HisAnswer> {
    const entry = entryOf(question)
    this.#underWay.add(entry)
    try {
      await this.#wait(delayMs)
      return await this.#ask(question)
    } finally {
      this.#underWay.delete(entry)
    }
  }

  async #ask({ operation, input, requestKey }: Question): Promise<HisAnswer> {
    try {
      if (operation === 'probe') return { kind: 'ok', value: await this.#port().probe() }
      const answer = SERVED_OPERATIONS[operation].call(this.#port(), input, requestKey)
      if (answer === undefined) return { kind: 'no', code: 'not-offered', reason: '本院未启用该业务' }
      const value = await answer
      return kindOf(operation) === 'read' ? { kind: 'ok', value } : fromOutcome(value as Outcome<unknown>)
    } catch (error) {
      if (!(error instanceof HisError)) throw error
      if (error.kind === 'unavailable') return SILENT
      return { kind: 'no', code: error.code, reason: error.message }
    }
  }
}

const SILENT: HisAnswer = { kind: 'silent' }
const BUSY: HisAnswer = { kind: 'no', code: 'busy', reason: '其他用户正在操作，请稍后再试' }

/** What the fault answers, whatever the hospital said. */
export const DUPLICATE: HisAnswer = { kind: 'no', code: 'duplicate', reason: '流水号重复' }

function fromOutcome(outcome: Outcome<unknown>): HisAnswer {
  if (outcome.kind === 'yes') return { kind: 'ok', value: outcome.value }
  return outcome.kind === 'no' ? outcome : SILENT
}

/** A change and the status query of its key have the same entry. */
function entryOf({ operation, input, requestKey }: Question): string {
  const group = operation.split('.')[0]
  const { forRequestKey } = (input ?? {}) as { readonly forRequestKey?: string }
  return `${group} ${forRequestKey ?? requestKey}`
}
