import { DAY_MS, hospitalId, MINUTE_MS } from '@zhangyi/core'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/setup/test-database.ts'
import { auditExport } from '../audit/list/audit-export.ts'
import { callsExport } from '../call-log/console/calls-export.ts'
import { recordCall } from '../call-log/record-call.ts'
import type { Role } from '../operators/access/roles.ts'
import { ORIGIN, openDoor } from '../operators/test-support/open-door.ts'
import { signInAs } from '../operators/test-support/sign-in-as.ts'
import { MOST_KEPT, MOST_UNFINISHED } from './ask-export.ts'
import { type AnyExportKind, exportKind, type PageAfter } from './export-kind.ts'
import { exportsWork } from './exports-work.ts'
import { registerExports } from './register-exports.ts'
import type { ExportsRoom } from './room.ts'

const FIRST = hospitalId('first')
const AT = Date.parse('2026-11-28T10:00:00+08:00')

let database: TestDatabase
let door: Awaited<ReturnType<typeof openDoor>>
let room: ExportsRoom
let woken: string[]
beforeAll(async () => {
  database = await createTestDatabase()
  for (let n = 0; n < 30; n++)
    await recordCall(
      database.database,
      n % 3 === 0 ? hospitalId('second') : FIRST,
      {
        ...{ startedAtMs: AT + n * MINUTE_MS, durationMs: n, platform: 'his', operation: 'deposits.hold' },
        ...{ requestId: `req-${n}`, traceId: `ZY-${n}`, outcome: n % 2 === 0 ? 'yes' : 'unknown' },
        ...{ code: n === 1 ? '=HYPERLINK("http://x","y")' : 'ok', request: {}, reply: undefined },
      },
      (error) => {
        throw error
      },
    )
})
beforeEach(async () => {
  await database.asOwner('DELETE FROM console_export; TRUNCATE audit_entry')
  door = await openDoor(database)
  woken = []
  open([callsExport, auditExport, many()])
})
afterAll(() => database.drop())

function open(kinds: readonly AnyExportKind[]) {
  const wake = async (_: unknown, name: string) => void woken.push(name)
  room = { ...door.room, jobs: { wake }, kinds }
  registerExports(door.http, room)
}

/** Rows that nobody has to store: 0, 1, 2 …, as amounts too. */
function many(read?: (from: number) => Promise<void>) {
  return exportKind({
    ...{ name: 'many', zh: '许多', permission: 'calls.export' },
    columns: [{ title: '序号' }, { title: '金额（元）', kind: 'yuan' }, { title: '说明' }],
    filters: z.object({ count: z.coerce.number().optional() }),
    read: async (_tx, { count = 3 }, { after, limit }: PageAfter<number>) => {
      const from = after === undefined ? 0 : after + 1
      await read?.(from)
      return Array.from({ length: Math.min(limit, count - from) }, (_, n) => from + n)
    },
    cells: (n) => [n, n - 1, `第 ${n} 行 <&>\u0000`],
  })
}

const as = async (role: Role, loginName: string = role, hospitals?: readonly string[]) =>
  door.desk(await signInAs(door.room, { origin: ORIGIN, loginName, role, ...(hospitals && { hospitals }) }))
const work = () => exportsWork(room).runDue(door.clock, 100)
type Desk = Awaited<ReturnType<typeof as>>
const asked = async (desk: Desk, wish: object = {}) =>
  (await desk.ask('POST', '/exports', { hospital: 'first', kind: 'calls', format: 'csv', ...wish })).body
const file = (desk: Desk, id: string, hospital = 'first') =>
  door.http.inject({
    url: `/api/v1/console/exports/${id}/file?hospital=${hospital}`,
    headers: { cookie: desk.cookie },
  })
const own = async (desk: Desk) => (await desk.ask('GET', '/exports?hospital=first')).body.exports
const audited = () =>
  database.asOwner<{ actor: string; action: string; subject: string; detail: object }>(
    `SELECT actor, action, subject, detail FROM audit_entry WHERE action LIKE 'exports.%' ORDER BY id`,
  )

describe('a list is taken along', () => {
  test('asked for, written in the background, downloaded: as it was searched, of one hospital, nothing runs in it', async () => {
    const desk = await as('operator')
    expect((await desk.ask('POST', '/exports/count', { hospital: 'first', kind: 'calls' })).body.rows).toBe(
      20,
    )
    const { id, state, rowsExpected } = await asked(desk, {
      filters: { outcome: 'unknown', to: '2026-11-28' },
    })
    expect([state, rowsExpected, woken]).toEqual(['waiting', 10, ['platform.exports']])
    expect((await file(desk, id)).json().error.message).toContain('还没有写完')
    await work()
    expect(await own(desk)).toMatchObject([{ id, name: '接口调用', state: 'done', rowsDone: 10 }])
    const answer = await file(desk, id)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="calls-first-2026-11-28.csv"',
      'cache-control': 'no-store',
    })
    const lines = answer.body.split('\r\n')
    expect(lines[0]).toBe('\uFEFF时间,对方,接口,结果,返回码,用时（毫秒）,请求号,追踪号')
    expect(lines[1]).toBe('2026-11-28 10:29:00,his,deposits.hold,结果未知,ok,29,req-29,ZY-29')
    expect(lines.at(-2)).toContain(`"'=HYPERLINK(""http://x"",""y"")"`)
    expect(lines).toHaveLength(12)
    expect(answer.body).not.toContain('req-3,')
  })

  test('as a workbook: numbers are numbers, money is yuan, texts are texts, and XML stays whole', async () => {
    const desk = await as('operator')
    const { id } = await asked(desk, { kind: 'many', format: 'xlsx' })
    await work()
    const parts = unzipSync((await file(desk, id)).rawPayload)
    expect(Object.keys(parts)).toContain('xl/workbook.xml')
    const sheet = strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
    expect(sheet).toContain('<c s="1" t="inlineStr"><is><t xml:space="preserve">金额（元）</t></is></c>')
    expect(sheet).toContain(
      '<row><c><v>0</v></c><c s="2"><v>-0.01</v></c><c t="inlineStr"><is><t xml:space="preserve">第 0 行 &lt;&amp;&gt;</t></is></c></row>',
    )
    expect(sheet.match(/<row>/g)).toHaveLength(4)
    expect(sheet.endsWith('</sheetData></worksheet>')).toBe(true)
  })

  test('amounts in a CSV file have two decimals, and below zero they stay numbers', async () => {
    const desk = await as('operator')
    const { id } = await asked(desk, { kind: 'many' })
    await work()
    expect((await file(desk, id)).body.split('\r\n').map((line) => line.split(',')[1])).toEqual([
      ...['金额（元）', '-0.01', '0.00', '0.01', undefined],
    ])
  })

  test('who asked and who took it, what and why, stands in the audit; the auditor says what for', async () => {
    const desk = await as('audit')
    const refused = await desk.ask('POST', '/exports', { hospital: 'first', kind: 'audit', format: 'csv' })
    expect(refused.body.error.fields[0].field).toBe('reason')
    expect(await audited()).toEqual([])
    const { id } = await asked(desk, { kind: 'audit', filters: { actor: 'user:1' }, reason: '年度等保检查' })
    await work()
    await file(desk, id)
    const detail = { kind: 'audit', format: 'csv' }
    expect(await audited()).toEqual([
      {
        ...{ actor: 'operator:audit', action: 'exports.asked', subject: id },
        detail: { ...detail, actor: 'user:1', reason: '年度等保检查' },
      },
      {
        ...{ actor: 'operator:audit', action: 'exports.downloaded', subject: id },
        detail: { ...detail, rows: 0 },
      },
    ])
    const { id: ofAccounts } = await asked(desk, {
      ...{ hospital: 'installation', kind: 'audit', reason: '账号检查' },
    })
    await work()
    expect((await file(desk, ofAccounts, 'installation')).statusCode).toBe(200)
  })
})

describe('whose it is', () => {
  test('nobody else’s, not of another hospital, and not without the permission', async () => {
    const desk = await as('operator')
    const { id } = await asked(desk)
    await work()
    const other = await as('operator', 'other')
    expect((await file(other, id)).statusCode).toBe(404)
    expect((await other.ask('POST', `/exports/${id}/cancel`, { hospital: 'first' })).status).toBe(404)
    expect(await own(other)).toEqual([])
    expect((await file(desk, id, 'second')).statusCode).toBe(404)
    expect((await file(await as('operator', 'blind', ['second']), id)).statusCode).toBe(404)
    const kinds = { hospital: 'first', kind: 'calls', format: 'csv' }
    expect((await (await as('finance')).ask('POST', '/exports', kinds)).code).toBe('operator-forbidden')
    expect((await desk.ask('POST', '/exports', { ...kinds, kind: 'audit' })).code).toBe('operator-forbidden')
    await database.asOwner(`UPDATE operator_account SET role = 'finance' WHERE login_name = 'operator'`)
    expect((await file(desk, id)).json().error.code, 'the role has changed since').toBe('operator-forbidden')
    await database.asOwner(`UPDATE operator_account SET role = 'operator' WHERE login_name = 'operator'`)
    expect((await file(desk, id)).statusCode).toBe(200)
  })

  test('at rest nothing of it can be read, and after a day it is gone', async () => {
    const desk = await as('operator')
    const { id } = await asked(desk)
    await work()
    const [piece] = await database.asOwner<{ content: Buffer }>('SELECT content FROM console_export_piece')
    expect(piece?.content.includes('req-')).toBe(false)
    door.clock.advance(DAY_MS - 1)
    expect(await work()).toBe(0)
    door.clock.advance(1)
    await work()
    expect((await file(desk, id)).json().error.message).toContain('请重新导出')
    expect(await database.asOwner('SELECT 1 FROM console_export_piece')).toEqual([])
  })
})

describe('while it is written', () => {
  test('in pieces, with progress; and cancelled it ends at once and leaves nothing', async () => {
    const desk = await as('operator')
    const seen: number[] = []
    let id = ''
    useMany(async (from) => {
      if (from % 20_000 === 0) seen.push((await own(desk))[0]?.rowsDone)
      if (from === 60_000) await desk.ask('POST', `/exports/${id}/cancel`, { hospital: 'first' })
    })
    id = (await asked(desk, { kind: 'many', filters: { count: '200000' } })).id
    seen.length = 0
    await work()
    expect(seen).toHaveLength(4)
    expect(seen.every((rows, at) => at === 0 || rows > (seen[at - 1] ?? 0))).toBe(true)
    expect(await own(desk)).toEqual([])
    expect(await database.asOwner('SELECT 1 FROM console_export_piece')).toEqual([])
    expect((await audited()).at(-1)).toMatchObject({ action: 'exports.cancelled', subject: id })
  })

  test('after a crash another process begins it anew; who comes back late adds nothing, and the file is whole', async () => {
    const desk = await as('operator')
    const stuck = Promise.withResolvers<void>()
    const revived = Promise.withResolvers<void>()
    let sticks = false
    useMany(async (from) => {
      if (!sticks || from !== 40_000) return
      sticks = false
      stuck.resolve()
      await revived.promise
    })
    const { id } = await asked(desk, { kind: 'many', filters: { count: '50000' } })
    sticks = true
    const first = work()
    await stuck.promise
    expect(await work(), 'somebody has it').toBe(0)
    door.clock.advance(3 * MINUTE_MS)
    await work()
    revived.resolve()
    await first
    expect((await own(desk))[0]).toMatchObject({ id, state: 'done', rowsDone: 50_000 })
    const lines = (await file(desk, id)).body.trimEnd().split('\r\n')
    expect([lines.length, lines.at(-1)?.split(',')[0]]).toEqual([50_001, '49999'])
  })

  test('what fails is tried again, and after three times told as failed, without the text of the error', async () => {
    const desk = await as('operator')
    let isFailing = false
    useMany(async () => {
      if (isFailing) throw new TypeError('李明华 has no number')
    })
    const { id } = await asked(desk, { kind: 'many' })
    isFailing = true
    for (let tries = 0; tries < 3; tries++) {
      await work()
      door.clock.advance(MINUTE_MS)
    }
    expect((await own(desk))[0]).toMatchObject({ id, state: 'failed' })
    expect((await file(desk, id)).json().error.message).toContain('请重新导出')
    expect(door.logLines.join('')).toContain('"error":"TypeError"')
    expect(door.logLines.join('')).not.toContain('李明华')
  })

  test('only a few at once, and of the finished ones only the newest stay', async () => {
    const desk = await as('operator')
    for (let n = 0; n < MOST_UNFINISHED; n++) await asked(desk)
    const wish = { hospital: 'first', kind: 'calls', format: 'csv' }
    expect((await desk.ask('POST', '/exports', wish)).code).toBe('export-refused')
    for (let n = 0; n < MOST_KEPT; n++) {
      await work()
      door.clock.advance(1)
      await asked(desk)
    }
    expect(await own(desk)).toHaveLength(MOST_KEPT)
  })

  test('a filter that is none is refused, and one that the kind does not know is left out', async () => {
    const desk = await as('operator')
    const wish = { hospital: 'first', kind: 'calls', format: 'csv' }
    expect((await desk.ask('POST', '/exports', { ...wish, filters: { from: 'soon' } })).status).toBe(400)
    await asked(desk, { filters: { name: '李明华' } })
    expect(JSON.stringify(await audited())).not.toContain('李明华')
  })
})

/** With a kind whose reading a test has in hand; routes are made once, so it goes into the list that they know. */
function useMany(read: (from: number) => Promise<void>) {
  ;(room.kinds as AnyExportKind[]).splice(2, 1, many(read))
}
