import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { Command } from 'commander'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { addCaseCommands } from '../../apps/cli/src/commands/refunds-cases.ts'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'
import { openRefunds, type Patient, type RefundsRig } from './refunds-rig.ts'

// 退款 at the console: what clerks of the finance find, see and do, by the interface that the page uses.

type Operator = Awaited<ReturnType<RefundsRig['operator']>>

interface Listed {
  readonly id: string
  readonly patientName: string
  readonly legs: readonly { legId: string; shown: string; why: string | null; waitsForReview: boolean }[]
}
interface Detail {
  readonly legs: readonly {
    readonly shown: string
    readonly sums: object
    readonly acts: { reissue: string | null; mayDecide: boolean; barred: string | null }
    readonly attempts: readonly { number: string; replaces: string | null; requestId: string | null }[]
    readonly history: readonly { what: string; who: string; why: string | null }[]
  }[]
  readonly journal: readonly { amountFen: number; account: string }[]
}

let database: TestDatabase
let rig: RefundsRig
let user: Patient
let wang: Operator
let li: Operator
/** Refunds that their patients did not confirm: by query they are closed. */
let closed: Awaited<ReturnType<typeof leave>>[]
beforeAll(async () => {
  database = await createTestDatabase()
  rig = await openRefunds({ made: database })
  user = await rig.signIn()
  closed = []
  for (const balanceFen of [38_650, 150_000, 4_000]) closed.push(await leave(balanceFen))
  await rig.pass(DAY_MS + 2 * HOUR_MS, 2 * HOUR_MS)
  wang = await rig.operator('王会计')
  li = await rig.operator('李会计')
})
afterAll(() => rig.close())

async function leave(balanceFen: number) {
  const patient = await rig.newPatient({ name: '赵未领', balanceFen })
  const { body } = await user.refundByFace(patient)
  return { ...patient, caseId: body.id, legId: body.legs[0]?.id ?? '' }
}

function oneSided(index: number) {
  const one = closed[index]
  if (!one) throw new Error('no such refund')
  return one
}

const list = async (query = '', who = wang) =>
  (await who.ask<{ cases: Listed[]; next: string | null }>('GET', `/cases${query}`)).body
const detail = async (caseId: string, who = wang) => (await who.ask<Detail>('GET', `/cases/${caseId}`)).body
const theLeg = async (caseId: string, who = wang) => {
  const [leg] = (await detail(caseId, who)).legs
  if (!leg) throw new Error('no leg')
  return leg
}

test('the lists: what may be reissued and what may not are never in one, and names are masked', async () => {
  const { caseId } = oneSided(0)
  const { cases } = await list('?list=one-sided')
  expect(cases.map(({ legs }) => legs.map(({ shown }) => shown))).toEqual([
    ['one-sided'],
    ['one-sided'],
    ['one-sided'],
  ])
  expect(cases[0]?.patientName).toBe('赵*领')
  expect(JSON.stringify(cases)).not.toContain('赵未领')
  expect((await list('?list=overdue')).cases).toEqual([])
  expect((await list('?state=one-sided')).cases).toHaveLength(3)
  expect((await list('?state=paid')).cases).toEqual([])
  expect((await list('?way=original')).cases).toEqual([])
  expect((await wang.ask('GET', '/cases?way=face&state=paid')).error?.message).toContain('修改')
  expect((await list('?way=face&state=one-sided&from=2026-11-01&to=2026-11-30')).cases).toHaveLength(3)
  expect((await list('?from=2026-11-24')).cases).toEqual([])
  expect((await detail(caseId)).legs[0]).toMatchObject({
    ...{ shown: 'one-sided', acts: { reissue: 'now', giveBack: true, abnormal: false } },
    sums: { heldFen: 38_650, inTransitFen: 38_650, confirmedFen: 0, releasedFen: 0 },
  })
  expect((await wang.ask('GET', '/cases/case_x')).status).toBe(404)
})

test('a reissue: asks WeChat again, links the numbers, and is found by every number of it', async () => {
  const { caseId, legId } = oneSided(0)
  const short = await wang.ask('POST', `/legs/${legId}/reissue`, { reason: ' ' })
  expect([short.status, JSON.stringify(short.error)]).toEqual([
    400,
    expect.stringContaining('请写原因，至少两个字'),
  ])
  expect((await wang.ask('POST', `/legs/${legId}/reissue`, { reason: '患者没有确认' })).body).toEqual({
    state: 'reissued',
  })
  const leg = await theLeg(caseId)
  const [old, next] = leg.attempts
  expect(next).toMatchObject({ replaces: old?.number, requestId: expect.stringMatching(/./) })
  expect(leg.acts.reissue).toBeNull()
  expect(leg.history.map(({ what, who }) => [what, who])).toEqual(
    expect.arrayContaining([
      ['申请生成新订单号退款', '王会计'],
      ['生成新订单号退款', '王会计'],
    ]),
  )
  const twice = await wang.ask('POST', `/legs/${legId}/reissue`, { reason: '再来一次' })
  expect([twice.status, twice.error?.message]).toEqual([409, expect.stringContaining('不是单边订单')])
  expect((await list('?list=to-confirm')).cases).toMatchObject([{ id: caseId }])

  const [bill] = await rig.asOwner<{ transfer_bill_no: string }>(
    `SELECT transfer_bill_no FROM transfer_order WHERE out_bill_no = '${next?.number}'`,
  )
  for (const number of [caseId, legId, old?.number, next?.number, bill?.transfer_bill_no])
    expect((await list(`?number=${number}`)).cases, number).toMatchObject([{ id: caseId }])
  expect((await list('?number=ZY404')).cases).toEqual([])
})

test('above the amount a second person decides, never the one who asked, and why stands in the history', async () => {
  const { caseId, legId } = oneSided(1)
  expect((await theLeg(caseId)).acts.reissue).toBe('second')
  expect((await wang.ask('POST', `/legs/${legId}/reissue`, { reason: '患者出院没看到' })).body).toEqual({
    state: 'waiting',
  })
  expect((await list('?list=todo')).cases).toMatchObject([{ id: caseId, legs: [{ waitsForReview: true }] }])
  expect((await theLeg(caseId)).acts).toMatchObject({ reissue: null, mayDecide: false })
  expect((await theLeg(caseId, li)).acts).toMatchObject({
    ...{ reissue: null, mayDecide: true, review: { askedBy: '王会计', reason: '患者出院没看到' } },
  })
  const decide = (who: Operator, agrees: boolean, reason: string) =>
    who.ask('POST', `/legs/${legId}/reissue/decision`, { agrees, reason })
  expect((await decide(wang, true, '自己同意')).error?.message).toContain('复核的人不能是申请的人')
  expect((await decide(li, false, '先电话核对')).body).toEqual({ state: 'refused' })
  await wang.ask('POST', `/legs/${legId}/reissue`, { reason: '电话核对过' })
  expect((await decide(li, true, '已核对')).body).toEqual({ state: 'reissued' })
  expect((await theLeg(caseId)).history).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ what: '复核不同意', who: '李会计', why: '先电话核对' }),
      expect.objectContaining({ what: '复核同意', who: '李会计', why: '已核对' }),
    ]),
  )
  expect((await user.case(caseId)).legs).toMatchObject([{ phase: 'to-receive' }])
})

test('given back with a reason; the books of the case add up to nothing', async () => {
  const { caseId, legId, patid } = oneSided(2)
  const given = await wang.ask('POST', `/legs/${legId}/give-back`, { reason: '患者改在窗口退' })
  expect(given.body).toEqual({ state: 'released' })
  expect(rig.his().balanceOf(patid)).toMatchObject({ total: 4_000, available: 4_000 })
  const { journal, legs } = await detail(caseId)
  expect(journal).toHaveLength(4)
  expect(journal.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(0)
  expect(legs[0]).toMatchObject({
    shown: 'released',
    sums: { heldFen: 4_000, releasedFen: 4_000, inTransitFen: 0 },
  })
  const [said] = await rig.asOwner<{ detail: object }>(
    `SELECT detail FROM audit_entry WHERE action = 'refunds.given-up' AND subject = '${legId}'`,
  )
  expect(said?.detail).toEqual({ reason: '患者改在窗口退' })
})

test('a refund that is abnormal goes to a bank card of the patient, which is shown to nobody', async () => {
  const patient = await rig.newPatient()
  const recharge = await rig.recharge(patient.patid, 3_000, { person: 'payer-abnormal' })
  const patientId = await user.link(patient)
  const { body } = await user.originalOrders(patientId)
  rig.fault('refund-abnormal')
  const stuck = await user.applyOriginal(patientId, [{ orderId: body.orders[0]?.id ?? '', amountFen: 3_000 }])
  await rig.pass(10 * MINUTE_MS)
  const [caseId, legId] = [stuck.body.id, stuck.body.legs[0]?.id ?? '']
  for (const query of ['?list=abnormal', '?list=todo', `?number=${recharge}`])
    expect((await list(query)).cases, query).toMatchObject([
      { id: caseId, legs: [{ shown: 'stopped', why: expect.stringContaining('原来的账户收不了') }] },
    ])
  expect((await theLeg(caseId)).acts).toMatchObject({ reissue: null, giveBack: false, abnormal: true })
  const card = '6222021234567890123'
  const mend = (bankType: string) =>
    wang.ask('POST', `/legs/${legId}/abnormal`, { bankType, bankAccount: card, reason: '患者来电提供' })
  const wrong = await mend('工行')
  expect([wrong.status, JSON.stringify(wrong.error)]).toEqual([
    400,
    expect.stringContaining('银行代码是微信的大写代码'),
  ])
  expect((await mend('ICBC_DEBIT')).body).toEqual({ state: 'accepted' })
  const shown = JSON.stringify([wrong, await detail(caseId), await list('?list=todo'), rig.logLines])
  expect(shown).not.toContain(card)
})

test('over a day without an end: shown as what must not be reissued, and the server refuses it', async () => {
  const patient = await rig.newPatient({ balanceFen: 2_000 })
  const { body } = await user.refundByFace(patient)
  // WeChat closes some only long after the day.
  await rig.asOwner(
    `UPDATE refund_leg SET changed_at_ms = changed_at_ms - ${25 * HOUR_MS} WHERE case_id = '${body.id}'`,
  )
  expect((await list('?list=overdue')).cases).toMatchObject([{ id: body.id, legs: [{ shown: 'overdue' }] }])
  const leg = await theLeg(body.id)
  expect(leg.acts).toMatchObject({
    reissue: null,
    giveBack: false,
    barred: expect.stringContaining('不能重发'),
  })
  expect((await list('?list=one-sided')).cases.map(({ id }) => id)).not.toContain(body.id)
  const legId = body.legs[0]?.id ?? ''
  for (const act of ['reissue', 'give-back'])
    expect((await wang.ask('POST', `/legs/${legId}/${act}`, { reason: '患者来催' })).status).toBe(409)
})

test('pages by keyset: each sum once, whatever the list', async () => {
  for (const kind of ['all', 'in-transit', 'todo']) {
    const whole = (await list(`?list=${kind}`)).cases
    expect(whole.length, kind).toBeGreaterThan(0)
  }
  expect((await wang.ask('GET', '/cases?before=yesterday')).status).toBe(400)
})

test('funds: what is there, what is promised, what was noted by whom; and the stop switch, with its reason', async () => {
  await wang.ask('POST', '/funds/balance', { balanceFen: 123_450 })
  rig.clock.advance(1_000)
  await wang.ask('POST', '/funds/top-up', { amountFen: 5_000 })
  const { body } = await wang.ask<Record<string, unknown>>('GET', '/funds')
  expect(body).toMatchObject({
    accounts: [{ balanceFen: 123_450, source: 'operator', toppedUpFen: 5_000, lowFundsFen: 1_000_000 }],
    topUps: [{ amountFen: 5_000, notedBy: '王会计' }],
    ...{ stop: null, turnedAway: { count: 0, amountFen: 0 } },
  })
  await wang.ask('POST', '/stop', { stopped: true, reason: '账实不符，先停' })
  expect((await wang.ask('GET', '/funds')).body).toMatchObject({
    stop: { by: '王会计', reason: '账实不符，先停' },
  })
  await wang.ask('POST', '/stop', { stopped: false, reason: '查清了' })
  const [said] = await rig.asOwner<{ detail: object }>(
    `SELECT detail FROM audit_entry WHERE action = 'payments.payouts-resumed'`,
  )
  expect(said?.detail).toEqual({ reason: '查清了', stoppedBecause: '账实不符，先停' })
})

test('the counter: by card or by number, one sentence each, and who looked stands in the audit', async () => {
  const one = oneSided(0)
  interface Answer {
    readonly refunds: readonly { caseId: string; lines: readonly { sentence: string; next: string }[] }[]
  }
  const ask = (number: string) => wang.ask<Answer>('POST', '/counter/refunds', { number })
  const { body } = await ask(` ${one.idNumber.toLowerCase()} `)
  expect(body.refunds).toMatchObject([{ caseId: one.caseId }])
  expect(body.refunds[0]?.lines[0]?.sentence).toMatch(
    /^赵\*领，2026-11-23 申请 386\.50 元，微信转账，等待患者在微信里点“确认收款”，11-25 \d\d:\d\d 前有效。$/,
  )
  expect((await ask(one.cardNumber ?? '')).body).toEqual({ ...body, atMs: expect.any(Number) })
  expect((await ask('000000000001')).body.refunds).toEqual([])
  expect((await wang.ask('POST', '/counter/refunds', { number: '1' })).status).toBe(400)
  const looks = await rig.asOwner<{ actor: string; subject: string }>(
    `SELECT actor, subject FROM audit_entry WHERE action = 'refunds.counter-looked' ORDER BY id`,
  )
  expect(looks.map(({ subject }) => subject)).toEqual([one.caseId, one.caseId, 'nothing-found'])
  for (const text of [JSON.stringify(body), ...rig.logLines]) {
    expect(text).not.toContain(one.idNumber)
    expect(text).not.toContain('赵未领')
  }
})

test('the command line shows the same, masked', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-cli-'))
  writeFileSync(join(dataDir, 'url'), database.appUrl)
  writeFileSync(join(dataDir, 'data-key'), 'ab'.repeat(32))
  vi.stubEnv('ZHANGYI_DATABASE_URL_FILE', join(dataDir, 'url'))
  vi.stubEnv('ZHANGYI_DATA_DIR', dataDir)
  let output = ''
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text)
    return true
  })
  const run = (...args: readonly string[]) => {
    const program = new Command().exitOverride()
    addCaseCommands(program)
    return program.parseAsync(['node', 'refunds', ...args])
  }
  try {
    await run('one-sided')
    await run('show', oneSided(2).legId)
    await expect(run('show', 'ZY404')).rejects.toThrow('没有退款单号或商户单号')
  } finally {
    spy.mockRestore()
    vi.unstubAllEnvs()
  }
  expect(output).toContain('没有单边订单')
  expect(output).toMatch(/人脸核验退款　赵\*领，卡尾号 \d{4}　40.00 元/)
  expect(output).toContain('人工退回余额　王会计')
})
