import { systemClock, yes } from '@zhangyi/core'
import pg from 'pg'
import { FROM_START } from '../../../apps/server/src/usage/delivery/claim-batch.ts'
import { exchangeFlight, type Landed } from '../../../apps/server/src/usage/delivery/exchange-flight.ts'
import { formatLine, printLine, progress, runPairedRounds } from '../paired-rounds.ts'
import { storeMany } from './backlog.ts'
import { fillEvents } from './fill-events.ts'
import type { Bench } from './open-bench.ts'
import { openUsageRoom } from './usage-room.ts'

const FEW = 10_000
const MANY = 10_000_000
const DAYS = 10
const BATCH = 64
const BATCHES_A_ROUND = 40

/** The time to claim a batch and to finish it, with 10,000 and with 10,000,000 delivered events stored. */
export async function measureGrowth(bench: Bench, rounds: number): Promise<void> {
  const [few, many] = [await copyOf(bench, 'bench_few'), await copyOf(bench, 'bench_many')]
  progress(`claim-at-10m：存入 ${MANY} 条已上报的，约 5 分钟……`)
  await storeMany({ ...bench.setup, ownerUrl: few.ownerUrl }, { count: FEW, state: 'delivered', days: DAYS })
  await storeMany(
    { ...bench.setup, ownerUrl: many.ownerUrl },
    { count: MANY, state: 'delivered', days: DAYS },
  )
  progress(`claim-at-10m：${rounds} 轮……`)
  const [ours, peer] = [await exchanger(bench, many.appUrl), await exchanger(bench, few.appUrl)]
  const result = await runPairedRounds({
    ours: ours.msABatch,
    peer: peer.msABatch,
    rounds,
    better: 'smaller',
  })
  printLine(formatLine({ bench: 'usage', metric: 'claim-at-10m', unit: 'ms', peer: 'claim-at-10k' }, result))
  await ours.close()
  await peer.close()
}

async function copyOf({ setup }: Bench, name: string) {
  const client = new pg.Client({ connectionString: setup.ownerUrl.replace(/\/[^/]+$/, '/postgres') })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE zhangyi`)
  } finally {
    await client.end()
  }
  const at = (url: string) => url.replace(/\/[^/]+$/, `/${name}`)
  return { ownerUrl: at(setup.ownerUrl), appUrl: at(setup.databaseUrl) }
}

/** Batch after batch as a lane has them, with a platform that says yes to all of them at once. */
async function exchanger({ setup }: Bench, databaseUrl: string) {
  const { room, hospital, close } = await openUsageRoom({ ...setup, databaseUrl })
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  return {
    close,
    msABatch: async (): Promise<number> => {
      await fillEvents(room, BATCH * BATCHES_A_ROUND)
      let landed: Landed | undefined
      let cursors = new Map([[day, FROM_START]])
      const started = performance.now()
      for (let batch = 0; batch < BATCHES_A_ROUND; batch++) {
        const { flight, left } = await room.database.inTransaction(hospital.id, (tx) =>
          exchangeFlight(tx, hospital, landed, { count: BATCH, days: [day], cursors }, systemClock.nowMs()),
        )
        if (!flight) throw new Error('nothing to claim')
        cursors = new Map([...left].flatMap(([of, cursor]) => (cursor ? [[of, cursor] as const] : [])))
        const answers = flight.events.map((event) => ({
          ...{ event, outcome: yes(undefined), tookMs: 10, requestId: 'B'.repeat(32) },
        }))
        landed = { flight, answers }
      }
      const ms = (performance.now() - started) / BATCHES_A_ROUND
      const wanted = { count: 0, days: [], cursors }
      await room.database.inTransaction(hospital.id, (tx) =>
        exchangeFlight(tx, hospital, landed, wanted, systemClock.nowMs()),
      )
      return ms
    },
  }
}
