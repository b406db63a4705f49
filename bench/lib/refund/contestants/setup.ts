/** What every contestant's process is told. */
export interface ContestantSetup {
  readonly databaseUrl: string
  readonly ownerUrl: string
  readonly dataKeyHex: string
  /** Cases in flight at once. */
  readonly inFlight: number
  /** Connections of the pool that the engine works with. */
  readonly connections: number
}

/** Takes so many cases from the application to the HIS's confirmation. */
export interface Question {
  readonly cases: number
}
export interface Finished {
  readonly seconds: number
}

/** Runs `one` so often, so many of them at once; returns the seconds. */
export async function timeInFlight(
  times: number,
  inFlight: number,
  one: (turn: number) => Promise<void>,
): Promise<number> {
  let next = 0
  const started = performance.now()
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (let turn = next++; turn < times; turn = next++) await one(turn)
    }),
  )
  return (performance.now() - started) / 1_000
}
