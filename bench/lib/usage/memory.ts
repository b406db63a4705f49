import { setTimeout as delay } from 'node:timers/promises'
import { printLine, progress } from '../paired-rounds.ts'
import { storeMany } from './backlog.ts'
import { goalLine } from './goal-line.ts'
import type { Bench } from './open-bench.ts'
import { startFullServer } from './start-full-server.ts'

const BACKLOG = 1_000_000
const GOAL_MB = 300
const WATCHED_MS = 30_000
const EVERY_MS = 250

/** What the whole gateway holds at most while it works through a backlog, from its start on. */
export async function measureMemory(bench: Bench): Promise<void> {
  progress('memory：一百万条待上报，启动网关，看 30 秒……')
  await storeMany(bench.setup, { count: BACKLOG, state: 'pending', days: 1 })
  const before = await bench.sink.ask<{ received: number }>({})
  const { server } = await startFullServer(bench, {})
  let most = 0
  for (let watched = 0; watched < WATCHED_MS; watched += EVERY_MS) {
    await delay(EVERY_MS)
    const { rssMb } = await server.ask<{ rssMb: number }>({})
    most = Math.max(most, rssMb)
  }
  const { received } = await bench.sink.ask<{ received: number }>({})
  await server.stop()
  const delivered = received - before.received
  if (delivered === 0) throw new Error('nothing was delivered while memory was watched')
  printLine(goalLine('memory', 'MB', most, GOAL_MB, { backlog: BACKLOG, delivered }))
}
