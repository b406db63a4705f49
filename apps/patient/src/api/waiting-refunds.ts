import { request } from '../session/signed-in-request.ts'
import { count, flag, listOf, orNull, type Reader, record, text } from './read.ts'

// What the home page needs of refunds: the rest of their API is not in the first load.

export type WaitingRefunds = {
  readonly cases: readonly {
    readonly id: string
    readonly legs: readonly {
      readonly can: { readonly receive: boolean }
      readonly receiveByMs: number | null
    }[]
  }[]
}

const waitingRefunds: Reader<WaitingRefunds> = record({
  cases: listOf(
    record({
      id: text,
      legs: listOf(record({ can: record({ receive: flag }), receiveByMs: orNull(count) })),
    }),
  ),
})

export const getWaitingRefunds = () => request('/api/v1/refunds', { read: waitingRefunds })
