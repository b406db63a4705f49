import { MINUTE_MS, newId, sensitive } from '@zhangyi/core'
import type { Session } from '../../../apps/server/src/platform/sessions/session.ts'
import { archiveKey } from '../../../apps/server/src/refunds/face/show-archives.ts'
import type { FaceTables } from '../../../apps/server/src/verification/face/face-check.ts'
import { sealPerson } from '../../../apps/server/src/verification/face/face-person.ts'
import { facePersonIndex, faceSubject, issueGrant } from '../../../apps/server/src/verification/index.ts'
import type { RefundsRig } from '../refunds-rig.ts'
import type { Dice } from './dice.ts'

/** No other text has this in it: found in a log line, it is a name that was logged. */
export const SURNAME = '欧阳'
const APPID_CHANNEL = 'mini-program'

/** One of the hospital's patients. */
export interface Person {
  readonly name: string
  readonly idNumber: string
  readonly patid: string
  readonly phones: readonly Phone[]
  /** Everything that was ever paid in for them. */
  chargedFen: number
  /** Recharges that can go back the way they came. */
  readonly recharges: readonly string[]
}

/** A WeChat that acts for a patient; most have one. */
export interface Phone {
  readonly session: Session
  /** The patient's id in this user's list. */
  readonly patientId: string
}

/** A patient with cash on the account, and some with recharges; a few WeChats carry another name. */
export async function newPerson(rig: RefundsRig, dice: Dice): Promise<Person> {
  const cashFen = dice.chance(0.8) ? amount(dice) : 0
  const made = await rig.newPatient({
    name: `${SURNAME}${'文武成康昭穆恭懿孝夷'[dice.below(10)]}`,
    balanceFen: cashFen,
  })
  const phones: Phone[] = []
  for (let count = dice.chance(0.15) ? 2 : 1; count > 0; count--) {
    const user = await rig.signIn()
    const patientId = await user.link(made)
    if (dice.chance(0.06)) await rig.pay('set-person', { person: user.person, realName: '欧阳别人' })
    phones.push({ session: sessionOf(rig, user), patientId })
  }
  const recharges: string[] = []
  let chargedFen = cashFen
  for (let count = cashFen === 0 || dice.chance(0.35) ? dice.between(1, 3) : 0; count > 0; count--) {
    const fen = amount(dice)
    // A payer of the phone or of long ago, within the year.
    const paidAt = new Date(rig.clock.nowMs() - dice.between(1, 300) * 86_400_000).toISOString()
    const person = `payer${newId('x').slice(2, 10)}`
    recharges.push(await rig.recharge(made.patid, fen, { paidAt, person }))
    if (dice.chance(0.05)) await rig.pay('set-person', { person, refund: 'account-abnormal' })
    else if (dice.chance(0.2)) await rig.pay('set-person', { person, bankCard: '招商银行借记卡5678' })
    chargedFen += fen
  }
  return { ...made, phones, chargedFen, recharges }
}

function sessionOf(
  { hospitalId, hospitals, clock }: RefundsRig,
  user: { userId: string; openid: string },
): Session {
  const appid = String(hospitals.all[0]?.wechat.miniProgram?.appid)
  const { userId, openid } = user
  return { hospitalId, userId, appid, openid, channel: APPID_CHANNEL, expiresAtMs: clock.nowMs() * 2 }
}

/** Mostly some ten yuan, sometimes what needs a name, a second person or several transfers. */
function amount(dice: Dice): number {
  return dice.weighed([
    [80, dice.between(30, 20_000)],
    [15, dice.between(20_000, 300_000)],
    [5, dice.between(300_000, 3_000_000)],
  ])
}

/** The person looked into this phone's camera, and WeChat's word is stored: what `applyFace` begins with. */
export async function passFace(
  rig: Pick<RefundsRig, 'cipher' | 'clock' | 'inTx'>,
  { session }: Pick<Phone, 'session'>,
  person: Pick<Person, 'name' | 'idNumber' | 'patid'>,
) {
  const { cipher, clock } = rig
  const facts = { name: sensitive(person.name), idNumber: sensitive(person.idNumber) }
  const { userId, appid, openid } = session
  const [checkId, nowMs] = [newId('face'), clock.nowMs()]
  await rig.inTx(async (tx) => {
    const grant = await issueGrant(tx, clock, {
      ...{ userId, subject: faceSubject(cipher, facts), purpose: 'refund', assurance: 'face' },
      ...{ source: checkId, lastsMs: 30 * MINUTE_MS },
    })
    await tx.sql
      .withTables<FaceTables>()
      .insertInto('face_check')
      .values({
        ...{ hospital_id: tx.hospitalId, id: checkId, user_id: userId, purpose: 'refund', method: 'face' },
        ...{ person: sealPerson(cipher, facts), person_index: facePersonIndex(cipher, facts), appid, openid },
        ...{ out_seq_no: newId('seq'), verify_id: null, state: 'passed', result_code: 10_000 },
        ...{ counts_as_attempt: true, claimed_at_ms: null, grant_id: grant.id, order_index: null },
        ...{ order_id: null, verify_type: null, code_index: null, verify_order_id: null, parameters: null },
        ...{ ext_info: null, created_at_ms: nowMs, expires_at_ms: nowMs + 30 * MINUTE_MS },
      })
      .execute()
  })
  return { checkId, archiveKey: archiveKey(cipher, checkId, person.patid) }
}
