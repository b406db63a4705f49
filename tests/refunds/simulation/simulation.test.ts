import { expect, test } from 'vitest'
import { simulate } from './simulate.ts'

const SEED = 20_261_128
const CASES = 20

test(`${CASES} random applications under every fault: nothing is lost, nothing paid twice (seed ${SEED})`, async () => {
  const report = await simulate({
    seed: SEED,
    cases: CASES,
    progress: (text) => process.stderr.write(`${text}\n`),
  })
  console.log(JSON.stringify(report))
  expect(report.applied).toBeGreaterThanOrEqual(CASES)
})
