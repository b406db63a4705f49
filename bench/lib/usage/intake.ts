import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatLine, printLine, progress, runPairedRounds } from '../paired-rounds.ts'
import { openBareInsert } from './bare-insert.ts'
import type { Bench } from './open-bench.ts'
import { PUSHER, prepareRequests, pushAll } from './push-events.ts'
import { startFullServer } from './start-full-server.ts'

interface Intake {
  readonly metric: string
  readonly events: number
  readonly batch: number
  readonly connections: number
}

/** As many connections to the server as the bare INSERT has to the database. */
const BATCHES: Intake = { metric: 'intake-batch', events: 30_000, batch: 100, connections: 8 }
const SINGLES: Intake = { metric: 'intake-single', events: 6_000, batch: 1, connections: 64 }

export const measureIntakeBatch = (bench: Bench, rounds: number) => measureIntake(bench, rounds, BATCHES)
export const measureIntakeSingle = (bench: Bench, rounds: number) => measureIntake(bench, rounds, SINGLES)

/** Events a second that the gateway has accepted, durably, over HTTP; nothing is delivered meanwhile. */
async function measureIntake(bench: Bench, rounds: number, intake: Intake): Promise<void> {
  const { metric, events, batch, connections } = intake
  progress(`${metric}：${rounds} 轮，每轮 ${events} 条，${connections} 个连接……`)
  const secretFile = join(bench.dataDir, 'pusher-secret')
  writeFileSync(secretFile, PUSHER.secret, { mode: 0o600 })
  const { server, origin } = await startFullServer(bench, {
    enabled: false,
    intake: [{ systemId: 'his', name: '基准系统', keyId: PUSHER.keyId, secretFile }],
  })
  const bare = await openBareInsert(bench.setup, connections)
  const result = await runPairedRounds({
    ours: async () => {
      const prepared = prepareRequests(events, batch)
      return (await pushAll(origin, prepared, connections)) * batch
    },
    peer: () => bare.insert(events, batch),
    rounds,
  })
  printLine(formatLine({ bench: 'usage', metric, unit: 'events/s', peer: 'bare-insert' }, result))
  await bare.close()
  await server.stop()
}
