import { MINUTE_MS } from '@zhangyi/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRefunds, type RefundsRig } from './refunds-rig.ts'

const HEADINGS = '院内ID,姓名,证件号码,手机号,就诊卡号,余额(元),余额产生日期'
const OLD = '2024-01-01'

interface Campaign {
  readonly id: string
  readonly state: string
  readonly gathering: { readonly done: boolean; readonly lookedAt: number; readonly gathered: number }
}

interface Preview {
  readonly way: { readonly samples: readonly { readonly lines: readonly { readonly text: string }[] }[] }
}

let rig: RefundsRig
let operator: Awaited<ReturnType<RefundsRig['operator']>>
beforeAll(async () => {
  rig = await openRefunds()
  operator = await rig.operator('wang-03')
})
afterAll(() => rig.close())

const importLedger = async (lines: readonly string[]) => {
  const csv = [HEADINGS, ...lines].join('\n')
  const { body } = await operator.ask('POST', '/ledger/import', { csv, mayClearMost: true })
  expect(body).toMatchObject({ rows: lines.length })
}
const create = async (wanted: object) =>
  (await operator.ask<Campaign>('POST', '/campaigns', { name: '余额清理', ...wanted })).body
const show = async (id: string) => (await operator.ask<Campaign>('GET', `/campaigns/${id}`)).body
const toldOf = async (patid: string) => {
  const [row] = await rig.asOwner<{ at: string | null; how: string | null }>(
    `SELECT told_at_ms AS at, told_how AS how FROM balance_record WHERE patid = '${patid}'`,
  )
  return row?.at == null ? undefined : { atMs: Number(row.at), how: row.how }
}
/** Somebody who uses the app and has a balance of long ago. */
const someone = async (balanceFen = 8_000) => {
  const patient = await rig.newPatient({ balanceFen })
  const user = await rig.signIn()
  await user.link(patient)
  const yuan = (balanceFen / 100).toFixed(2)
  const line = `${patient.patid},${patient.name},${patient.idNumber},13800000210,${patient.cardNumber},${yuan},${OLD}`
  return { patient, user, line }
}

test('who has an old balance is told of it, and the ledger knows; who cannot be reached comes out for SMS or phone', async () => {
  const reached = await someone()
  const many = Array.from({ length: 1_040 }, (_, index) => `ZZ${index},王某,,,,1.00,${OLD}`)
  await importLedger([
    ...[reached.line, `AA01,"=HYPERLINK(""x"")",,13800000219,,50.00,${OLD}`],
    ...['AA02,赵小额,,,,0.50,2024-01-01', 'AA03,钱新近,,,,60.00,2026-11-01', ...many],
  ])
  const preview = await operator.ask<Preview>('POST', '/campaigns/preview', {
    ...{ minFen: 100, sinceBefore: '2026-01-01' },
  })
  expect(preview.body).toMatchObject({
    ...{ targets: 1_042, reachable: 1, withPhone: 1, withoutPhone: 1_040, toldBefore: 0, isCut: false },
    ...{ fen: 104_000 + 5_000 + 8_000, way: { from: '08:00', to: '21:00' } },
  })
  // What a patient will read, on somebody who does not exist, masked as it will be.
  const texts = preview.body.way.samples.flatMap(({ lines }) => lines.map(({ text }) => text))
  expect(texts).toEqual(expect.arrayContaining(['李*华', '****0931', '128.50元']))
  const made = await create({ minFen: 100, sinceBefore: '2026-01-01' })
  expect(made).toMatchObject({ state: 'draft', of: { minFen: 100, sinceBefore: '2026-01-01', again: false } })
  expect((await operator.ask('POST', `/campaigns/${made.id}/run`, {})).error?.message).toContain('还在')
  await rig.run()
  expect(await show(made.id)).toMatchObject({
    ...{ gathering: { done: true, lookedAt: 1_042, gathered: 1_042 }, targets: 1_042 },
    ...{ waiting: 1, unreachable: 1_041 },
  })
  expect((await operator.ask('POST', `/campaigns/${made.id}/run`, {})).body).toMatchObject({
    state: 'running',
  })
  expect((await operator.ask('POST', `/campaigns/${made.id}/pause`, {})).body).toMatchObject({
    state: 'paused',
  })
  expect((await operator.ask('POST', `/campaigns/${made.id}/pause`, {})).status).toBe(409)
  await operator.ask('POST', `/campaigns/${made.id}/run`, {})
  await rig.pass(2 * MINUTE_MS)
  const { body } = await operator.ask<{ campaigns: Campaign[] }>('GET', '/campaigns')
  expect(body.campaigns).toMatchObject([{ id: made.id, state: 'done', accepted: 1, unreachable: 1_041 }])
  expect(await toldOf(reached.patient.patid)).toMatchObject({ how: 'assistant' })
  expect(await toldOf('AA01')).toBeUndefined()
  expect((await operator.ask('POST', `/campaigns/${made.id}/unreachable`, {})).status).toBe(400)
  const reason = { reason: '交电话组通知' }
  const csv = String((await operator.ask('POST', `/campaigns/${made.id}/unreachable`, reason)).body)
  expect(csv).toContain(`"'=HYPERLINK(""x"")",,50.00,13800000219,`)
  expect(csv).not.toContain(reached.patient.cardNumber)
  const audits = await rig.asOwner<{ action: string }>(
    `SELECT action FROM audit_entry WHERE subject = '${made.id}' AND actor = 'operator:wang-03' ORDER BY id`,
  )
  expect(audits.map(({ action }) => action.replace('notices.campaign-', ''))).toEqual([
    ...['created', 'started', 'paused', 'resumed', 'exported'],
  ])
})

test('who was told before is not a target again, unless that is wanted', async () => {
  const [first, second] = [await someone(), await someone()]
  await importLedger([first.line, second.line])
  const one = await create({ minFen: 1 })
  await rig.run()
  await operator.ask('POST', `/campaigns/${one.id}/run`, {})
  await rig.pass(2 * MINUTE_MS)
  const [none, both] = [await create({ minFen: 1 }), await create({ minFen: 1, again: true })]
  await rig.run()
  expect((await show(none.id)).gathering).toEqual({ done: true, lookedAt: 2, gathered: 0 })
  expect((await show(both.id)).gathering).toEqual({ done: true, lookedAt: 2, gathered: 2 })
})

test('a message about a refund tells of the balance, too', async () => {
  const { patient, user, line } = await someone()
  await importLedger([line])
  await user.refundByFace(patient)
  expect(await toldOf(patient.patid)).toBeUndefined()
  await rig.run()
  expect(await toldOf(patient.patid)).toEqual({ atMs: rig.clock.nowMs(), how: 'assistant' })
})

test('nobody without a sign-in sees or starts anything', async () => {
  const ask = (method: 'GET' | 'POST', path: string, payload?: object) =>
    rig.app.http.inject({
      ...{ method, url: `/api/v1/console/refunds/campaigns${path}`, headers: { origin: rig.origin } },
      ...(payload && { payload }),
    })
  expect((await ask('GET', '')).statusCode).toBe(401)
  expect((await ask('POST', '', { name: '余额清理', minFen: 1 })).statusCode).toBe(401)
  expect((await ask('POST', '/camp_1/unreachable', {})).statusCode).toBe(401)
})
