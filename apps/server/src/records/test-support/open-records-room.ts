import { ManualClock, MINUTE_MS, sensitive } from '@zhangyi/core'
import { createSimulatedHospital, type HisPort, KNOWN, type SimulatedHospital } from '@zhangyi/his'
import type { TestDatabase } from '../../../../../tests/setup/test-database.ts'
import { linkPatient, type PatientRow, registerPatientsRoutes } from '../../patients/index.ts'
import { Checks } from '../../platform/checks/checks.ts'
import { Cipher } from '../../platform/crypto/cipher.ts'
import { parseHospitals } from '../../platform/hospitals/hospitals.ts'
import { buildHttp, type Http } from '../../platform/http/build-http.ts'
import type { Platform } from '../../platform/platform.ts'
import { findSession } from '../../platform/sessions/find-session.ts'
import { openSession } from '../../platform/sessions/open-session.ts'
import type { Session } from '../../platform/sessions/session.ts'
import { loadSettings } from '../../platform/settings/settings.ts'
import { type Assurance, issueGrant, type Purpose, voidOnChange } from '../../verification/index.ts'
import { registerRecordRoutes } from '../routes.ts'

export type Known = keyof typeof KNOWN

/** The records room over HTTP with a real database and the simulated hospital behind it. */
export interface RecordsStack {
  readonly http: Http
  readonly clock: ManualClock
  readonly hospital: SimulatedHospital
  /** What the room gets as its HIS from now on; undefined: the simulated one. */
  useHis(port: HisPort | undefined): void
  readonly logLines: readonly string[]
  signIn(openid: string): Promise<User>
  close(): Promise<void>
}

export interface User {
  readonly session: Session
  link(person: Known, card?: boolean): Promise<PatientRow>
  grant(patient: PatientRow, purpose: Purpose, assurance?: Assurance): Promise<string>
  get<T = unknown>(path: string): Promise<{ status: number; body: T; headers: Headers; bytes: Buffer }>
}
type Headers = Readonly<Record<string, unknown>>

const HOSPITALS = {
  hospitals: [
    {
      ...{ id: 'demo', name: '市第一人民医院', phone: '0571-0000000', counter: '门诊一楼 3 号窗' },
      healthCard: {
        ...{ baseUrl: 'http://127.0.0.1:9', h5Origin: 'http://127.0.0.1:9' },
        ...{ appId: 'app', appSecretFile: 'unread', hospitalId: '30613' },
      },
      wechat: {},
      his: { kind: 'rest', baseUrl: 'http://127.0.0.1:9', auth: { kind: 'none' } },
    },
  ],
}

export async function openRecordsRoom({ database }: Pick<TestDatabase, 'database'>): Promise<RecordsStack> {
  const clock = new ManualClock()
  const hospital = createSimulatedHospital({ clock })
  const logLines: string[] = []
  const http = await buildHttp({ logLevel: 'info', logStream: { write: (line) => void logLines.push(line) } })
  const platform: Platform = {
    settings: loadSettings({}),
    clock,
    database,
    cipher: new Cipher('ab'.repeat(32)),
    hospitals: parseHospitals(HOSPITALS, 'test'),
    checks: new Checks(),
    log: http.log,
    publicOrigin: 'http://127.0.0.1:7000',
    fetch: () => Promise.reject(new Error('no outside call belongs here')),
  }
  let his: HisPort | undefined
  registerPatientsRoutes(http, platform, voidOnChange(clock))
  registerRecordRoutes(http, { ...platform, clients: { his: () => his ?? hospital.port } })
  return {
    ...{ http, clock, hospital, logLines },
    useHis: (port) => {
      his = port
    },
    signIn: (openid) => signIn(platform, http, hospital, openid),
    close: () => http.close(),
  }
}

async function signIn(
  platform: Platform,
  http: Http,
  hospital: SimulatedHospital,
  openid: string,
): Promise<User> {
  const { database, clock, cipher, hospitals } = platform
  const { id } = hospitals.all[0] as { id: Session['hospitalId'] }
  const identity = { appid: 'wx1', openid, unionid: undefined }
  const { token } = await database.inTransaction(id, (tx) =>
    openSession(tx, { identity, channel: 'mini-program', nowMs: clock.nowMs(), hours: 24 }),
  )
  const headers = { authorization: `Bearer ${token}` }
  await http.inject({ method: 'POST', url: '/api/v1/consent', headers, payload: { version: '2026-11' } })
  const session = (await findSession(database, token, clock.nowMs())) as Session
  return {
    session,
    link: (known, card = true) =>
      database.inTransaction(id, (tx) => {
        const { name, idType, idNumber, gender, birthday } = KNOWN[known]
        const [archive] = hospital.archivesOf(KNOWN[known])
        if (!archive) throw new Error(`${known} has no archive`)
        const person = {
          name: sensitive<string>(name),
          idType,
          idNumber: sensitive<string>(idNumber),
          gender,
        }
        const qrCodeText = sensitive(`${'f'.repeat(64)}:1`)
        return linkPatient(tx, cipher, {
          userId: session.userId,
          person: { ...person, birthday: sensitive<string>(birthday), phone: undefined },
          ...{
            relation: '本人',
            verified: true,
            patid: archive.patid,
            visitCard: sensitive('0000123420931'),
          },
          ...{ card: card ? { healthCardId: 'f'.repeat(64), qrCodeText } : undefined },
          ...{ offerCardLater: false, maxPatients: 5, nowMs: clock.nowMs() },
        })
      }),
    grant: async (patient, purpose, assurance = 'real-person') => {
      const grant = await database.inTransaction(id, (tx) =>
        issueGrant(tx, clock, {
          ...{
            userId: session.userId,
            subject: { kind: 'patient', patientId: patient.id },
            purpose,
            assurance,
          },
          ...{ source: crypto.randomUUID(), lastsMs: 30 * MINUTE_MS },
        }),
      )
      return grant.id
    },
    get: async (path) => {
      const answer = await http.inject({ method: 'GET', url: `/api/v1/records/${path}`, headers })
      const isJson = String(answer.headers['content-type']).includes('json')
      const body = isJson ? answer.json() : undefined
      return { status: answer.statusCode, body, headers: answer.headers, bytes: answer.rawPayload }
    },
  }
}
