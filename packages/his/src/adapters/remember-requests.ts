import { createHmac } from 'node:crypto'
import { no, type Outcome, unknown } from '@zhangyi/core'
import { ALL_OPERATIONS, type HisOperation } from '../operations.ts'
import type { HisPort } from '../port.ts'

export interface RememberedRequest {
  readonly operation: HisOperation
  /** Of the input, so that the same key with other input is seen; no personal data can be read from it. */
  readonly inputHash: string
  /** Absent: sent, and nobody knows what became of it. */
  readonly outcome?: Outcome<unknown>
}

/** Keeps request keys over restarts, for a HIS that takes none. */
export interface KeyStore {
  /** Writes the entry unless the key is there, at once for all processes; answers what was there before. */
  begin(requestKey: string, request: RememberedRequest): Promise<RememberedRequest | undefined>
  finish(requestKey: string, outcome: Outcome<unknown>): Promise<void>
}

/** For tests, and for one process that may forget. */
export function memoryKeyStore(): KeyStore {
  const kept = new Map<string, RememberedRequest>()
  return {
    begin: async (requestKey, request) => {
      const before = kept.get(requestKey)
      if (before === undefined) kept.set(requestKey, request)
      return before
    },
    finish: async (requestKey, outcome) => {
      const begun = kept.get(requestKey)
      if (begun) kept.set(requestKey, { ...begun, outcome })
    },
  }
}

export const DUPLICATE = 'duplicate'

/** "It came before": says neither that it was done nor that it was not, so the caller queries. */
export function duplicate(): Outcome<never> {
  return no(DUPLICATE, 'the request came before; query')
}

/**
 * The same port for a HIS that would act twice: each request key is sent once. A repetition gets the answer of the
 * first time; while that is unknown it gets `no('duplicate')`, which means query. `hashKey` is a secret of the
 * caller: from a bare hash a document's number could be guessed. Outcomes hold personal data: the store encrypts.
 */
export function rememberRequests(port: HisPort, store: KeyStore, hashKey: string): HisPort {
  const copy: Record<string, unknown> = { ...port, probe: () => port.probe() }
  for (const [operation, kind] of ALL_OPERATIONS) {
    const [group = '', name = ''] = operation.split('.')
    const offered = (port as unknown as Members<Members<Change>>)[group]
    const method = offered?.[name]
    if (offered === undefined || method === undefined) continue
    // With its group as `this`, and reads too: a module may be written in classes, whose methods no spread copies.
    const send: Change = (...input) => method.call(offered, ...input)
    const members = (copy[group] === offered ? { ...offered } : (copy[group] ?? {})) as Record<string, Change>
    members[name] =
      kind === 'read'
        ? send
        : (input, requestKey) => sendOnce(store, hashKey, operation, send, input, requestKey)
    copy[group] = members
  }
  return copy as unknown as HisPort
}

type Members<T> = Readonly<Record<string, T | undefined>>
type Change = (input: unknown, requestKey: string) => Promise<Outcome<unknown>>

async function sendOnce(
  store: KeyStore,
  hashKey: string,
  operation: HisOperation,
  send: Change,
  input: unknown,
  requestKey: string,
): Promise<Outcome<unknown>> {
  const inputHash = createHmac('sha256', hashKey).update(canonical(input)).digest('hex')
  let before: RememberedRequest | undefined
  try {
    before = await store.begin(requestKey, { operation, inputHash })
  } catch {
    // Not sent, but only a query may say so: another process may be sending it.
    return unknown('key-store')
  }
  if (before === undefined) {
    const outcome = await send(input, requestKey)
    if (outcome.kind !== 'unknown') await store.finish(requestKey, outcome).catch(() => {})
    return outcome
  }
  if (before.operation !== operation || before.inputHash !== inputHash)
    return no('key-reused', 'the same request key with other input')
  return before.outcome ?? duplicate()
}

/** JSON with members in one order, so that the same input has the same hash however it was put together. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([left], [right]) => (left < right ? -1 : 1)))
      : member,
  )
}
