import { type HospitalId, hospitalId, ManualClock, sensitive } from '@zhangyi/core'
import { type HospitalInput, parseHospitals } from '@zhangyi/server'
import { acceptConsent } from '../../apps/server/src/patients/consent.ts'
import { linkPatient, type PatientToLink } from '../../apps/server/src/patients/link-patient.ts'
import type { PatientRow } from '../../apps/server/src/patients/tables.ts'
import { Checks } from '../../apps/server/src/platform/checks/checks.ts'
import type { Clients } from '../../apps/server/src/platform/clients/clients.ts'
import { Cipher } from '../../apps/server/src/platform/crypto/cipher.ts'
import { buildHttp, type Http } from '../../apps/server/src/platform/http/build-http.ts'
import type { Platform } from '../../apps/server/src/platform/platform.ts'
import { findSession } from '../../apps/server/src/platform/sessions/find-session.ts'
import { openSession } from '../../apps/server/src/platform/sessions/open-session.ts'
import type { Channel, Session } from '../../apps/server/src/platform/sessions/session.ts'
import { loadSettings } from '../../apps/server/src/platform/settings/settings.ts'
import {
  type Assurance,
  issueGrant,
  type Purpose,
  voidGrants,
} from '../../apps/server/src/verification/index.ts'
import type { TestDatabase } from '../setup/test-database.ts'

export const HOSPITAL: HospitalId = hospitalId('demo')

export type TestRoom = Platform & { readonly clients: Clients; readonly jobs: { wake(): Promise<void> } }

export interface SignedIn {
  readonly session: Session
  readonly ask: <T>(method: 'GET' | 'PUT', path: string, body?: object) => Promise<Answer<T>>
}

export interface Answer<T> {
  readonly status: number
  readonly body: T
  readonly headers: Readonly<Record<string, unknown>>
}

export interface RoomOptions {
  readonly clients: Partial<Clients>
  readonly register: (http: Http, room: TestRoom) => void
  readonly hospital?: Partial<HospitalInput>
  readonly clock?: ManualClock
}

/** A room's routes on a real database, with a clock that stands and clients that the test brings. */
export async function openRoom(at: TestDatabase, options: RoomOptions) {
  const { clients, register, hospital = {}, clock = new ManualClock() } = options
  const logLines: string[] = []
  const http = await buildHttp({ logLevel: 'info', logStream: { write: (line) => void logLines.push(line) } })
  const refuse = (): never => {
    throw new Error('this test brings no such client')
  }
  let woken = 0
  const room: TestRoom = {
    ...{ settings: loadSettings({}), clock, database: at.database, cipher: new Cipher('ab'.repeat(32)) },
    ...{ hospitals: parseHospitals({ hospitals: [hospitalOf(hospital)] }, 'test'), checks: new Checks() },
    ...{ log: http.log, publicOrigin: 'https://h.example', fetch: refuse },
    clients: {
      ...{
        healthCard: refuse,
        usageReports: refuse,
        his: refuse,
        wechat: refuse,
        wechatPay: refuse,
        sms: refuse,
      },
      ...clients,
    },
    jobs: { wake: async () => void woken++ },
  }
  await http.register(async (routes: Http) => register(routes, room))
  await http.ready()
  const within = at.database.inTransaction.bind(at.database, HOSPITAL) as <T>(
    fn: Parameters<typeof at.database.inTransaction<T>>[1],
  ) => Promise<T>
  let serial = 0
  return {
    ...{ room, http, clock, logLines },
    wakeUps: () => woken,
    close: () => http.close(),
    signIn: async (channel: Channel = 'official-account'): Promise<SignedIn> => {
      const identity = { appid: 'wx-app', openid: `o-${++serial}-${Math.random()}`, unionid: undefined }
      const nowMs = clock.nowMs()
      const { token } = await within((tx) => openSession(tx, { identity, channel, nowMs, hours: 900 }))
      const session = await findSession(at.database, token, nowMs)
      if (!session) throw new Error('no session')
      await within((tx) => acceptConsent(tx, session.userId, nowMs))
      return {
        session,
        ask: async (method, path, body) => {
          const headers = { authorization: `Bearer ${token}` }
          const url = `/api/v1${path}`
          const answer = await http.inject({ method, url, headers, ...(body && { payload: body }) })
          return { status: answer.statusCode, body: answer.json(), headers: answer.headers }
        },
      }
    },
    link: (user: SignedIn, person: Partial<PatientToLink['person']>, changes: Partial<PatientToLink> = {}) =>
      within((tx) => linkPatient(tx, room.cipher, patientToLink(user, person, changes, clock.nowMs()))),
    grant: (user: SignedIn, patient: PatientRow, purpose: Purpose, assurance: Assurance = 'real-person') =>
      within((tx) =>
        issueGrant(tx, clock, {
          ...{ userId: user.session.userId, subject: { kind: 'patient', patientId: patient.id } },
          ...{ purpose, assurance, source: `v-${++serial}-${Math.random()}`, lastsMs: 30 * 60_000 },
        }),
      ),
    voidGrants: ({ session: { userId } }: SignedIn) =>
      within((tx) => voidGrants(tx, clock, { reason: 'patient-switched', actor: `user:${userId}`, userId })),
    /** Newest last. */
    audit: (action: string) =>
      at.asOwner<{ subject: string; actor: string; detail: Record<string, unknown> }>(
        `SELECT subject, actor, detail FROM audit_entry WHERE action = '${action}' ORDER BY id`,
      ),
  }
}

function patientToLink(
  { session }: SignedIn,
  person: Partial<PatientToLink['person']>,
  changes: Partial<PatientToLink>,
  nowMs: number,
): PatientToLink {
  return {
    userId: session.userId,
    person: {
      ...{ name: sensitive('李明华'), idType: '01', idNumber: sensitive('330102199001012210') },
      ...{ gender: '男', birthday: sensitive('1990-01-01'), phone: undefined },
      ...person,
    },
    ...{ relation: '本人', verified: true, patid: 'P100001', visitCard: undefined, card: undefined },
    ...{ offerCardLater: false, maxPatients: 5, nowMs },
    ...changes,
  }
}

function hospitalOf(changes: Partial<HospitalInput>): HospitalInput {
  return {
    ...{ id: HOSPITAL, name: '市第一人民医院', phone: '0571-0000000', counter: '门诊一楼 3 号窗' },
    healthCard: {
      ...{ baseUrl: 'http://127.0.0.1:1', h5Origin: 'http://127.0.0.1:1', appId: 'a' },
      ...{ appSecretFile: '/nowhere', hospitalId: 'H-1' },
    },
    wechat: {},
    his: { kind: 'rest', baseUrl: 'http://127.0.0.1:1', auth: { kind: 'bearer', tokenFile: '/nowhere' } },
    ...changes,
  } as HospitalInput
}
