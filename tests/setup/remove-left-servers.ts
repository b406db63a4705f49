import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  isAlive,
  livingPostmaster,
  stopPostmaster,
} from '../../apps/server/src/platform/database/embedded/postmaster.ts'

const NAME = /^zhangyi-test-(\d+)-/

/** The folder of a run's database server, to be made with more letters behind; it names the process that answers for it. */
export function prefixOfRun(): string {
  return `zhangyi-test-${process.pid}-`
}

/** A run that was killed leaves its server running, and its data in memory: whoever runs next clears them away. */
export async function removeLeftServers(folder: string): Promise<void> {
  for (const name of readdirSync(folder)) {
    const [, pid] = NAME.exec(name) ?? []
    if (pid === undefined || isAlive(Number(pid))) continue
    const left = livingPostmaster(join(folder, name, 'postgres'))
    if (left) await stopPostmaster(left.pid)
    rmSync(join(folder, name), { recursive: true, force: true })
  }
}
