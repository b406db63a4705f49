import { PgBoss } from 'pg-boss'
import { answerEach, setupOf } from '../../child.ts'
import { CONTEXT, type Content, postReport, REPORT } from '../report.ts'
import type { ContestantSetup, Question } from './setup.ts'

/** pg-boss 12, tuned: batches as large as our lanes, as many workers, woken by NOTIFY, no pause while batches are full. */
const { sink, ownerUrl, inFlight } = setupOf<ContestantSetup>()
const WORKERS = 4
const AT_ONCE = 1_000
const QUEUE = 'bench-usage'

const boss = new PgBoss({ connectionString: ownerUrl, schema: 'bench_boss', max: 10, schedule: false })
boss.on('error', (error) => process.stderr.write(`pg-boss: ${error.message}\n`))
await boss.start()
await boss.createQueue(QUEUE, { notify: true })

let left = 0
let finish: (() => void) | undefined
const batchSize = Math.floor(inFlight / WORKERS)

async function startWorkers(): Promise<void> {
  await boss.work<Content>(
    QUEUE,
    { batchSize, localConcurrency: WORKERS, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 },
    async (jobs) => {
      await Promise.all(jobs.map(({ data }) => postReport(sink, data)))
      left -= jobs.length
      if (left <= 0) finish?.()
    },
  )
}

/** A batch is completed after its handler has returned: a delivery counts when that is on disk, as ours does. */
async function allCommitted(): Promise<void> {
  const text = `SELECT EXISTS (SELECT FROM bench_boss.job WHERE name = $1 AND state < 'completed') AS open`
  for (let open = true; open; ) {
    const { rows } = await boss.getDb().executeSql(text, [QUEUE])
    open = rows[0].open
  }
}

answerEach<Question>(async (question) => {
  if ('fill' in question) {
    for (let done = 0; done < question.fill; done += AT_ONCE) {
      const data = { report: REPORT, context: CONTEXT }
      await boss.insert(
        QUEUE,
        Array.from({ length: Math.min(AT_ONCE, question.fill - done) }, () => ({ data })),
      )
    }
    return {}
  }
  left = question.deliver
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  const started = performance.now()
  await startWorkers()
  await finished
  await allCommitted()
  const seconds = (performance.now() - started) / 1000
  await boss.offWork(QUEUE)
  return { seconds }
})
process.on('disconnect', () => void boss.stop({ graceful: false }).then(() => process.exit(0)))
