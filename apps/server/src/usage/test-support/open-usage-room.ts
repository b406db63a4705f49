import { createHash, createHmac, randomUUID } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ManualClock } from '@zhangyi/core'
import type { TestDatabase } from '../../../../../tests/setup/test-database.ts'
import { Checks } from '../../platform/checks/checks.ts'
import { Cipher } from '../../platform/crypto/cipher.ts'
import { type Hospital, type HospitalInput, parseHospitals } from '../../platform/hospitals/hospitals.ts'
import { buildHttp, type Http } from '../../platform/http/build-http.ts'
import { Operators } from '../../platform/operators/operators.ts'
import { registerOperatorSession } from '../../platform/operators/session-routes.ts'
import { signInAs } from '../../platform/operators/test-support/sign-in-as.ts'
import type { Platform } from '../../platform/platform.ts'
import { loadSettings } from '../../platform/settings/settings.ts'
import { keepDaysWork } from '../days/keep-days.ts'
import { registerUsageRoutes } from '../routes.ts'
import type { CountSuccesses } from '../usage-fact.ts'

export const ORIGIN = 'http://127.0.0.1:7000'
export const KIOSK = { systemId: 'kiosk', keyId: 'kiosk-key', secret: 's'.repeat(40) } as const

export interface Answer<T> {
  readonly status: number
  readonly body: T
  readonly headers: Readonly<Record<string, unknown>>
}

/** The usage room over HTTP with a real database; nothing delivers. */
export interface UsageStack {
  readonly http: Http
  readonly clock: ManualClock
  readonly hospital: Hospital
  readonly room: Platform & { readonly successes: readonly CountSuccesses[] }
  readonly logLines: readonly string[]
  /** As the kiosk would; `headers` go before what is right. */
  push<T>(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer<T>>
  /** As an operator who is signed in. */
  ask<T>(method: 'GET' | 'PUT' | 'POST', path: string, body?: object): Promise<Answer<T>>
  readonly cookie: string
  close(): Promise<void>
}

export async function openUsageRoom(
  { database }: Pick<TestDatabase, 'database'>,
  usage: HospitalInput['usage'] = {},
  successes: readonly CountSuccesses[] = [],
): Promise<UsageStack> {
  const clock = new ManualClock('2026-11-28T12:00:00+08:00')
  const secretFile = join(mkdtempSync(join(tmpdir(), 'zhangyi-usage-')), 'secret')
  writeFileSync(secretFile, KIOSK.secret)
  const hospitals = parseHospitals(
    {
      hospitals: [
        {
          ...{ id: 'demo', name: '市第一人民医院', phone: '0571-0000000', counter: '门诊一楼 3 号窗' },
          healthCard: {
            ...{ baseUrl: 'http://127.0.0.1:9', h5Origin: 'http://127.0.0.1:9' },
            ...{ appId: 'app', appSecretFile: 'unread', hospitalId: '30613' },
          },
          wechat: {},
          his: { kind: 'rest', baseUrl: 'http://127.0.0.1:9', auth: { kind: 'none' } },
          usage: {
            campuses: { 东院区: 'E01' },
            intake: [{ systemId: KIOSK.systemId, name: '自助机', keyId: KIOSK.keyId, secretFile }],
            ...usage,
          },
        },
      ],
    },
    'test',
  )
  const [hospital] = hospitals.all
  if (!hospital) throw new Error('no hospital')
  const logLines: string[] = []
  const http = await buildHttp({ logLevel: 'info', logStream: { write: (line) => void logLines.push(line) } })
  const platform = {
    ...{ settings: loadSettings({}), clock, database, cipher: new Cipher('ab'.repeat(32)), hospitals },
    ...{ checks: new Checks(), log: http.log, publicOrigin: ORIGIN, successes },
    fetch: () => Promise.reject(new Error('no outside call belongs here')),
  }
  const room = { ...platform, operators: new Operators(platform) }
  await keepDaysWork(room).runDue(clock, 1)
  registerUsageRoutes(http, room)
  registerOperatorSession(http, room)
  const cookie = await signInAs(room, { origin: ORIGIN, loginName: 'wang-03', role: 'operator' })
  const answerOf = <T>(answer: Awaited<ReturnType<Http['inject']>>): Answer<T> => ({
    ...{ status: answer.statusCode, headers: answer.headers },
    body: String(answer.headers['content-type']).includes('json') ? answer.json() : (answer.body as T),
  })
  return {
    ...{ http, clock, hospital, room, logLines, cookie },
    push: async (path, body, headers = {}) => {
      const payload = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
      const signed = signedHeaders(clock.nowMs(), path, payload)
      return answerOf(
        await http.inject({ method: 'POST', url: path, payload, headers: { ...signed, ...headers } }),
      )
    },
    ask: async (method, path, body) =>
      answerOf(
        await http.inject({
          ...{ method, url: `/api/v1/console/usage/${path}` },
          headers: { cookie, ...(method !== 'GET' && { origin: ORIGIN }) },
          ...(body && { payload: body }),
        }),
      ),
    close: () => http.close(),
  }
}

/** Written apart from the room's own code, as the guide describes it. */
export function signedHeaders(nowMs: number, path: string, body: Buffer): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(nowMs / 1_000))
  const nonce = randomUUID()
  const digest = createHash('sha256').update(body).digest('hex')
  const text = `${timestamp}\n${nonce}\nPOST\n${path}\n${digest}`
  return {
    'content-type': 'application/json',
    'x-zhangyi-timestamp': timestamp,
    'x-zhangyi-nonce': nonce,
    'x-zhangyi-key': KIOSK.keyId,
    'x-zhangyi-signature': createHmac('sha256', KIOSK.secret).update(text).digest('hex'),
  }
}
