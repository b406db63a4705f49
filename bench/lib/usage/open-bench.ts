import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '@zhangyi/core'
import { keepDaysWork } from '../../../apps/server/src/usage/days/keep-days.ts'
import { type Child, startChild } from '../child.ts'
import { type BenchDatabase, openDatabase } from '../open-database.ts'
import { progress } from '../paired-rounds.ts'
import type { ContestantSetup } from './contestants/setup.ts'
import { openUsageRoom } from './usage-room.ts'

export interface Bench extends BenchDatabase {
  readonly setup: ContestantSetup
  readonly sink: Child
}

// More than a hospital would ever have on the wire: the measure is what the engine can, not what a platform allows.
const IN_FLIGHT = 256

/** A durable database of its own, migrated, and the sink. */
export async function openBench(): Promise<Bench> {
  progress('正在启动数据库和接收端……')
  const { dataDir, database, add, close } = await openDatabase()
  try {
    const { child: sink, hello } = await startChild<{ port: number }>(new URL('./sink.ts', import.meta.url))
    add(() => sink.stop())
    const secretFile = join(dataDir, 'app-secret')
    writeFileSync(secretFile, 'bench-secret', { mode: 0o600 })
    const setup: ContestantSetup = {
      ...{ sink: `http://127.0.0.1:${hello.port}`, secretFile, inFlight: IN_FLIGHT },
      ...{ databaseUrl: database.appUrl, ownerUrl: database.ownerUrl },
      dataKeyHex: randomBytes(32).toString('hex'),
    }
    const { room, close: closeRoom } = await openUsageRoom(setup)
    await keepDaysWork(room).runDue(systemClock, 1)
    await closeRoom()
    return { setup, dataDir, sink, database, close, add }
  } catch (error) {
    await close()
    throw error
  }
}
