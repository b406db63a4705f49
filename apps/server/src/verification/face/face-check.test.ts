import { DAY_MS, MINUTE_MS, sensitive } from '@zhangyi/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FaceRig, startFaceRig } from '../../../../../tests/setup/face-rig.ts'
import { consumeGrant } from '../grants/consume-grant.ts'
import { faceSubject } from './face-person.ts'
import { settleFaceCheck } from './settle-face-check.ts'
import { startFaceCheck } from './start-face-check.ts'

let rig: FaceRig
beforeAll(async () => {
  rig = await startFaceRig()
})
afterAll(() => rig.stop())

const purpose = 'refund' as const
const queries = () => rig.calls('weixin', 'queryverifyinfo').length
const grantsOf = (userId: string) =>
  rig.asOwner<{ id: string; assurance: string; purpose: string; expires_at_ms: string; source: string }>(
    `SELECT * FROM verification_grant WHERE user_id = '${userId}'`,
  )

async function started(person = rig.newPerson()) {
  const room = rig.room()
  const session = await rig.newSession()
  const check = await startFaceCheck(room, session, { purpose, person })
  return { room, session, person, check, settle: () => settleFaceCheck(room, session, check.id) }
}

test('passed: one grant about this person, which a refund spends in its own transaction, once', async () => {
  const { room, session, person, check, settle } = await started()
  expect(check.bridgePage).toBe(`${rig.sandbox.origins['weixin']}/sandbox/face/${check.verifyId}`)
  await rig.lookIntoCamera(check.verifyId)
  const settled = await settle()
  if (settled.state !== 'passed') throw new Error(settled.state)
  expect(await grantsOf(session.userId)).toMatchObject([
    { id: settled.grantId, assurance: 'face', purpose, source: check.id },
  ])
  const spend = (caseId: string, who = person, userId = session.userId) =>
    rig.database.inTransaction(session.hospitalId, (tx) =>
      consumeGrant(tx, settled.grantId, {
        ...{ userId, purpose, caseId, nowMs: room.clock.nowMs() },
        subject: faceSubject(rig.cipher, who),
      }),
    )
  // Only for this person, by name and number both, and only for this user.
  expect(await spend('case-0', { ...person, name: sensitive('别人') })).toBeUndefined()
  expect(await spend('case-0', rig.newPerson())).toBeUndefined()
  expect(await spend('case-0', person, 'user_other')).toBeUndefined()
  expect((await spend('case-1'))?.id).toBe(settled.grantId)
  expect((await spend('case-1'))?.id).toBe(settled.grantId)
  expect(await spend('case-2')).toBeUndefined()
})

test('the grant lasts as long as the hospital says', async () => {
  const room = rig.room({ verification: { grantMinutes: 7 } })
  const session = await rig.newSession()
  const check = await startFaceCheck(room, session, { purpose, person: rig.newPerson() })
  await rig.lookIntoCamera(check.verifyId)
  await settleFaceCheck(room, session, check.id)
  const [grant] = await grantsOf(session.userId)
  expect(Number(grant?.expires_at_ms) - room.clock.nowMs()).toBe(7 * MINUTE_MS)
})

test('number, openid and certificate of the question come from our own row', async () => {
  const { session, check, settle } = await started()
  await settle()
  const [row] = await rig.asOwner<{ out_seq_no: string }>(
    `SELECT out_seq_no FROM face_check WHERE id = '${check.id}'`,
  )
  expect(rig.calls('weixin', 'queryverifyinfo').at(-1)?.request).toMatchObject({
    ...{ verify_id: check.verifyId, out_seq_no: row?.out_seq_no, openid: session.openid },
  })
})

test('settled again, or by two at once: WeChat is asked once and there is one grant', async () => {
  const { session, check, settle } = await started()
  await rig.act('weixin', 'settings', { faceResultReads: 'once' })
  await rig.lookIntoCamera(check.verifyId)
  const before = queries()
  const both = await Promise.all([settle(), settle(), settle()])
  expect(both.filter(({ state }) => state === 'passed').length).toBeGreaterThan(0)
  expect(both.every(({ state }) => state === 'passed' || state === 'pending')).toBe(true)
  expect((await settle()).state).toBe('passed')
  await rig.act('weixin', 'settings', { faceResultReads: 'many' })
  expect(queries() - before).toBe(1)
  expect(await grantsOf(session.userId)).toHaveLength(1)
})

test('not finished is not failed: the page may ask again', async () => {
  const { check, settle } = await started()
  expect(await settle()).toMatchObject({ state: 'pending', advice: { action: 'pending' } })
  rig.fault('weixin', { kind: 'verify-ret-10005', operation: 'queryverifyinfo' })
  await rig.lookIntoCamera(check.verifyId)
  expect(await settle()).toMatchObject({ state: 'pending', advice: { zh: '正在核验，请稍候。' } })
  expect((await settle()).state).toBe('passed')
})

test.each(['errcode-48001', 'errcode--1', 'errcode-45009', 'reply-lost', 'http-500'])(
  '%s says nothing about the person: pending, then the true result',
  async (kind) => {
    const { check, settle } = await started()
    await rig.lookIntoCamera(check.verifyId)
    // A busy WeChat is asked again within one question.
    for (let times = 0; times < 6; times++) rig.fault('weixin', { kind, operation: 'queryverifyinfo' })
    expect((await settle()).state).toBe('pending')
    rig.sandbox.simulators['weixin']?.faults.clear()
    expect((await settle()).state).toBe('passed')
  },
)

test('not the same person: the advice goes to the patient, the attempt counts, no grant', async () => {
  const { session, check, settle } = await started()
  await rig.lookIntoCamera(check.verifyId, 10004)
  const failed = await settle()
  expect(failed).toMatchObject({ state: 'failed', advice: { action: 'retry', retry: true, judged: true } })
  await rig.lookIntoCamera(check.verifyId, 10000)
  expect(await settle()).toEqual(failed)
  expect(await grantsOf(session.userId)).toEqual([])
  expect(
    await rig.asOwner(`SELECT result_code, counts_as_attempt FROM face_check WHERE id = '${check.id}'`),
  ).toEqual([{ result_code: 10004, counts_as_attempt: true }])
})

test('five judged failures a day, then the counter; cancelling counts for nothing', async () => {
  const room = rig.room()
  const session = await rig.newSession()
  const person = rig.newPerson()
  const once = async (verifyRet: number) => {
    const check = await startFaceCheck(room, session, { purpose, person })
    await rig.lookIntoCamera(check.verifyId, verifyRet)
    return settleFaceCheck(room, session, check.id)
  }
  for (const code of [90002, 10004, 10004, 90004, 10012, 10003, 10026]) await once(code)
  await expect(once(10000)).rejects.toMatchObject({ code: 'face-check-refused', zh: /明天再试/ })
  expect((await rig.audits('verification.face-refused')).at(-1)?.detail).toMatchObject({
    why: 'too-many-attempts',
  })
  rig.clock.advance(DAY_MS)
  expect((await once(10000)).state).toBe('passed')
})

test('dialogues opened beforehand are no way round the tries of the day', async () => {
  const room = rig.room({ verification: { attemptsPerPatient: 2 } })
  const session = await rig.newSession()
  const person = rig.newPerson()
  const checks = await Promise.all([0, 1, 2].map(() => startFaceCheck(room, session, { purpose, person })))
  for (const { verifyId } of checks.slice(0, 2)) await rig.lookIntoCamera(verifyId, 10003)
  await rig.lookIntoCamera(checks[2]?.verifyId ?? '')
  const settle = (index: number) => settleFaceCheck(room, session, checks[index]?.id ?? '')
  expect([(await settle(0)).state, (await settle(1)).state]).toEqual(['failed', 'failed'])
  await expect(settle(2)).rejects.toMatchObject({ code: 'face-check-refused', zh: /明天再试/ })
  expect(await grantsOf(session.userId)).toEqual([])
  expect((await rig.audits('verification.face-refused')).at(-1)?.subject).toBe(checks[2]?.id)
})

test('consent withdrawn while WeChat is asked: no grant; given again, the pass is asked for again', async () => {
  const { room, session, check, settle } = await started()
  await rig.lookIntoCamera(check.verifyId)
  const consent = (withdrawn: string) =>
    rig.asOwner(`UPDATE consent SET withdrawn_at_ms = ${withdrawn} WHERE user_id = '${session.userId}'`)
  const wechat = (...of: Parameters<typeof room.clients.wechat>) => {
    const caller = room.clients.wechat(...of)
    if (!caller) return undefined
    return {
      ...caller,
      read: async <T>(call: Parameters<typeof caller.read<T>>[0]) => {
        await consent('1')
        return caller.read<T>(call)
      },
    }
  }
  const clients = { ...room.clients, wechat }
  expect((await settleFaceCheck({ ...room, clients }, session, check.id)).state).toBe('pending')
  expect(await grantsOf(session.userId)).toEqual([])
  await expect(settle()).rejects.toMatchObject({ code: 'consent-required' })
  await consent('NULL')
  expect((await settle()).state).toBe('passed')
})

test('starts have a limit too, whoever the person is: WeChat’s quota of the day is the hospital’s', async () => {
  const room = rig.room({ verification: { attemptsPerOpenid: 2 } })
  const session = await rig.newSession()
  const start = () => startFaceCheck(room, session, { purpose, person: rig.newPerson() })
  for (let starts = 0; starts < 6; starts++) await start()
  await expect(start()).rejects.toMatchObject({ code: 'face-check-refused', zh: /明天再试/ })
})

describe('refused and recorded', () => {
  test('another user’s check', async () => {
    const { room, check } = await started()
    await rig.lookIntoCamera(check.verifyId)
    const before = queries()
    const stranger = await rig.newSession()
    await expect(settleFaceCheck(room, stranger, check.id)).rejects.toMatchObject({ code: 'not-found' })
    expect(queries()).toBe(before)
    expect((await rig.audits('verification.not-your-face-check')).at(-1)?.subject).toBe(check.id)
    expect(await grantsOf(stranger.userId)).toEqual([])
  })

  test('a check that nobody started', async () => {
    const session = await rig.newSession()
    await expect(settleFaceCheck(rig.room(), session, 'face_guessed')).rejects.toMatchObject({
      code: 'not-found',
    })
    expect((await rig.audits('verification.not-your-face-check')).at(-1)?.subject).toBe('no-id-of-ours')
  })

  test('a result of somebody else’s session: WeChat knows none under our own row', async () => {
    const { session, check, settle } = await started()
    // As if the sealed person had been exchanged after the start: another certificate, another hash.
    const other = await started()
    await rig.asOwner(
      `UPDATE face_check SET person = (SELECT person FROM face_check WHERE id = '${other.check.id}') WHERE id = '${check.id}'`,
    )
    await rig.lookIntoCamera(check.verifyId)
    expect(await settle()).toMatchObject({ state: 'failed', advice: { action: 'retry' } })
    expect((await rig.audits('verification.face-result-refused')).at(-1)?.subject).toBe(check.id)
    expect(await grantsOf(session.userId)).toEqual([])
  })

  test.each(['810000199001010019', '123', '33010619800101303'])('no resident ID card: %s', async (number) => {
    const session = await rig.newSession()
    const person = { name: sensitive('周建国'), idNumber: sensitive(number) }
    const before = rig.calls('weixin', 'getverifyid').length
    await expect(startFaceCheck(rig.room(), session, { purpose, person })).rejects.toMatchObject({
      ...{ code: 'face-check-refused', zh: /证件/ },
    })
    expect(rig.calls('weixin', 'getverifyid')).toHaveLength(before)
    expect((await rig.audits('verification.face-refused')).at(-1)?.detail).toMatchObject({
      why: 'no-resident-id',
    })
  })
})

test('without consent no check begins, and none is settled', async () => {
  const { room, session, person, check, settle } = await started()
  await rig.lookIntoCamera(check.verifyId)
  await rig.asOwner(`UPDATE consent SET withdrawn_at_ms = 1 WHERE user_id = '${session.userId}'`)
  await expect(settle()).rejects.toMatchObject({ code: 'consent-required' })
  await expect(startFaceCheck(room, session, { purpose, person })).rejects.toMatchObject({
    code: 'consent-required',
  })
  expect(await grantsOf(session.userId)).toEqual([])
})

test.each(['errcode-48001', 'errcode-45009', 'reply-lost'])(
  'getVerifyId and %s: no check, a new one has a new number',
  async (kind) => {
    const room = rig.room()
    const session = await rig.newSession()
    const wanted = { purpose, person: rig.newPerson() }
    rig.fault('weixin', { kind, operation: 'getverifyid' })
    const code = kind === 'reply-lost' ? 'wechat-unavailable' : 'face-check-refused'
    await expect(startFaceCheck(room, session, wanted)).rejects.toMatchObject({ code, zh: /。$/ })
    await startFaceCheck(room, session, wanted)
    const rows = await rig.asOwner<{ state: string; out_seq_no: string }>(
      `SELECT state, out_seq_no FROM face_check WHERE user_id = '${session.userId}' ORDER BY state`,
    )
    expect(rows.map(({ state }) => state)).toEqual(['started', 'unstarted'])
    expect(rows[0]?.out_seq_no).not.toBe(rows[1]?.out_seq_no)
  },
)

test('a process lost while asking: another takes over after half a minute, not before', async () => {
  const { room, check, settle } = await started()
  await rig.lookIntoCamera(check.verifyId)
  await rig.asOwner(
    `UPDATE face_check SET state = 'querying', claimed_at_ms = ${room.clock.nowMs()} WHERE id = '${check.id}'`,
  )
  expect((await settle()).state).toBe('pending')
  rig.clock.advance(MINUTE_MS / 2)
  expect((await settle()).state).toBe('passed')
})

test('after half an hour the check is over, and a pass that nobody asked for grants nothing', async () => {
  const { session, check, settle } = await started()
  await rig.lookIntoCamera(check.verifyId)
  rig.clock.advance(30 * MINUTE_MS)
  expect(await settle()).toMatchObject({ state: 'failed', advice: { zh: /保留时间/ } })
  expect(await grantsOf(session.userId)).toEqual([])
})

test('production: the official account cannot, and no page stands in for the dialogue', async () => {
  const room = rig.room({ mode: 'production' })
  const wanted = { purpose, person: rig.newPerson() }
  const h5 = await rig.newSession('official-account')
  const before = rig.calls('weixin', 'getverifyid').length
  await expect(startFaceCheck(room, h5, wanted)).rejects.toMatchObject({
    ...{ code: 'face-check-refused', zh: /小程序/ },
  })
  expect(rig.calls('weixin', 'getverifyid')).toHaveLength(before)
  const mini = await rig.newSession('mini-program')
  expect((await startFaceCheck(room, mini, wanted)).bridgePage).toBeNull()
})

test('development: the H5 has the simulator’s page, and is refused where the account has no permission', async () => {
  const room = rig.room()
  const wanted = { purpose, person: rig.newPerson() }
  const h5 = await rig.newSession('official-account')
  const check = await startFaceCheck(room, h5, wanted)
  expect((await fetch(check.bridgePage ?? '')).status).toBe(200)
  await rig.act('weixin', 'settings', { faceForOfficialAccount: false })
  await expect(startFaceCheck(room, h5, wanted)).rejects.toMatchObject({ code: 'face-check-refused' })
  await rig.act('weixin', 'settings', { faceForOfficialAccount: true })
})

test('nothing of the person is readable in the row or in the audit log', async () => {
  const { session, person, check, settle } = await started(rig.newPerson('欧阳翠花'))
  await rig.lookIntoCamera(check.verifyId)
  await settle()
  const rows = await rig.asOwner(
    `SELECT (SELECT json_agg(f) FROM face_check f WHERE user_id = '${session.userId}') AS checks,
            (SELECT json_agg(a) FROM audit_entry a WHERE actor = 'user:${session.userId}') AS audits`,
  )
  const text = JSON.stringify(rows)
  expect(text).toContain('verification.granted')
  expect(text).not.toContain('欧阳翠花')
  expect(text).not.toContain(person.idNumber.reveal())
  expect(text).not.toContain(Buffer.from('欧阳翠花').toString('hex'))
})
