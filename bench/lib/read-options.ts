import { parseArgs } from 'node:util'

export interface Wanted<T> {
  readonly rounds: number
  readonly chosen: readonly T[]
}

/** The command line that every bench has: `--rounds`, `--metric`, `--help`. Undefined for options that make no sense. */
export function readOptions<T>(
  all: readonly T[],
  nameOf: (one: T) => string,
  defaultRounds: number,
): Wanted<T> | 'help' | undefined {
  try {
    const { values } = parseArgs({
      options: { rounds: { type: 'string' }, metric: { type: 'string' }, help: { type: 'boolean' } },
    })
    if (values.help) return 'help'
    const rounds = Number(values.rounds ?? defaultRounds)
    const chosen = all.filter((one) => values.metric === undefined || nameOf(one) === values.metric)
    return Number.isSafeInteger(rounds) && rounds >= 7 && chosen.length > 0 ? { rounds, chosen } : undefined
  } catch {
    return undefined
  }
}
