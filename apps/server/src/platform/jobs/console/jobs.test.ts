import { hospitalId, ManualClock } from '@zhangyi/core'
import { expect, onTestFinished, test, vi } from 'vitest'
import { testDatabase } from '../../../../../../tests/setup/test-database.ts'
import { ORIGIN, openDoor } from '../../operators/test-support/open-door.ts'
import { signInAs } from '../../operators/test-support/sign-in-as.ts'
import { Jobs } from '../jobs.ts'
import { registerJobs } from './register-jobs.ts'

const SILENT = { info: () => {}, warn: () => {}, error: () => {} }
const SOON = { timeout: 30_000, interval: 50 }

test('what runs, when it ran and runs next; what failed is told without its data, and done again once, with a reason', async () => {
  const made = await testDatabase()
  const door = await openDoor(made)
  let fails = true
  const runDue = vi.fn(async () => {
    if (fails) throw new TypeError('李明华 330102195001011234')
    return 0
  })
  const works = [{ name: 'test.work', everyMinutes: 60, runDue }]
  const jobs = new Jobs({ url: made.appUrl, clock: new ManualClock() })
  await jobs.start(works, SILENT)
  onTestFinished(() => jobs.stop())
  registerJobs(door.http, door.room, works)
  const desk = door.desk(await signInAs(door.room, { origin: ORIGIN, loginName: 'he', role: 'operator' }))
  const queue = async () => (await desk.ask('GET', '/jobs')).body.queues[0]
  expect(await queue()).toMatchObject({
    ...{ name: 'test.work', waiting: 0, failed: 0, lastAtMs: null, everyMinutes: 60 },
    nextAtMs: Date.parse('2026-11-28T13:00:00+08:00'),
  })
  await made.database.inTransaction(hospitalId('first'), (tx) => jobs.wake(tx, 'test.work'))
  await vi.waitFor(() => expect(runDue).toHaveBeenCalled(), SOON)
  // Its further tries are not waited for.
  await vi.waitFor(
    async () =>
      expect(
        await made.asOwner(`UPDATE jobs.job SET state = 'failed', completed_on = now() WHERE name = 'test.work'
          AND state = 'retry' AND output IS NOT NULL RETURNING 1`),
      ).toHaveLength(1),
    SOON,
  )
  expect(await queue()).toMatchObject({ waiting: 0, failed: 1, lastState: 'failed' })
  const failed = await desk.ask('GET', '/jobs/failed?queue=test.work')
  expect(failed.body.jobs).toMatchObject([{ queue: 'test.work', problem: 'TypeError' }])
  expect(JSON.stringify(failed.body)).not.toContain('李明华')
  const [{ id }] = failed.body.jobs
  const retry = (reason: string) => desk.ask('POST', `/jobs/${id}/retry`, { queue: 'test.work', reason })
  expect((await retry('')).status).toBe(400)
  fails = false
  runDue.mockClear()
  expect((await retry('对方恢复了')).status).toBe(200)
  expect((await retry('再来一次')).code).toBe('job-refused')
  await vi.waitFor(
    async () => expect(await queue()).toMatchObject({ failed: 0, lastState: 'completed' }),
    SOON,
  )
  expect(runDue).toHaveBeenCalled()
  expect(
    await made.asOwner(
      `SELECT hospital_id, actor, subject, detail FROM audit_entry WHERE action = 'jobs.retried'`,
    ),
  ).toEqual([
    {
      ...{ hospital_id: 'installation', actor: 'operator:he', subject: id },
      detail: { queue: 'test.work', reason: '对方恢复了' },
    },
  ])
})
