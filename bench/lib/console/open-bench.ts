import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { systemClock } from '@zhangyi/core'
import { buildApp, Checks, Cipher, Database, loadSettings, parseHospitals } from '@zhangyi/server'
import type { Role } from '../../../apps/server/src/platform/operators/access/roles.ts'
import { signInAs } from '../../../apps/server/src/platform/operators/test-support/sign-in-as.ts'
import { openDatabase } from '../open-database.ts'
import { progress } from '../paired-rounds.ts'
import { storeRows } from './store-rows.ts'
import { BY_ROWS, CAPPED, cappedRows } from './tables.ts'

const ORIGIN = 'http://127.0.0.1:7000'
const SMALL_ROWS = 10_000

/** A gateway with its own database, asked as the console asks it: by HTTP, with a session, without a socket. */
export interface Site {
  /** Of its largest tables. */
  readonly rows: number
  /** With a body it is posted. */
  ask<T>(role: Role, path: string, body?: object): Promise<T>
}

export interface Bench {
  readonly large: Site
  readonly small: Site
  close(): Promise<void>
}

/** Two of them, which differ in the number of rows of each table and in nothing else. */
export async function openBench(rows: number): Promise<Bench> {
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one()
  }
  try {
    const large = await openSite(rows, closers)
    const small = await openSite(SMALL_ROWS, closers)
    return { large, small, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function openSite(rows: number, closers: (() => Promise<void>)[]): Promise<Site> {
  progress(
    `正在建立数据库，${BY_ROWS.join('、')}各 ${rows} 行，${CAPPED.join('、')}各 ${cappedRows(rows)} 行……`,
  )
  const made = await openDatabase()
  closers.push(() => made.close())
  const dataKey = randomBytes(32).toString('hex')
  const cipher = new Cipher(dataKey)
  await storeRows(made.database.ownerUrl, rows, cipher)
  const database = new Database({ url: made.database.appUrl })
  closers.push(() => database.close())
  const app = await buildApp(
    {
      ...{ settings: loadSettings({ ZHANGYI_DATA_DIR: made.dataDir }), clock: systemClock, database, cipher },
      ...{ hospitals: benchHospital(made.dataDir), checks: new Checks(), publicOrigin: ORIGIN },
      fetch: () => Promise.reject(new Error('the bench calls nobody')),
      jobs: { wake: async () => {} },
    },
    {
      ...{ logLevel: 'error', logStream: { write: (line) => void process.stderr.write(line) } },
      maxRequestsPerMinute: 10_000_000,
    },
  )
  await app.http.ready()
  closers.push(() => app.http.close())
  const cookies = new Map<Role, string>()
  return {
    rows,
    async ask<T>(role: Role, path: string, body?: object): Promise<T> {
      const cookie =
        cookies.get(role) ??
        (await signInAs({ database, clock: systemClock }, { origin: ORIGIN, loginName: role, role }))
      cookies.set(role, cookie)
      const answer = await app.http.inject({
        ...{ method: body ? 'POST' : 'GET', url: `/api/v1/console${path}` },
        headers: { cookie, origin: ORIGIN },
        ...(body && { payload: body }),
      })
      if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${answer.body}`)
      return answer.json() as T
    },
  }
}

function benchHospital(dataDir: string) {
  const nowhere = 'http://127.0.0.1:9'
  return parseHospitals(
    {
      hospitals: [
        {
          ...{ id: 'bench', name: '基准医院', phone: '0571-0000000', counter: '门诊一楼' },
          healthCard: {
            ...{ baseUrl: nowhere, h5Origin: nowhere, appId: 'app', hospitalId: '30613' },
            appSecretFile: join(dataDir, 'database-password'),
          },
          wechat: {},
          his: { kind: 'rest', baseUrl: nowhere, auth: { kind: 'none' }, groups: ['archives', 'cards'] },
        },
      ],
    },
    'bench',
  )
}
