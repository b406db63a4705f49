import { type RowsOption, readOptions } from './read-options.ts'

/** A measure by its name on the command line. */
export interface Metric<Bench> {
  readonly name: string
  readonly measure: (bench: Bench, rounds: number) => Promise<void>
}

export interface BenchRun<Bench> {
  readonly metrics: readonly Metric<Bench>[]
  readonly help: string
  readonly defaultRounds: number
  /** Where the tables can be made larger: `--rows`. */
  readonly rows?: RowsOption
  readonly open: (rows: number) => Promise<Bench & { close(): Promise<void> }>
}

/** What the command line asks for, one metric after the other on one installation; its help for what makes no sense. */
export async function runBench<Bench>({
  metrics,
  help,
  defaultRounds,
  rows,
  open,
}: BenchRun<Bench>): Promise<void> {
  const wanted = readOptions(metrics, ({ name }) => name, defaultRounds, rows)
  if (wanted === undefined || wanted === 'help') {
    process.stderr.write(help)
    process.exitCode = wanted === 'help' ? 0 : 1
    return
  }
  const bench = await open(wanted.rows)
  try {
    for (const { measure } of wanted.chosen) await measure(bench, wanted.rounds)
  } finally {
    await bench.close()
  }
}
