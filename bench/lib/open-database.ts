import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedPostgres, installJobs, migrate, startEmbedded } from '@zhangyi/server'

/** A durable database server of the bench's own, migrated, in a folder that goes with it. */
export interface BenchDatabase {
  readonly dataDir: string
  readonly database: EmbeddedPostgres
  /** Ends with the bench, the last one first. */
  add(close: () => Promise<void> | void): void
  close(): Promise<void>
}

export async function openDatabase(): Promise<BenchDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-bench-'))
  // As root PostgreSQL runs as another user, who must be able to walk in.
  chmodSync(dataDir, 0o755)
  const closers: (() => Promise<void> | void)[] = [() => rmSync(dataDir, { recursive: true, force: true })]
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one()
  }
  try {
    const database = await startEmbedded({ dataDir })
    closers.push(() => database.stop())
    await migrate(database.ownerUrl)
    await installJobs(database.ownerUrl, 'zhangyi_app')
    return { dataDir, database, close, add: (one) => void closers.push(one) }
  } catch (error) {
    await close()
    throw error
  }
}
