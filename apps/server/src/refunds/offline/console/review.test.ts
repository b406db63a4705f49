import { hospitalId, shanghaiDay } from '@zhangyi/core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../../tests/setup/test-database.ts'
import { Cipher } from '../../../platform/crypto/cipher.ts'
import { importBalances } from '../../ledger/import-balances.ts'
import { progressOf } from '../../ledger/progress-of.ts'
import type { OfflineApplication } from '../offline-views.ts'
import {
  APPLICANT,
  type OfflineStack,
  openOfflineRoom,
  PATIENT,
  photo,
  submitted,
  type TestUser,
} from '../test-support/open-offline-room.ts'

type Problem = { error: { code: string; message: string; fields: { field: string; message: string }[] } }
const DEMO = hospitalId('demo')
let db: TestDatabase
let stack: OfflineStack
let user: TestUser

beforeAll(async () => {
  db = await createTestDatabase()
  stack = await openOfflineRoom(db)
})
beforeEach(async () => {
  user = await stack.newUser()
})
afterAll(async () => {
  await stack.close()
  await db.drop()
})

const audits = (subject: string) =>
  db.asOwner<{ action: string; actor: string; detail: Record<string, unknown> }>(
    `SELECT action, actor, detail FROM audit_entry WHERE subject = '${subject}' ORDER BY id`,
  )

describe('what the hospital does', () => {
  const HEADINGS = '院内ID,姓名,证件号码,手机号,就诊卡号,余额(元),余额产生日期'
  const ledgerDesk = () => ({
    ...{ clock: stack.clock, cipher: new Cipher('ab'.repeat(32)), database: db.database },
  })
  const importLedger = (...lines: readonly string[]) =>
    importBalances(
      ledgerDesk(),
      DEMO,
      { text: [HEADINGS, ...lines].join('\n'), mayClearMost: true },
      'wang-03',
    )
  const ledgerDay = async () => {
    const day = shanghaiDay(stack.clock.nowMs())
    return (await db.database.inTransaction(DEMO, (tx) => progressOf(tx, day, day)))[0]
  }
  const approved = async (amountFen: number) => {
    const { id } = await submitted(await stack.newUser())
    await post(id, 'take')
    await post(id, 'approve', { amountFen })
    return id
  }

  const post = <T = OfflineApplication>(id: string, way: string, body: object = {}, name = 'wang-03') =>
    stack.asOperator<T>(name, 'POST', `/${id}/${way}`, body)

  test('the whole life: handed in, asked for more, handed in again, approved, paid out', async () => {
    const { id } = await submitted(user)
    expect((await post(id, 'take')).body).toMatchObject({ state: 'in-review', reviewer: 'wang-03' })
    // What is looked at stands still.
    expect((await user.ask<Problem>('POST', `/${id}/documents`, photo('other'))).body.error.code).toBe(
      'offline-wrong-step',
    )
    await post(id, 'ask', { text: '授权委托书看不清，请重新拍' })
    const asked = (await user.ask<OfflineApplication>('GET', `/${id}`)).body
    expect(asked).toMatchObject({ state: 'more-documents', said: '授权委托书看不清，请重新拍' })
    await user.ask('POST', `/${id}/documents`, photo('authorisation', 'sharp'))
    stack.clock.advance(60_000)
    expect((await user.ask('POST', `/${id}/submit`)).body).toMatchObject({ state: 'submitted', said: null })
    await post(id, 'take')
    expect((await post(id, 'approve', { amountFen: 50_000, text: '请带身份证到 3 号窗' })).body.state).toBe(
      'approved',
    )
    expect((await user.ask('GET', `/${id}`)).body).toMatchObject({
      amountFen: 50_000,
      said: '请带身份证到 3 号窗',
    })
    // The money may be on its way.
    expect((await user.ask<Problem>('POST', `/${id}/withdraw`)).status).toBe(409)
    const paid = await post(id, 'payout', { how: 'window', voucher: 'SK-20261128-7' })
    expect(paid.body).toMatchObject({
      state: 'paid-out',
      payout: { how: 'window', voucher: 'SK-20261128-7' },
    })
    // A lost reply: told again, it is the same payout.
    expect((await post(id, 'payout', { how: 'window', voucher: 'SK-20261128-7' })).status).toBe(200)
    expect((await post<Problem>(id, 'payout', { how: 'window', voucher: 'SK-20261128-8' })).status).toBe(409)
    expect((await user.ask<OfflineApplication>('GET', `/${id}`)).body).toMatchObject({
      ...{ state: 'paid-out', amountFen: 50_000, said: null },
      payout: { howName: '窗口付款', voucher: 'SK-20261128-7' },
    })
    const { body } = await stack.asOperator<{ steps: { name: string; actor: string }[] }>(
      'li-04',
      'GET',
      `/${id}`,
    )
    expect(body.steps.map(({ name, actor }) => `${actor} ${name}`)).toEqual([
      ...['申请人 提交', 'wang-03 开始审核', 'wang-03 要求补材料', '申请人 提交', 'wang-03 开始审核'],
      ...['wang-03 同意', 'wang-03 登记付款'],
    ])
    expect((await audits(id)).map(({ action }) => action.replace('refunds.offline-', ''))).toEqual([
      ...['started', 'document-added', 'document-added', 'document-added', 'submitted', 'taken', 'asked'],
      ...['document-added', 'submitted', 'taken', 'approved', 'paid-out'],
    ])
  })

  test('from the configured amount on another person must repeat it to the fen', async () => {
    const { id } = await submitted(user)
    await post(id, 'take')
    const proposed = await post(id, 'approve', { amountFen: 100_000, text: '请带身份证来' })
    expect(proposed.body).toMatchObject({
      ...{ state: 'in-review', amountFen: null },
      proposal: { by: 'wang-03', amountFen: 100_000 },
    })
    expect((await user.ask('GET', `/${id}`)).body).toMatchObject({ said: null, amountFen: null })
    for (const name of ['wang-03', 'WANG-03']) {
      const alone = await post<Problem>(id, 'approve', { amountFen: 100_000 }, name)
      expect([alone.status, alone.body.error.code]).toEqual([409, 'second-person-required'])
    }
    // Another amount is another proposal: nobody has agreed to it.
    const other = await post(id, 'approve', { amountFen: 200_000 }, 'li-04')
    expect(other.body).toMatchObject({ state: 'in-review', proposal: { by: 'li-04', amountFen: 200_000 } })
    const approved = await post(id, 'approve', { amountFen: 200_000 }, 'wang-03')
    expect(approved.body).toMatchObject({ state: 'approved', amountFen: 200_000, proposal: null })
    // A mistake is taken back, and the old agreement with it.
    await post(id, 'reopen', { text: '金额核对有误，重新审核' })
    expect((await post(id, 'approve', { amountFen: 200_000 }, 'wang-03')).body.state).toBe('in-review')
  })

  test('two who decide at once: one decision stands', async () => {
    const { id } = await submitted(user)
    await post(id, 'take')
    const both = await Promise.all([
      post(id, 'approve', { amountFen: 100 }, 'wang-03'),
      post(id, 'reject', { text: '材料不是患者本人的' }, 'li-04'),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  test('a voucher pays one application', async () => {
    const ids: string[] = []
    for (const by of [user, await stack.newUser()]) {
      const { id } = await submitted(by)
      await post(id, 'take')
      await post(id, 'approve', { amountFen: 100 })
      ids.push(id)
    }
    const payout = { how: 'bank-transfer', voucher: 'BANK-1' }
    expect((await post(ids[0] ?? '', 'payout', payout)).status).toBe(200)
    const again = await post<Problem>(ids[1] ?? '', 'payout', payout)
    expect([again.status, again.body.error.fields[0]?.field]).toEqual([400, 'voucher'])
    // The clerk is told that the same patient was there before.
    const { body } = await stack.asOperator<{ samePatient: { id: string }[] }>('li-04', 'GET', `/${ids[1]}`)
    expect(body.samePatient.map(({ id }) => id)).toContain(ids[0])
  })

  test('what is paid on paper counts in the ledger as refunded, once, on the day on which it was paid', async () => {
    // By the document of the patient; another name on the same card is somebody else's.
    await importLedger(
      `P1,${PATIENT.name},${PATIENT.idNumber},,,300.00,2020-01-01`,
      `P2,别人,,,${PATIENT.cardNumber},40.00,2020-01-01`,
    )
    const before = await ledgerDay()
    const id = await approved(12_000)
    const shown = await stack.asOperator<{ ledger: object }>('li-04', 'GET', `/${id}`)
    expect(shown.body.ledger).toEqual({
      patid: null,
      archives: [{ patid: 'P1', balanceFen: 30_000, refundedFen: 0 }],
    })
    const payout = { how: 'window', voucher: 'LEDGER-1' }
    expect((await post(id, 'payout', payout)).body).toMatchObject({ ledger: { patid: 'P1', archives: [] } })
    await Promise.all([post(id, 'payout', payout), post(id, 'payout', payout)])
    expect(await ledgerDay()).toMatchObject({
      refundedCount: (before?.refundedCount ?? 0) + 1,
      refundedFen: (before?.refundedFen ?? 0) + 12_000,
    })
    const [row] = await db.asOwner(
      `SELECT balance_fen::int AS left, refunded_fen::int AS refunded, refunded_ways AS ways FROM balance_record
       WHERE patid = 'P1'`,
    )
    expect(row).toEqual({ left: 18_000, refunded: 12_000, ways: ['offline'] })
    // A file of balances from before the payment says no more than is left.
    await importBalances(
      ledgerDesk(),
      DEMO,
      {
        text: `${HEADINGS}\nP1,${PATIENT.name},${PATIENT.idNumber},,,300.00,2020-01-01\nP9,张三,,,,1.00,`,
        asOfMs: stack.clock.nowMs() - 1,
      },
      'wang-03',
    )
    expect(
      (await db.asOwner(`SELECT balance_fen::int AS left FROM balance_record WHERE patid = 'P1'`))[0],
    ).toEqual({ left: 18_000 })
  })

  test('of several archives the clerk says which was paid; whom the ledger does not know counts nowhere', async () => {
    await importLedger(
      `P3,${PATIENT.name},${PATIENT.idNumber},,,30.00,2020-01-01`,
      `P4,${PATIENT.name},,,${PATIENT.cardNumber},20.00,2020-01-01`,
      `P5,别人,,,,20.00,2020-01-01`,
    )
    const id = await approved(2_000)
    const payout = { how: 'window', voucher: 'LEDGER-2' }
    const open = await post<Problem>(id, 'payout', payout)
    expect(open.body.error.fields).toMatchObject([{ field: 'patid' }])
    const foreign = await post<Problem>(id, 'payout', { ...payout, patid: 'P5' })
    expect([foreign.status, foreign.body.error.fields[0]?.field]).toEqual([400, 'patid'])
    await post(id, 'payout', { ...payout, patid: 'P4' })
    expect(
      await db.asOwner(`SELECT patid, refunded_fen::int AS fen FROM balance_record WHERE patid IN ('P3', 'P4')
        ORDER BY patid`),
    ).toEqual([
      { patid: 'P3', fen: 0 },
      { patid: 'P4', fen: 2_000 },
    ])
    await db.asOwner('DELETE FROM balance_refund; DELETE FROM balance_record')
    const unknown = await approved(3_000)
    expect((await post(unknown, 'payout', { how: 'window', voucher: 'LEDGER-3' })).body).toMatchObject({
      ...{ state: 'paid-out', ledger: { patid: null } },
    })
    expect(await db.asOwner('SELECT 1 FROM balance_refund')).toEqual([])
  })

  test('the list says how many wait in each state, and finds an application by its number or voucher', async () => {
    const { id } = await submitted(user)
    const page = (query: string) =>
      stack.asOperator<{ counts: Record<string, number>; applications: { id: string }[] }>(
        ...(['li-04', 'GET', query] as const),
      )
    const waiting = (await page('?state=submitted')).body
    expect(waiting.counts['submitted']).toBe(waiting.applications.length)
    expect(waiting.counts['paid-out']).toBeUndefined()
    expect((await page(`?state=approved&number=${id}`)).body.applications).toMatchObject([{ id }])
    await post(id, 'take')
    await post(id, 'approve', { amountFen: 100 })
    await post(id, 'payout', { how: 'bank-transfer', voucher: 'FIND-1' })
    expect((await page('?number=FIND-1')).body.applications).toMatchObject([{ id, state: 'paid-out' }])
  })

  test('names and numbers are masked until a reason is given, and the reason is kept', async () => {
    const { id } = await submitted(user)
    const masked = await stack.asOperator('wang-03', 'GET', `/${id}`)
    const whole = JSON.stringify(masked.body)
    for (const secret of [
      APPLICANT.name,
      APPLICANT.idNumber,
      APPLICANT.phone,
      PATIENT.name,
      PATIENT.idNumber,
    ])
      expect(whole).not.toContain(secret)
    const number = await post<Problem>(id, 'unmask', { reason: `核对 ${PATIENT.idNumber}` })
    expect([number.status, number.body.error.fields[0]?.message]).toEqual([
      400,
      '原因里不要写证件号码或电话号码',
    ])
    const open = await post(id, 'unmask', { reason: '核对材料与登记' })
    expect(open.body).toMatchObject({ applicant: APPLICANT, patient: PATIENT, note: '父亲王大山行动不便' })
    expect(await audits(id)).toContainEqual({
      ...{
        action: 'refunds.offline-unmasked',
        actor: 'operator:wang-03',
        detail: { reason: '核对材料与登记' },
      },
    })
  })

  test('a document is handed out as a file, never shown in our pages, and it is recorded who took it', async () => {
    const { id, documents } = await submitted(user)
    // Those of one millisecond have no order.
    const first = documents.find(({ kind }) => kind === 'applicant-id')
    const path = `/${id}/documents/${first?.id}`
    const { bytes, headers } = await stack.asOperator('wang-03', 'GET', path)
    expect(bytes.toString('latin1')).toContain('photo of applicant-id')
    expect(headers['content-type']).toBe('image/jpeg')
    expect(headers['content-disposition']).toMatch(/^attachment; filename="applicant-id-[0-9a-f]{8}\.jpg"$/)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-security-policy']).toContain('sandbox')
    expect(headers['cache-control']).toBe('no-store')
    expect(await audits(id)).toContainEqual({
      ...{ action: 'refunds.offline-document-seen', actor: 'operator:wang-03' },
      detail: { document: first?.id, kind: 'applicant-id' },
    })
    const stranger = await stack.http.inject({ url: `/api/v1/console/refunds/offline${path}` })
    expect(stranger.statusCode).toBe(401)
  })
})

test('the queue goes on where the page ended, whoever waited longest first', async () => {
  const fresh = await createTestDatabase()
  const own = await openOfflineRoom(fresh, { perDay: 50, maxOpen: 20 })
  try {
    const by = await own.newUser()
    await submitted(by)
    await fresh.asOwner(`INSERT INTO offline_application SELECT (jsonb_populate_record(one, jsonb_build_object(
      'id', 'offline_' || md5(n::text), 'request_key', 'copy-' || n, 'moved_at_ms', one.moved_at_ms + n / 2))).*
      FROM offline_application one, generate_series(1, 120) n`)
    const seen: { id: string; movedAtMs: number }[] = []
    const readFrom = async (before: string | null): Promise<void> => {
      const path = `?state=submitted${before === null ? '' : `&before=${before}`}`
      const page = await own.asOperator<{ applications: typeof seen; next: string | null }>(
        'li-04',
        'GET',
        path,
      )
      seen.push(...page.body.applications)
      if (page.body.next !== null) await readFrom(page.body.next)
    }
    await readFrom(null)
    expect(new Set(seen.map((one) => one.id)).size).toBe(121)
    expect(seen.map(({ movedAtMs }) => movedAtMs)).toEqual(
      seen.map(({ movedAtMs }) => movedAtMs).toSorted((a, b) => a - b),
    )
  } finally {
    await own.close()
    await fresh.drop()
  }
})
