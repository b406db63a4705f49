import type { HisPort } from './port.ts'

type Group = Exclude<keyof HisPort, 'probe'>
type GroupOf<G extends Group> = NonNullable<HisPort[G]>

/** A read throws `HisError`; a change returns an `Outcome` and takes the request key last. */
export type OperationKind = 'read' | 'change'

/** Every operation of the port by group, and which of the two kinds it is; `probe` is a read outside the groups. */
export const HIS_OPERATIONS = {
  archives: { find: 'read', create: 'change', update: 'change' },
  cards: { bind: 'change' },
  deposits: { hold: 'change', confirm: 'change', release: 'change', status: 'read' },
  deductions: { deduct: 'change', reverse: 'change', status: 'read' },
  balances: { of: 'read', recharges: 'read' },
  bills: { page: 'read' },
  schedules: { departments: 'read', doctors: 'read', slots: 'read' },
  appointments: {
    lock: 'change',
    unlock: 'change',
    book: 'change',
    cancel: 'change',
    status: 'read',
    list: 'read',
  },
  fees: { pending: 'read', post: 'change', status: 'read', paid: 'read' },
  reports: { list: 'read', detail: 'read' },
} as const satisfies { readonly [G in Group]: { readonly [O in keyof GroupOf<G>]-?: OperationKind } }

type Operations = typeof HIS_OPERATIONS

/** `archives.find`, `deposits.hold` …, and `probe`. */
export type HisOperation =
  | 'probe'
  | { [G in keyof Operations]: `${G}.${keyof Operations[G] & string}` }[keyof Operations]

type OperationOfKind<K extends OperationKind> = {
  [G in keyof Operations]: {
    [O in keyof Operations[G] & string]: Operations[G][O] extends K ? `${G}.${O}` : never
  }[keyof Operations[G] & string]
}[keyof Operations]

export type ChangeOperation = OperationOfKind<'change'>
export type ReadOperation = 'probe' | OperationOfKind<'read'>

/** All operations with their kinds, `probe` first. */
export const ALL_OPERATIONS: readonly (readonly [HisOperation, OperationKind])[] = [
  ['probe', 'read'],
  ...Object.entries(HIS_OPERATIONS).flatMap(([group, operations]) =>
    Object.entries(operations).map(([name, kind]) => [`${group}.${name}` as HisOperation, kind] as const),
  ),
]

/** Carries one call of a port out; `call` may be called once, and its error is the operation's. */
export type AroundCall = (
  operation: HisOperation,
  kind: OperationKind,
  call: () => Promise<unknown>,
) => Promise<unknown>

/**
 * The same port with `around` about every call. A group or an operation that the port does not offer is not offered
 * by the result either. `around` must answer what the operation answers: the types of a call are not its business.
 */
export function wrapPort(port: HisPort, around: AroundCall): HisPort {
  const wrapped: Record<string, unknown> = { probe: () => around('probe', 'read', () => port.probe()) }
  for (const [group, operations] of Object.entries(HIS_OPERATIONS)) {
    const offered = port[group as Group] as Readonly<Record<string, unknown>> | undefined
    if (offered === undefined) continue
    wrapped[group] = Object.fromEntries(
      Object.entries(operations)
        .filter(([name]) => typeof offered[name] === 'function')
        .map(([name, kind]) => [
          name,
          (...input: readonly unknown[]) =>
            around(`${group}.${name}` as HisOperation, kind, async () =>
              // With its group as `this`: a hospital's module may be written in classes.
              (offered[name] as (...input: readonly unknown[]) => Promise<unknown>).call(offered, ...input),
            ),
        ]),
    )
  }
  return wrapped as unknown as HisPort
}
