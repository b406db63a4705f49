import { expect, test } from 'vitest'
import { printReport, runFaults } from './fault-run.ts'

const SEED = 20_261_128

test(`200,000 events, a platform that fails in every way and kill -9 five times: each is delivered or parked (seed ${SEED})`, {
  timeout: 1_800_000,
}, async () => {
  const report = await runFaults({
    ...{ seed: SEED, events: 200_000, kills: 5, repeatUnknown: true, inFlight: 64 },
    ...{ timeoutMs: 1_000, probability: 0.004, batch: 1_000, limitMs: 600_000 },
  })
  printReport(SEED, report)
  expect(report.delivered).toBeGreaterThan(199_000)
})
