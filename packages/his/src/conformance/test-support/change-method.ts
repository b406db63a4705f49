import { no, type Outcome } from '@zhangyi/core'
import type { HIS_OPERATIONS } from '../../operations.ts'
import type { HisPort } from '../../port.ts'

export type Break = (port: HisPort) => HisPort

/** What the adapter does wrong, how, the checks that must catch it (these and no others), and on which hospital. */
export type BrokenAdapter = readonly [
  what: string,
  breakIt: Break,
  expected: readonly string[],
  refunds?: 'two-phase' | 'single-step',
]

type Group = keyof typeof HIS_OPERATIONS
type GroupOf<G extends Group> = NonNullable<HisPort[G]>
type Method<G extends Group, M extends keyof GroupOf<G>> = NonNullable<GroupOf<G>[M]>

/** A port with one method of a group replaced; without the group it stays as it is. */
export function change<G extends Group, M extends keyof GroupOf<G>>(
  group: G,
  method: M,
  replace: (original: Method<G, M>, port: HisPort) => Method<G, M>,
): Break {
  return (port) => {
    const offered = port[group] as unknown as Readonly<Record<M, Method<G, M>>> | undefined
    if (!offered) return port
    return { ...port, [group]: { ...offered, [method]: replace(offered[method], port) } }
  }
}

/** Several changes, the first inside. */
export function all(...breaks: readonly Break[]): Break {
  return (port) => breaks.reduce((broken, breakIt) => breakIt(broken), port)
}

/** A change as any group has it. */
export type AnyChange<I, T> = (input: I, requestKey: string) => Promise<Outcome<T>>

/** Says no where nobody knows: the mistake that costs most. */
export function noIfUnknown<I, T>(act: AnyChange<I, T>): AnyChange<I, T> {
  return async (input, key) => {
    const answer = await act(input, key)
    return answer.kind === 'unknown' ? no('timeout', 'timeout') : answer
  }
}

/** Acts again for a key that it has seen. */
export function actAgain<I, T>(act: AnyChange<I, T>): AnyChange<I, T> {
  const seen = new Set<string>()
  return (input, key) => {
    if (seen.has(key)) return act(input, crypto.randomUUID())
    seen.add(key)
    return act(input, key)
  }
}

/** Acts twice for a key that comes while it is at work on it. */
export function actTwiceAtOnce<I, T>(act: AnyChange<I, T>): AnyChange<I, T> {
  const open = new Set<string>()
  return async (input, key) => {
    const used = open.has(key) ? crypto.randomUUID() : key
    open.add(key)
    const answer = await act(input, used)
    open.delete(key)
    return answer
  }
}

/** Answers a second, made-up yes for a key that comes while it is at work on it. */
export function yesTwiceAtOnce<I, T>(made: (input: I) => T): (act: AnyChange<I, T>) => AnyChange<I, T> {
  return (act) => {
    const open = new Set<string>()
    return async (input, key) => {
      if (open.has(key)) return { kind: 'yes', value: made(input) }
      open.add(key)
      const answer = await act(input, key)
      open.delete(key)
      return answer
    }
  }
}

/** Repeats the first answer of a key, whatever it comes with. */
export function ignoreInput<I, T>(act: AnyChange<I, T>): AnyChange<I, T> {
  const inputs = new Map<string, I>()
  return (input, key) => {
    if (!inputs.has(key)) inputs.set(key, input)
    return act(inputs.get(key) as I, key)
  }
}

/** Answers a made-up yes in place of a refusal, whenever `when` says so. */
export function yesInstead<I, T>(
  made: (input: I) => T,
  when: (code: string, atOnce: boolean) => boolean,
): (act: AnyChange<I, T>) => AnyChange<I, T> {
  return (act) => {
    let open = 0
    return async (input, key) => {
      open += 1
      const atOnce = open > 1
      const answer = await act(input, key)
      open -= 1
      return answer.kind === 'no' && when(answer.code, atOnce) ? { kind: 'yes', value: made(input) } : answer
    }
  }
}

/** Takes no answer for "never received": the worst mistake of a status. */
export function undefinedIfLost<T>(status: (key: string) => Promise<T | undefined>) {
  return (key: string): Promise<T | undefined> => status(key).catch(() => undefined)
}
