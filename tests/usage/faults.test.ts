import { expect, test } from 'vitest'
import { furtherTest, isLongRun } from '../setup/further-test.ts'
import { printReport, runFaults } from './fault-run.ts'

const SEED = 20_261_128
const PLAN = {
  ...{ seed: SEED, kills: 2, inFlight: 32, timeoutMs: 1_000, probability: 0.01 },
  ...{ batch: 50, limitMs: 60_000 },
}

const EVENTS = isLongRun ? 900 : 300

test(`${EVENTS} events, a platform that fails in every way and kill -9 twice: each is delivered or parked (seed ${SEED})`, {
  timeout: 120_000,
}, async () => {
  const report = await runFaults({ ...PLAN, events: EVENTS, repeatUnknown: true })
  printReport(SEED, report)
  expect(report.delivered).toBeGreaterThan(EVENTS - 10)
})

furtherTest(
  `and where nothing may be repeated, the platform receives none twice (seed ${SEED})`,
  {
    timeout: 120_000,
  },
  async () => {
    const report = await runFaults({ ...PLAN, events: 400, kills: 1, repeatUnknown: false })
    printReport(SEED, report)
    expect(Object.keys(report.parked).sort()).toEqual(['lost-in-flight', 'outcome-unknown'])
  },
)
