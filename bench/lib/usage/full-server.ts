import { readFileSync } from 'node:fs'
import { loadSettings, startServer } from '@zhangyi/server'
import { answerEach, setupOf } from '../child.ts'
import type { ContestantSetup } from './contestants/setup.ts'
import { benchHospitals } from './usage-room.ts'

export interface ServerSetup extends ContestantSetup {
  readonly port: number
  readonly dataDir: string
  readonly dataKeyFile: string
  readonly usage: object
}

/** The whole gateway, as `zhangyi serve` runs it; asked, it says how much memory it holds. */
const setup = setupOf<ServerSetup>()
const server = await startServer({
  settings: loadSettings({
    ZHANGYI_PORT: String(setup.port),
    ZHANGYI_DATA_DIR: setup.dataDir,
    ZHANGYI_DATA_KEY_FILE: setup.dataKeyFile,
    ZHANGYI_LOG_LEVEL: 'error',
  }),
  hospitals: benchHospitals(setup, setup.usage),
  databaseUrl: setup.databaseUrl,
  logStream: { write: (line) => void process.stderr.write(line) },
})

answerEach(async () => ({ rssMb: rssMb() }))
process.on('disconnect', () => void server.stop().then(() => process.exit(0)))

function rssMb(): number {
  const kb = /VmRSS:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  return kb === undefined ? process.memoryUsage().rss / 1e6 : (Number(kb) * 1024) / 1e6
}
