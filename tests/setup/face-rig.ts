import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkCharacter, hospitalId, ManualClock, newId, sensitive } from '@zhangyi/core'
import type { HisPort } from '@zhangyi/his'
import {
  freePortBase,
  ManualOffsetClock,
  MINI_PROGRAM,
  OFFICIAL_ACCOUNT,
  startSandbox,
} from '@zhangyi/sandbox'
import { Cipher, type HospitalInput, loadSettings } from '@zhangyi/server'
import { demoHospital } from '../../apps/cli/src/start/demo-hospital.ts'
import { buildClients } from '../../apps/server/src/platform/clients/build-clients.ts'
import type { Platform } from '../../apps/server/src/platform/platform.ts'
import type { Channel, Session } from '../../apps/server/src/platform/sessions/session.ts'
import type { FacePerson, FaceRoom, NationalIdentity } from '../../apps/server/src/verification/index.ts'
import { createTestDatabase } from './test-database.ts'

const HOSPITAL = hospitalId('demo')
const APPIDS = { 'mini-program': MINI_PROGRAM.appid, 'official-account': OFFICIAL_ACCOUNT.appid }

export interface FaceRigOptions {
  readonly mode?: 'development' | 'production'
  readonly nationalIdentity?: NationalIdentity
  readonly verification?: HospitalInput['verification']
}

/** A real database and the simulators of WeChat and of the card platform, with the rooms' operations called directly. */
export async function startFaceRig() {
  const made = await createTestDatabase()
  const clock = new ManualOffsetClock(new ManualClock())
  const sandbox = await startSandbox({ port: await freePortBase(), clock })
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-face-'))
  const cipher = new Cipher('7'.repeat(64))
  const act = async <T>(platform: string, action: string, input: object) =>
    (await sandbox.simulators[platform]?.actions[action]?.(input as Record<string, unknown>)) as T

  const room = ({ mode = 'development', nationalIdentity, verification }: FaceRigOptions = {}): FaceRoom => {
    const log = { info: () => {}, warn: () => {}, error: () => {} }
    const platform = {
      settings: loadSettings({ ZHANGYI_MODE: mode, ZHANGYI_DATA_DIR: dataDir }),
      hospitals: demoHospital(sandbox, dataDir, verification ? { verification } : {}),
      ...{ clock, cipher, log, database: made.database, fetch },
      publicOrigin: 'http://127.0.0.1:8080',
    } as unknown as Platform
    const clients = buildClients(platform, () => ({}) as HisPort)
    return { ...platform, clients, nationalIdentity: () => nationalIdentity }
  }

  return {
    ...{ sandbox, clock, cipher, room },
    asOwner: made.asOwner,
    database: made.database,
    /** A user with a phone of their own who accepted the consent in force. */
    newSession: async (channel: Channel = 'mini-program', person = `p${newId('x').slice(2, 12)}`) => {
      const appid = APPIDS[channel]
      const session: Session = {
        ...{ hospitalId: HOSPITAL, userId: newId('user'), appid, channel },
        openid: `o-${appid.slice(-4)}-${person}`,
        expiresAtMs: Number.MAX_SAFE_INTEGER,
      }
      await made.asOwner(
        `INSERT INTO app_user VALUES ('${HOSPITAL}', '${session.userId}', 0);
         INSERT INTO consent (hospital_id, user_id, version, accepted_at_ms)
         VALUES ('${HOSPITAL}', '${session.userId}', '2026-11', 0)`,
      )
      return { ...session, person }
    },
    newPerson,
    /** What the patient does in front of the camera. */
    lookIntoCamera: (verifyId: string, verifyRet = 10000) =>
      act('weixin', 'decide-face', { verifyId, verifyRet }),
    wechatCode: async (person: string) =>
      (await act<{ wechatCode: string }>('health-card', 'wechat-code', { person })).wechatCode,
    calls: (platform: string, operation: string) =>
      (sandbox.simulators[platform]?.calls ?? []).filter((call) => call.operation === operation),
    fault: (platform: string, fault: { kind: string; operation: string }) =>
      void sandbox.simulators[platform]?.faults.order({ ...fault, times: 1 }),
    act,
    audits: async (action: string) =>
      made.asOwner<{ subject: string; detail: unknown }>(
        `SELECT subject, detail FROM audit_entry WHERE action = '${action}' ORDER BY at_ms`,
      ),
    stop: async () => {
      await sandbox.stop()
      await made.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
export type FaceRig = Awaited<ReturnType<typeof startFaceRig>>

let serial = 0
/** Nobody else's number within this file. */
function newPerson(name = '周建国'): FacePerson {
  const first17 = `33010619800101${String(300 + ++serial)}`
  return { name: sensitive(name), idNumber: sensitive(first17 + checkCharacter(first17)) }
}

/** An order of the card platform about this person, and the address of our page that it branches to. */
export async function platformOrder(
  rig: FaceRig,
  room: FaceRoom,
  session: Session & { person: string },
  who: FacePerson,
) {
  const [hospital] = room.hospitals.all
  if (!hospital) throw new Error('no hospital')
  const outcome = await room.clients.healthCard(hospital).registerUniformVerifyOrder(
    {
      ...{ cardType: '01', idCard: who.idNumber.reveal(), name: who.name.reveal() },
      ...{ wechatCode: await rig.wechatCode(session.person), scene: '0101082', useCardType: '11' },
      verifySuccessRedirectUrl: 'mini:/pages/verify/return?registerOrderId=${registerOrderId}',
      ...{ verifyFailRedirectUrl: 'mini:/pages/verify/return?failed=1', faceUrl: '/pages/face/face' },
    },
    { channelNum: 1, relatedUser: { appid: session.appid, openid: session.openid } },
  )
  if (outcome.kind !== 'yes' || !outcome.value.verifyUrl) throw new Error(`no order: ${outcome.kind}`)
  const orderId = new URL(outcome.value.verifyUrl).searchParams.get('orderId') ?? ''
  const redirectUrl = `${hospital.healthCard.h5Origin}/open/verify/face-return?orderId=${orderId}`
  return { orderId, verifyType: 1, redirectUrl }
}
