import { Logger, makeWorkerUtils, type Runner, run } from 'graphile-worker'
import { answerEach, setupOf } from '../../child.ts'
import { CONTEXT, type Content, postReport, REPORT } from '../report.ts'
import type { ContestantSetup, Question } from './setup.ts'

/** graphile-worker, tuned: a local queue, finished jobs written in batches, as many at once. */
const { sink, ownerUrl, inFlight } = setupOf<ContestantSetup>()
const AT_ONCE = 1_000
const TASK = 'report'
const logger = new Logger(() => (level, message) => {
  if (level === 'error') process.stderr.write(`graphile-worker: ${message}\n`)
})
const preset = {
  worker: {
    ...{ connectionString: ownerUrl, schema: 'bench_graphile', maxPoolSize: 10, logger },
    ...{ concurrentJobs: inFlight, pollInterval: 500, completeJobBatchDelay: 0, failJobBatchDelay: 0 },
    localQueue: { size: inFlight * 2, refetchDelay: { durationMs: 0 } },
  },
}

const utils = await makeWorkerUtils({ preset })
await utils.migrate()

let left = 0
let finish: (() => void) | undefined
const taskList = {
  [TASK]: async (payload: unknown) => {
    await postReport(sink, payload as Content)
    left--
    if (left <= 0) finish?.()
  },
}

/** Finished jobs are deleted in batches: a delivery counts when that is on disk, as ours does. */
async function allCommitted(): Promise<void> {
  const open = () =>
    utils.withPgClient(async (client) => {
      const { rows } = await client.query('SELECT EXISTS (SELECT FROM bench_graphile._private_jobs) AS open')
      return rows[0].open as boolean
    })
  while (await open());
}

answerEach<Question>(async (question) => {
  if ('fill' in question) {
    for (let done = 0; done < question.fill; done += AT_ONCE)
      await utils.addJobs(
        Array.from({ length: Math.min(AT_ONCE, question.fill - done) }, () => ({
          identifier: TASK,
          payload: { report: REPORT, context: CONTEXT },
        })),
      )
    return {}
  }
  left = question.deliver
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  const started = performance.now()
  const runner: Runner = await run({ preset, taskList, noHandleSignals: true })
  await finished
  await allCommitted()
  const seconds = (performance.now() - started) / 1000
  await runner.stop()
  return { seconds }
})
process.on('disconnect', () => void Promise.resolve(utils.release()).then(() => process.exit(0)))
