import { hospitalId, ManualClock } from '@zhangyi/core'
import pg from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../../../tests/setup/test-database.ts'
import { currentTraceId } from '../http/trace.ts'
import type { Log } from '../log.ts'
import type { DueWork } from './due-work.ts'
import { Jobs } from './jobs.ts'

const OURS = hospitalId('ours')
const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} }
const SOON = { timeout: 30_000, interval: 50 }

async function started(at: TestDatabase, work: Partial<DueWork> & Pick<DueWork, 'runDue'>) {
  const clock = new ManualClock()
  const jobs = new Jobs({ url: at.appUrl, clock })
  // Hourly: within the test only a wake-up can be the reason to run.
  await jobs.start([{ name: 'test.work', everyMinutes: 60, ...work }], SILENT)
  onTestFinished(() => jobs.stop())
  return { jobs, clock }
}

async function queued({ ownerUrl }: TestDatabase): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query(`SELECT count(*)::int AS n FROM jobs.job WHERE name = 'test.work'`)
    return rows[0].n
  } finally {
    await client.end()
  }
}

test('a wake-up of a transaction that is rolled back leaves nothing', async () => {
  const at = await testDatabase()
  const runDue = vi.fn(async () => 0)
  const { jobs } = await started(at, { runDue })
  await expect(
    at.database.inTransaction(OURS, async (tx) => {
      await jobs.wake(tx, 'test.work')
      throw new Error('rolled back')
    }),
  ).rejects.toThrow('rolled back')
  expect(await queued(at)).toBe(0)
  expect(runDue).not.toHaveBeenCalled()
})

test('work runs after the commit, never before, with the injected clock and a trace number', async () => {
  const at = await testDatabase()
  let committed = false
  const seen: unknown[] = []
  const { jobs, clock } = await started(at, {
    runDue: async (given, limit) => {
      seen.push({ committed, given, limit, trace: currentTraceId() })
      return 0
    },
  })
  await at.database.inTransaction(OURS, async (tx) => {
    await jobs.wake(tx, 'test.work')
    expect(await queued(at)).toBe(0)
  })
  committed = true
  await vi.waitFor(() => expect(seen).not.toEqual([]), SOON)
  expect(seen[0]).toEqual({ committed: true, given: clock, limit: 100, trace: expect.stringMatching(/^ZY-/) })
})

test('many wake-ups do no harm, and a look goes on until nothing is due', async () => {
  const at = await testDatabase()
  const left = [100, 100, 3]
  const runDue = vi.fn(async () => left.shift() ?? 0)
  const { jobs } = await started(at, { runDue })
  await at.database.inTransaction(OURS, async (tx) => {
    for (let count = 0; count < 20; count++) await jobs.wake(tx, 'test.work')
  })
  await vi.waitFor(() => expect(left).toEqual([]), SOON)
})

test('work that failed is tried again', async () => {
  const at = await testDatabase()
  let runs = 0
  const { jobs } = await started(at, {
    runDue: async () => {
      runs++
      if (runs === 1) throw new Error('the other side is away')
      return 0
    },
  })
  await at.database.inTransaction(OURS, (tx) => jobs.wake(tx, 'test.work'))
  await vi.waitFor(() => expect(runs).toBeGreaterThan(1), SOON)
})

test('a second process starts beside the first, and the work that was woken runs in one of them', async () => {
  const at = await testDatabase()
  const runDue = vi.fn(async () => 0)
  const { jobs } = await started(at, { runDue })
  await started(at, { runDue })
  await at.database.inTransaction(OURS, (tx) => jobs.wake(tx, 'test.work'))
  await vi.waitFor(() => expect(runDue).toHaveBeenCalled(), SOON)
})
