import { ManualClock } from '@zhangyi/core'
import type { TestDatabase } from '../../../../../../tests/setup/test-database.ts'
import { Checks } from '../../checks/checks.ts'
import { Cipher } from '../../crypto/cipher.ts'
import { parseHospitals } from '../../hospitals/hospitals.ts'
import { buildHttp } from '../../http/build-http.ts'
import { loadSettings } from '../../settings/settings.ts'
import { registerAccounts } from '../account-routes.ts'
import { Operators } from '../operators.ts'
import { registerOperatorSession } from '../session-routes.ts'

export const ORIGIN = 'http://127.0.0.1:7000'

interface Asked {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: each test reads what it asked for
  readonly body: any
  readonly code: string | undefined
  readonly setCookie: string | undefined
}

/** A browser at the console: it keeps its cookie, and says where it comes from. */
export interface Desk {
  cookie: string
  ask(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: object,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Asked>
}

/** The door of the console over HTTP with a real database, for two hospitals. */
export async function openDoor(
  { database }: Pick<TestDatabase, 'database'>,
  env: Readonly<Record<string, string>> = {},
  send: typeof fetch = () => Promise.reject(new Error('no outside call belongs here')),
) {
  const clock = new ManualClock('2026-11-28T12:00:00+08:00')
  const logLines: string[] = []
  const http = await buildHttp({
    ...{ logLevel: 'info', logStream: { write: (line) => void logLines.push(line) } },
    maxRequestsPerMinute: 1_000_000,
  })
  const platform = {
    ...{ settings: loadSettings(env), clock, database, cipher: new Cipher('ab'.repeat(32)) },
    hospitals: parseHospitals({ hospitals: ['first', 'second'].map(hospitalOf) }, 'test'),
    ...{ checks: new Checks(), log: http.log, publicOrigin: ORIGIN },
    fetch: send,
  }
  const room = { ...platform, operators: new Operators(platform) }
  registerOperatorSession(http, room)
  registerAccounts(http, room)
  let desks = 0
  const desk = (cookie = '', address = `10.0.0.${++desks}`): Desk => ({
    cookie,
    async ask(method, path, body, headers = {}) {
      const answer = await http.inject({
        ...{ method, url: `/api/v1/console${path}`, remoteAddress: address },
        headers: {
          ...(this.cookie !== '' && { cookie: this.cookie }),
          ...(method !== 'GET' && { origin: ORIGIN }),
          ...headers,
        },
        ...(body && { payload: body }),
      })
      const setCookie = answer.headers['set-cookie']?.toString()
      if (setCookie !== undefined) this.cookie = setCookie.split(';')[0] ?? ''
      const said = answer.body === '' ? undefined : answer.json()
      return { status: answer.statusCode, body: said, code: said?.error?.code, setCookie }
    },
  })
  return { http, room, clock, logLines, desk }
}

function hospitalOf(id: string) {
  return {
    ...{ id, name: `${id}医院`, phone: '0571-0000000', counter: '门诊一楼 3 号窗' },
    healthCard: {
      ...{ baseUrl: 'http://127.0.0.1:9', h5Origin: 'http://127.0.0.1:9' },
      ...{ appId: 'app', appSecretFile: 'unread', hospitalId: '30613' },
    },
    wechat: {},
    his: { kind: 'rest' as const, baseUrl: 'http://127.0.0.1:9', auth: { kind: 'none' as const } },
  }
}
