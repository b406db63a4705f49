import { parseArgs } from 'node:util'

export interface Wanted<T> {
  readonly rounds: number
  readonly chosen: readonly T[]
  /** Only of a bench that has tables. */
  readonly rows: number
}

/** How many rows the largest tables get. */
export interface RowsOption {
  readonly usual: number
  readonly least: number
  readonly most: number
}
const NO_ROWS: RowsOption = { usual: 0, least: 0, most: 0 }

/** The command line that every bench has: `--rounds`, `--metric`, `--help`. Undefined for options that make no sense. */
export function readOptions<T>(
  all: readonly T[],
  nameOf: (one: T) => string,
  defaultRounds: number,
  { usual, least, most }: RowsOption = NO_ROWS,
): Wanted<T> | 'help' | undefined {
  try {
    const { values } = parseArgs({
      options: {
        ...{ rounds: { type: 'string' }, metric: { type: 'string' }, help: { type: 'boolean' } },
        rows: { type: 'string' },
      },
    })
    if (values.help) return 'help'
    const [rounds, rows] = [Number(values.rounds ?? defaultRounds), Number(values.rows ?? usual)]
    const chosen = all.filter((one) => values.metric === undefined || nameOf(one) === values.metric)
    const fits = Number.isSafeInteger(rows) && rows >= least && rows <= most
    return fits && Number.isSafeInteger(rounds) && rounds >= 7 && chosen.length > 0
      ? { rounds, chosen, rows }
      : undefined
  } catch {
    return undefined
  }
}
