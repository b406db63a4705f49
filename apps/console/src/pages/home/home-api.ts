import { get } from '../../api/request.ts'
import type { Tone } from '../../ui/state-words.ts'

export interface HomeNumber {
  readonly key: string
  readonly name: string
  /** As it is shown; money comes as yuan with two decimals. */
  readonly value: string
  readonly unit: string
  readonly tone: Tone
  readonly path?: string
}

export interface HomeTodo {
  readonly tone: Tone
  readonly text: string
  readonly path?: string
  readonly count: number
}

export interface HomeDay {
  /** `yyyy-MM-dd` in Asia/Shanghai. */
  readonly day: string
  readonly refundsFen: number
  readonly refunds: number
  readonly usage: number
}

export interface Home {
  readonly numbers: readonly HomeNumber[]
  readonly todo: readonly HomeTodo[]
  readonly days: readonly HomeDay[]
}

export const homeApi = {
  read: (hospital: string, signal: AbortSignal) => get<Home>('/home', { hospital }, signal),
}
