import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@zhangyi/core'
import { type EmbeddedPostgres, installJobs, migrate, startEmbedded } from '@zhangyi/server'
import { keepDaysWork } from '../../../apps/server/src/usage/days/keep-days.ts'
import { progress } from '../paired-rounds.ts'
import { type Child, startChild } from './child.ts'
import type { ContestantSetup } from './contestants/setup.ts'
import { openUsageRoom } from './usage-room.ts'

export interface Bench {
  readonly setup: ContestantSetup
  readonly dataDir: string
  readonly sink: Child
  readonly database: EmbeddedPostgres
  /** Ends with the bench, the last one first. */
  add(close: () => Promise<void> | void): void
  close(): Promise<void>
}

// More than a hospital would ever have on the wire: the measure is what the engine can, not what a platform allows.
const IN_FLIGHT = 256

/** A durable database of its own, migrated, and the sink. */
export async function openBench(): Promise<Bench> {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-bench-'))
  // As root PostgreSQL runs as another user, who must be able to walk in.
  chmodSync(dataDir, 0o755)
  const closers: (() => Promise<void> | void)[] = [() => rmSync(dataDir, { recursive: true, force: true })]
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one()
  }
  try {
    progress('正在启动数据库和接收端……')
    const database = await startEmbedded({ dataDir })
    closers.push(() => database.stop())
    await migrate(database.ownerUrl)
    await installJobs(database.ownerUrl, 'zhangyi_app')
    const { child: sink, hello } = await startChild<{ port: number }>('./sink.ts')
    closers.push(() => sink.stop())
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
    return { setup, dataDir, sink, database, close, add: (one) => void closers.push(one) }
  } catch (error) {
    await close()
    throw error
  }
}
