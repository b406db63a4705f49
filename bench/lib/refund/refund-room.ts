import { type Clock, systemClock } from '@zhangyi/core'
import type { HisPort } from '@zhangyi/his'
import { Checks, Cipher, Database, Jobs, loadSettings, parseHospitals } from '@zhangyi/server'
import { eventsByPurpose } from '../../../apps/server/src/payments/index.ts'
import { PAYMENTS_WORK } from '../../../apps/server/src/payments/room.ts'
import type { Clients } from '../../../apps/server/src/platform/clients/clients.ts'
import { refundsEvents } from '../../../apps/server/src/refunds/index.ts'
import { REFUNDS_WORK, type RefundsRoom } from '../../../apps/server/src/refunds/room.ts'
import type { ContestantSetup } from './contestants/setup.ts'
import { APPID, type Bill, inProcessHis, inProcessWechatPay, MCHID } from './platforms.ts'

const nowhere = 'http://127.0.0.1:9'

/** The hospital of the bench, with the defaults of a real one. Notices are not a step of the saga: none is queued. */
function benchHospitals() {
  const silent = { send: false }
  const kinds = ['applied', 'waiting', 'reminder', 'paid', 'expired', 'reissued', 'funded'] as const
  return parseHospitals(
    {
      hospitals: [
        {
          ...{ id: 'bench', name: '基准医院', phone: '0571-0000000', counter: '门诊一楼' },
          healthCard: {
            ...{
              baseUrl: nowhere,
              h5Origin: nowhere,
              appId: 'bench',
              appSecretFile: 'none',
              hospitalId: '90003',
            },
          },
          wechat: { miniProgram: { appid: APPID, secretFile: 'none' } },
          his: {
            kind: 'rest',
            baseUrl: nowhere,
            auth: { kind: 'none' },
            groups: ['archives', 'cards', 'deposits'],
          },
          wechatPay: {
            ...{ mchid: MCHID, merchantSerial: '4A5B6C7D8E9F4A5B6C7D8E9F4A5B6C7D8E9F4A5B' },
            ...{ merchantPrivateKeyFile: 'none', apiV3KeyFile: 'none' },
            publicKeys: [{ id: 'PUB_KEY_ID_0114232134912410000000000000', file: 'none' }],
            transfer: {
              ...{ sceneId: '1011', perception: '退款' },
              reportInfos: [{ type: '赔付原因', content: '门诊预交金退款' }],
            },
          },
          notices: { kinds: Object.fromEntries(kinds.map((kind) => [kind, silent])) },
        },
      ],
    },
    'bench',
  )
}

export interface RoomSetup extends Pick<ContestantSetup, 'databaseUrl' | 'dataKeyHex' | 'connections'> {
  readonly clock?: Clock
  /** What WeChat knows from before. */
  readonly bills?: readonly Bill[]
}

/**
 * What the refunds room is given by the server, without the server: its database, its queue, and platforms in this process.
 * The queue's wake-ups are stored and taken as in production; the work itself is done by who measures.
 */
export async function openRefundRoom({
  databaseUrl,
  dataKeyHex,
  connections,
  clock = systemClock,
  bills,
}: RoomSetup) {
  const hospitals = benchHospitals()
  const [hospital] = hospitals.all
  if (!hospital) throw new Error('no hospital')
  const database = new Database({ url: databaseUrl, maxConnections: connections })
  const log = { info: () => {}, warn: tell, error: tell }
  const jobs = new Jobs({ url: databaseUrl, clock })
  const works = [PAYMENTS_WORK, REFUNDS_WORK].map((name) => ({
    name,
    everyMinutes: 1,
    runDue: async () => 0,
  }))
  await jobs.start(works, log)
  const [his, wechatPay] = [inProcessHis() as HisPort, inProcessWechatPay(bills)]
  const clients = {
    ...{ his: () => his, wechatPay: () => wechatPay, wechat: () => undefined, sms: () => undefined },
  } as Partial<Clients> as Clients
  const parts = {
    ...{ settings: loadSettings({}), clock, database, cipher: new Cipher(dataKeyHex), hospitals },
    ...{ checks: new Checks(), log, publicOrigin: 'http://127.0.0.1', fetch, jobs, clients },
    nationalIdentity: () => undefined,
  }
  const never = () => Promise.reject(new Error('the bench pays no visits'))
  const room: RefundsRoom = {
    ...parts,
    events: eventsByPurpose({
      visits: { paid: never, closed: never, refundSettled: never },
      deposits: refundsEvents(parts),
    }),
  }
  const close = async () => {
    await jobs.stop()
    await database.close()
  }
  return { room, hospital, close }
}

function tell(fields: object, message: string): void {
  process.stderr.write(`${message} ${JSON.stringify(fields)}\n`)
}
