import { ManualClock } from '@zhangyi/core'
import type { TestDatabase } from '../../../../../../tests/setup/test-database.ts'
import { registerPatientsRoutes } from '../../../patients/index.ts'
import { Checks } from '../../../platform/checks/checks.ts'
import { Cipher } from '../../../platform/crypto/cipher.ts'
import { type Hospital, type HospitalInput, parseHospitals } from '../../../platform/hospitals/hospitals.ts'
import { buildHttp, type Http } from '../../../platform/http/build-http.ts'
import { Operators } from '../../../platform/operators/operators.ts'
import { signInAs } from '../../../platform/operators/test-support/sign-in-as.ts'
import { openSession } from '../../../platform/sessions/open-session.ts'
import { loadSettings } from '../../../platform/settings/settings.ts'
import { registerOfflineApi, registerOfflineRoutes } from '../index.ts'
import type { OfflineApplication } from '../offline-views.ts'

const ORIGIN = 'http://127.0.0.1:7000'

export interface Answer<T> {
  readonly status: number
  readonly body: T
  readonly headers: Readonly<Record<string, unknown>>
  readonly bytes: Buffer
}

type Method = 'GET' | 'POST' | 'DELETE'

/** One user of the patient app. */
export interface TestUser {
  ask<T>(method: Method, path: string, body?: object): Promise<Answer<T>>
}

/** Offline applications over HTTP, both sides, with a real database. */
export interface OfflineStack {
  readonly http: Http
  readonly clock: ManualClock
  readonly logLines: readonly string[]
  /** Signed in; `hasConsented` unless told otherwise. */
  newUser(hasConsented?: boolean): Promise<TestUser>
  /** As an operator who is signed in under that name. */
  asOperator<T>(name: string, method: Method, path: string, body?: object): Promise<Answer<T>>
  close(): Promise<void>
}

export async function openOfflineRoom(
  { database }: Pick<TestDatabase, 'database'>,
  offline: NonNullable<HospitalInput['refunds']>['offline'] = {},
): Promise<OfflineStack> {
  const clock = new ManualClock('2026-11-28T12:00:00+08:00')
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
          refunds: { offline },
        },
      ],
    },
    'test',
  )
  const [hospital] = hospitals.all as [Hospital]
  const logLines: string[] = []
  const http = await buildHttp({ logLevel: 'info', logStream: { write: (line) => void logLines.push(line) } })
  const platform = {
    ...{ settings: loadSettings({}), clock, database, cipher: new Cipher('ab'.repeat(32)), hospitals },
    ...{ checks: new Checks(), log: http.log, publicOrigin: ORIGIN },
    fetch: () => Promise.reject(new Error('no outside call belongs here')),
  }
  const room = { ...platform, operators: new Operators(platform) }
  const nothing = async () => {}
  registerPatientsRoutes(http, room, { switched: nothing, unlinked: nothing, consentWithdrawn: nothing })
  registerOfflineRoutes(http, room)
  registerOfflineApi(http, room)
  const ask = async <T>(
    method: Method,
    url: string,
    headers: Readonly<Record<string, string>>,
    body?: object,
  ): Promise<Answer<T>> => {
    const answer = await http.inject({ method, url, headers, ...(body && { payload: body }) })
    const isJson = String(answer.headers['content-type']).includes('json')
    return {
      ...{ status: answer.statusCode, headers: answer.headers, bytes: answer.rawPayload },
      body: isJson ? answer.json() : (answer.body as T),
    }
  }
  let users = 0
  return {
    ...{ http, clock, logLines },
    newUser: async (hasConsented = true) => {
      const identity = { appid: 'wx-app', openid: `openid-${++users}`, unionid: undefined }
      const { token } = await database.inTransaction(hospital.id, (tx) =>
        openSession(tx, { identity, channel: 'mini-program', nowMs: clock.nowMs(), hours: 200 }),
      )
      const headers = { authorization: `Bearer ${token}` }
      if (hasConsented) {
        const { body } = await ask<{ consent: { version: string } }>('GET', '/api/v1/me', headers)
        await ask('POST', '/api/v1/consent', headers, { version: body.consent.version })
      }
      return { ask: (method, path, body) => ask(method, `/api/v1/refunds/offline${path}`, headers, body) }
    },
    asOperator: async (name, method, path, body) => {
      const cookie = await signInAs(room, { origin: ORIGIN, loginName: name, role: 'finance' })
      const headers = { cookie, ...(method !== 'GET' && { origin: ORIGIN }) }
      return ask(method, `/api/v1/console/refunds/offline${path}`, headers, body)
    },
    close: () => http.close(),
  }
}

export const APPLICANT = {
  name: '李明华',
  idNumber: '11010519491231002X',
  phone: '13800000218',
  relation: '子女',
} as const
export const PATIENT = { name: '王大山', idNumber: '440524188001010014', cardNumber: 'A0001234' } as const

export function form(change: object = {}): object {
  return {
    ...{ reason: 'proxy', applicant: APPLICANT, patient: PATIENT, note: '父亲王大山行动不便' },
    ...{ requestKey: 'form-00000001', ...change },
  }
}

/** A file whose bytes begin as its type says; `mark` makes it another file. */
export function photo(kind: string, mark = kind): object {
  const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(`photo of ${mark}`)])
  return { kind, name: '王大山身份证.jpg', contentType: 'image/jpeg', base64: bytes.toString('base64') }
}

/** What is asked of who applies for somebody else. */
const PROXY_DOCUMENTS = ['applicant-id', 'patient-id', 'authorisation'] as const

/** An application that was handed in with all that is asked for. */
export async function submitted(by: TestUser): Promise<OfflineApplication> {
  const { id } = (await by.ask<OfflineApplication>('POST', '', form())).body
  for (const kind of PROXY_DOCUMENTS) await by.ask('POST', `/${id}/documents`, photo(kind))
  const { status, body } = await by.ask<OfflineApplication>('POST', `/${id}/submit`)
  if (status !== 200) throw new Error(`not handed in: ${JSON.stringify(body)}`)
  return body
}
