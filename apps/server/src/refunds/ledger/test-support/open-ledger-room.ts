import { type HospitalId, hospitalId, ManualClock } from '@zhangyi/core'
import { createSimulatedHospital, type SimulatedHospital } from '@zhangyi/his'
import type { TestDatabase } from '../../../../../../tests/setup/test-database.ts'
import { Cipher } from '../../../platform/crypto/cipher.ts'
import { parseHospitals } from '../../../platform/hospitals/hospitals.ts'
import { buildHttp, type Http } from '../../../platform/http/build-http.ts'
import { Operators } from '../../../platform/operators/operators.ts'
import { signInAs } from '../../../platform/operators/test-support/sign-in-as.ts'
import { loadSettings } from '../../../platform/settings/settings.ts'
import type { LedgerConsole } from '../ledger-room.ts'
import { BALANCE_HEADINGS } from '../read-balance-csv.ts'
import { registerLedgerApi } from '../register-ledger-api.ts'

const ORIGIN = 'http://127.0.0.1:7000'
export const DEMO = hospitalId('demo')
export const OTHER = hospitalId('other')

export interface LedgerStack {
  readonly room: LedgerConsole
  readonly clock: ManualClock
  readonly his: SimulatedHospital
  readonly logLines: readonly string[]
  /** As an operator who is signed in. */
  ask<T>(
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ): Promise<{ readonly status: number; readonly body: T }>
  readonly http: Http
}

/** The ledger with a real database, a simulated HIS, and the operators' interface, for two hospitals. */
export async function openLedgerRoom({ database }: Pick<TestDatabase, 'database'>): Promise<LedgerStack> {
  const clock = new ManualClock('2026-11-28T12:00:00+08:00')
  const hospitals = parseHospitals({ hospitals: [DEMO, OTHER].map(hospitalOf) }, 'test')
  const his = createSimulatedHospital({ clock })
  const logLines: string[] = []
  const http = await buildHttp({ logLevel: 'info', logStream: { write: (line) => void logLines.push(line) } })
  const parts = { clock, database, cipher: new Cipher('ab'.repeat(32)) }
  const room = {
    ...{ ...parts, hospitals, clients: { his: () => his.port } },
    operators: new Operators({ ...parts, settings: loadSettings({}), publicOrigin: ORIGIN }),
  }
  registerLedgerApi(http, room)
  const cookie = await signInAs(room, { origin: ORIGIN, loginName: 'wang-03', role: 'finance' })
  return {
    ...{ room, clock, his, logLines, http },
    ask: async <T>(method: 'GET' | 'POST', path: string, body?: object) => {
      const answer = await http.inject({
        ...{ method, url: `/api/v1/console/refunds/ledger/${path}` },
        headers: { cookie, ...(method !== 'GET' && { origin: ORIGIN }) },
        ...(body && { payload: body }),
      })
      const isJson = String(answer.headers['content-type']).includes('json')
      return { status: answer.statusCode, body: isJson ? answer.json<T>() : (answer.body as T) }
    },
  }
}

/** A file as a HIS writes it. */
export function fileOf(...lines: readonly string[]): string {
  return `\uFEFF${[BALANCE_HEADINGS.join(','), ...lines].join('\r\n')}\r\n`
}

function hospitalOf(id: HospitalId) {
  return {
    ...{ id, name: '市第一人民医院', phone: '0571-0000000', counter: '门诊一楼 3 号窗' },
    healthCard: {
      ...{ baseUrl: 'http://127.0.0.1:9', h5Origin: 'http://127.0.0.1:9' },
      ...{ appId: 'app', appSecretFile: 'unread', hospitalId: '30613' },
    },
    wechat: {},
    his: { kind: 'rest', baseUrl: 'http://127.0.0.1:9', auth: { kind: 'none' } },
  }
}
