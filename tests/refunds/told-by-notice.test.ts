import { HOUR_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { openContent } from '../../apps/server/src/notices/notice-content.ts'
import { ownRefunds, type RefundsRig } from './refunds-rig.ts'

/** What a patient was told of a refund, oldest first, with the hours since the application. */
async function toldOf(rig: RefundsRig, caseId: string, sinceMs: number) {
  const rows = await rig.asOwner<{ kind: string; content: Buffer; created_at_ms: string }>(
    `SELECT kind, content, created_at_ms FROM notice WHERE journey = '${caseId}' ORDER BY created_at_ms, notice_key`,
  )
  return rows.map(({ kind, content, created_at_ms }) => {
    const { patientName, balanceFen, amountFen, page } = openContent(rig.cipher, content)
    const hours = Math.floor((Number(created_at_ms) - sinceMs) / HOUR_MS)
    return { kind, hours, patientName, balanceFen, amountFen, page }
  })
}

test('a patient is told by itself: applied, waiting, after 2 and 20 hours, expired, reissued, waiting anew, paid', async () => {
  const rig = await ownRefunds()
  await rig.pay('set-balance', { account: 'OPERATION', amountFen: 1_000_000 })
  const user = await rig.signIn()
  const patient = await rig.newPatient({ name: '周提醒', balanceFen: 9_000 })
  rig.his().lockAmount(patient.patid, { amount: 1_000 as never, reason: '有未结算的就诊' })
  const appliedMs = rig.clock.nowMs()
  const { body } = await user.refundByFace(patient)
  expect(body.amountFen).toBe(8_000)
  await rig.pass(27 * HOUR_MS, HOUR_MS)
  const operator = await rig.operator()
  const legId = body.legs[0]?.id
  const reissued = await operator.ask('POST', `/legs/${legId}/reissue`, { reason: '患者没有确认' })
  expect(reissued).toMatchObject({ status: 200 })
  await rig.pass(3 * HOUR_MS, HOUR_MS)
  await user.confirm(await user.case(body.id))
  const told = await toldOf(rig, body.id, appliedMs)
  expect(told.map(({ kind, hours }) => `${hours} ${kind}`)).toEqual([
    ...['0 applied', '0 waiting', '2 reminder', '20 reminder', '25 expired'],
    ...['27 reissued', '27 waiting', '29 reminder', '30 paid'],
  ])
  const page = `pages-refund/case/case?id=${body.id}`
  for (const one of told) expect(one).toMatchObject({ patientName: '周提醒', amountFen: 8_000, page })
  // Held is not gone yet; what was paid out is.
  const [paid, ...before] = told.toReversed()
  expect(new Set(before.map(({ balanceFen }) => balanceFen))).toEqual(new Set([9_000]))
  expect(paid?.balanceFen, 'bug: after the payment the balance of before was told').toBe(1_000)
})
