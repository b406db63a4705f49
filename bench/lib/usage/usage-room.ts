import { systemClock } from '@zhangyi/core'
import { Checks, Cipher, Database, type Hospital, loadSettings, parseHospitals } from '@zhangyi/server'
import { buildClients } from '../../../apps/server/src/platform/clients/build-clients.ts'
import type { DeliveryRoom } from '../../../apps/server/src/usage/delivery/delivery-room.ts'
import type { ContestantSetup } from './contestants/setup.ts'
import { APP } from './report.ts'

/** The hospital of the bench: nothing but its card platform is ever called. */
export function benchHospitals({ sink, secretFile, inFlight }: ContestantSetup, usage: object = {}) {
  return parseHospitals(
    {
      hospitals: [
        {
          ...{ id: 'bench', name: '基准医院', phone: '0571-0000000', counter: '门诊一楼' },
          healthCard: {
            ...{ baseUrl: sink, h5Origin: sink, appId: APP.appId },
            ...{ appSecretFile: secretFile, hospitalId: APP.hospitalId },
          },
          wechat: {},
          his: { kind: 'rest', baseUrl: sink, auth: { kind: 'none' }, groups: ['archives', 'cards'] },
          usage: { inFlight, ratePerSecond: 100_000, ...usage },
        },
      ],
    },
    'bench',
  )
}

/** What the room is given by the server, without the server. `answered` hears of each answer of the platform. */
export async function openUsageRoom(
  setup: ContestantSetup,
  answered?: (atMs: number) => void,
): Promise<{
  readonly room: DeliveryRoom
  readonly hospital: Hospital
  close(): Promise<void>
}> {
  const hospitals = benchHospitals(setup)
  const [hospital] = hospitals.all
  if (!hospital) throw new Error('no hospital')
  const database = new Database({ url: setup.databaseUrl })
  const log = { info: () => {}, warn: tell, error: tell }
  const platform = {
    ...{ settings: loadSettings({}), clock: systemClock, database, cipher: new Cipher(setup.dataKeyHex) },
    ...{ hospitals, checks: new Checks(), log, publicOrigin: 'http://127.0.0.1' },
    fetch: answered === undefined ? fetch : telling(answered),
  }
  const clients = buildClients(platform, () => {
    throw new Error('the bench has no HIS')
  })
  return { room: { ...platform, clients }, hospital, close: () => database.close() }
}

function tell(fields: object, message: string): void {
  process.stderr.write(`${message} ${JSON.stringify(fields)}\n`)
}

function telling(answered: (atMs: number) => void): typeof fetch {
  return async (...request) => {
    const response = await fetch(...request)
    if (!String(request[0]).endsWith('getAppToken')) answered(performance.now())
    return response
  }
}
