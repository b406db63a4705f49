import { post } from '../../api/request.ts'
import type { Tone } from '../../ui/state-words.ts'

export interface CounterRefund {
  readonly caseId: string
  readonly createdAtMs: number
  /** Masked. */
  readonly name: string
  /** The last four. */
  readonly card: string
  readonly lines: readonly {
    readonly legId: string
    readonly sentence: string
    readonly next: string
    readonly tone: Tone
  }[]
}

export interface CounterAnswer {
  readonly refunds: readonly CounterRefund[]
  readonly more: boolean
  readonly hospital: { readonly name: string; readonly phone: string; readonly counter: string }
  readonly atMs: number
}

export const counterApi = {
  /** In the body: a number of a person stands in no address. */
  lookUp: (hospital: string, number: string) => post<CounterAnswer>('/counter/refunds', { hospital, number }),
}
