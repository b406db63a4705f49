import { type Clock, newTraceId } from '@zhangyi/core'
import { PgBoss } from 'pg-boss'
import type { Tx } from '../database/tx.ts'
import { currentTraceId, withTrace } from '../http/trace.ts'
import type { Log } from '../log.ts'
import type { DueWork } from './due-work.ts'

const SCHEMA = 'jobs'
const LIMIT_PER_WAKE_UP = 100

export interface JobsOptions {
  readonly url: string
  readonly clock: Clock
}

/** Makes the queue's schema with the owner's connection and lets the server's role use it. */
export async function installJobs(ownerUrl: string, appRole: string | undefined): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, schema: SCHEMA, supervise: false, schedule: false })
  boss.on('error', () => {})
  await boss.start()
  try {
    if (appRole === undefined) return
    const db = boss.getDb()
    await db.executeSql(`GRANT USAGE ON SCHEMA ${SCHEMA} TO ${appRole}`, [])
    await db.executeSql(`GRANT ALL ON ALL TABLES IN SCHEMA ${SCHEMA} TO ${appRole}`, [])
    await db.executeSql(`GRANT ALL ON ALL SEQUENCES IN SCHEMA ${SCHEMA} TO ${appRole}`, [])
    await db.executeSql(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${SCHEMA} TO ${appRole}`, [])
  } finally {
    await boss.stop({ graceful: false })
  }
}

/** Wakes the rooms' due work: at once when a transaction asked for it, and every few minutes in any case. */
export class Jobs {
  readonly #boss: PgBoss
  readonly #clock: Clock
  #log: Log | undefined

  constructor(options: JobsOptions) {
    this.#clock = options.clock
    this.#boss = new PgBoss({
      connectionString: options.url,
      schema: SCHEMA,
      migrate: false,
      createSchema: false,
      max: 4,
    })
    this.#boss.on('error', (error) => this.#log?.error({ err: error }, 'job queue'))
  }

  async start(works: readonly DueWork[], log: Log): Promise<void> {
    this.#log = log
    await this.#boss.start()
    for (const work of works) {
      // Not a policy that merges queued wake-ups: one that runs before the second transaction commits would swallow it.
      await this.#boss.createQueue(work.name)
      await this.#boss.schedule(work.name, `*/${work.everyMinutes} * * * *`, {}, { tz: 'Asia/Shanghai' })
      // Batch size 1 polls slowly; several wake-ups of one kind are one look anyway.
      await this.#boss.work(
        work.name,
        { batchSize: 20, pollingIntervalSeconds: 2, localConcurrency: work.atOnce ?? 1 },
        () => this.#run(work),
      )
    }
  }

  /** In the caller's transaction: without its commit nobody is woken. */
  async wake(tx: Tx, name: string): Promise<void> {
    const executeSql = async (text: string, values: unknown[] = []) => {
      tx.later({ compile: () => ({ sql: text, parameters: values }) })
      // Of the job's id, which nobody asks for.
      return { rows: [] }
    }
    await this.#boss.send(name, {}, { db: { executeSql } })
  }

  async stop(): Promise<void> {
    await this.#boss.stop({ graceful: true, timeout: 5_000 })
  }

  async #run(work: DueWork): Promise<void> {
    await withTrace(newTraceId(), async () => {
      try {
        while ((await work.runDue(this.#clock, LIMIT_PER_WAKE_UP)) >= LIMIT_PER_WAKE_UP);
      } catch (error) {
        this.#log?.error({ err: error, traceId: currentTraceId(), work: work.name }, 'background work failed')
        throw error
      }
    })
  }
}
