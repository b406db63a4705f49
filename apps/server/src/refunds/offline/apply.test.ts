import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/setup/test-database.ts'
import { MAX_DOCUMENT_BYTES } from './content-type.ts'
import type { OfflineApplication } from './offline-views.ts'
import {
  APPLICANT,
  form,
  type OfflineStack,
  openOfflineRoom,
  PATIENT,
  photo,
  submitted,
  type TestUser,
} from './test-support/open-offline-room.ts'

type Problem = { error: { code: string; message: string; fields: { field: string; message: string }[] } }

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

async function start(by = user, change: object = {}): Promise<OfflineApplication> {
  const { status, body } = await by.ask<OfflineApplication>('POST', '', form(change))
  expect(status).toBe(200)
  return body
}

const audits = (subject: string) =>
  db.asOwner<{ action: string; actor: string; detail: Record<string, unknown> }>(
    `SELECT action, actor, detail FROM audit_entry WHERE subject = '${subject}' ORDER BY id`,
  )

describe('what an applicant does', () => {
  test('the form says beforehand which documents each reason asks for', async () => {
    const { body } = await user.ask<{
      closed: string | null
      reasons: { reason: string; documents: { text: string }[] }[]
    }>('GET', '/form')
    expect(body.closed).toBeNull()
    expect(body.reasons.find(({ reason }) => reason === 'minor')?.documents.map(({ text }) => text)).toEqual([
      '户口簿或出生医学证明',
      '监护人的身份证件',
    ])
  })

  test('without the missing documents it is not handed in, and each of them is named', async () => {
    const { id, missing, can } = await start()
    expect(missing.map(({ text }) => text)).toEqual([
      '申请人的身份证件',
      '患者的身份证件',
      '患者签字的授权委托书',
    ])
    expect(can).toEqual({ changeDocuments: true, submit: false, withdraw: true })
    await user.ask('POST', `/${id}/documents`, photo('applicant-id'))
    const { status, body } = await user.ask<Problem>('POST', `/${id}/submit`)
    expect([status, body.error.code]).toEqual([409, 'documents-missing'])
    expect(body.error.message).toBe('还差：患者的身份证件；患者签字的授权委托书。请上传后再提交。')
    expect(body.error.fields.map(({ field }) => field)).toEqual(['patient-id', 'authorisation'])
  })

  test('the form sent twice is one application; changed under the same key it is refused', async () => {
    const [first, second] = await Promise.all([start(), start()])
    expect(second.id).toBe(first.id)
    expect((await user.ask('GET', '')).body).toMatchObject({ applications: [{ id: first.id }] })
    const changed = await user.ask<Problem>('POST', '', form({ note: '别的话' }))
    expect([changed.status, changed.body.error.fields[0]?.field]).toEqual([400, 'requestKey'])
  })

  test('a program, a broken file, and a picture that says it is a PDF are refused', async () => {
    const { id } = await start()
    const program = Buffer.from('MZ\x90\0This program cannot be run in DOS mode').toString('base64')
    const send = (change: object) =>
      user.ask<Problem>('POST', `/${id}/documents`, { ...photo('patient-id'), ...change })
    for (const change of [
      { base64: program, name: '身份证.jpg' },
      { base64: program, contentType: 'application/pdf' },
      { contentType: 'application/pdf' },
      { contentType: 'application/x-msdownload' },
      { base64: '<img>' },
    ]) {
      const { status, body } = await send(change)
      expect([status, body.error.code]).toEqual([400, 'bad-input'])
    }
    const { body } = await user.ask<OfflineApplication>('GET', `/${id}`)
    expect(body.documents).toEqual([])
  })

  test('a file of five megabytes is kept; a larger one is too large, however large', async () => {
    const { id } = await start()
    const pdf = (bytes: number) => {
      const file = Buffer.alloc(bytes, 'x')
      file.write('%PDF-1.7')
      return { kind: 'other', name: 'a.pdf', contentType: 'application/pdf', base64: file.toString('base64') }
    }
    expect((await user.ask('POST', `/${id}/documents`, pdf(MAX_DOCUMENT_BYTES))).status).toBe(200)
    for (const bytes of [MAX_DOCUMENT_BYTES + 1, MAX_DOCUMENT_BYTES * 2]) {
      const { status, body } = await user.ask<Problem>('POST', `/${id}/documents`, pdf(bytes))
      expect([status, body.error.code]).toEqual([413, 'too-large'])
    }
  })

  test('ten documents and no more; the same one sent twice is kept once; one that is removed is gone', async () => {
    const { id } = await start()
    const add = (mark: string) =>
      user.ask<OfflineApplication>('POST', `/${id}/documents`, photo('other', mark))
    await add('0')
    for (let mark = 0; mark < 10; mark++) await add(String(mark))
    const eleventh = await user.ask<Problem>('POST', `/${id}/documents`, photo('other', 'more'))
    expect([eleventh.status, eleventh.body.error.code]).toEqual([409, 'offline-limit'])
    const { body } = await user.ask<OfflineApplication>('GET', `/${id}`)
    expect(body.documents).toHaveLength(10)
    const removed = await user.ask<OfflineApplication>('DELETE', `/${id}/documents/${body.documents[0]?.id}`)
    expect(removed.body.documents).toHaveLength(9)
  })

  test('drafts are limited, and so are applications a day; withdrawing makes room only for the first', async () => {
    const ids: string[] = []
    for (const key of ['form-a-0001', 'form-a-0002', 'form-a-0003'])
      ids.push((await start(user, { requestKey: key })).id)
    const full = await user.ask<Problem>('POST', '', form({ requestKey: 'form-a-0004' }))
    expect([full.status, full.body.error.code]).toEqual([409, 'offline-limit'])
    for (const id of ids.slice(0, 2)) await user.ask('POST', `/${id}/withdraw`)
    await start(user, { requestKey: 'form-a-0004' })
    await start(user, { requestKey: 'form-a-0005' })
    await user.ask('POST', `/${ids[2]}/withdraw`)
    expect(
      (await user.ask<Problem>('POST', '', form({ requestKey: 'form-a-0006' }))).body.error.message,
    ).toMatch(/今天/)
  })

  test('another user’s application is not found, whatever is tried, and every try is recorded', async () => {
    const own = await submitted(user)
    const document = own.documents[0]?.id
    const other = await stack.newUser()
    const tries = [
      await other.ask<Problem>('GET', `/${own.id}`),
      await other.ask<Problem>('POST', `/${own.id}/documents`, photo('other')),
      await other.ask<Problem>('DELETE', `/${own.id}/documents/${document}`),
      await other.ask<Problem>('POST', `/${own.id}/submit`),
      await other.ask<Problem>('POST', `/${own.id}/withdraw`),
    ]
    for (const { status, body } of tries)
      expect([status, body.error.code]).toEqual([404, 'offline-not-yours'])
    const theirs = await start(other)
    const through = await other.ask<Problem>('DELETE', `/${theirs.id}/documents/${document}`)
    expect([through.status, through.body.error.code]).toEqual([404, 'offline-not-yours'])
    const tried = (await audits(own.id)).filter(({ action }) => action === 'refunds.offline-not-yours')
    expect(tried).toHaveLength(tries.length)
    expect((await user.ask<OfflineApplication>('GET', `/${own.id}`)).body.documents).toHaveLength(3)
  })

  test('without consent nothing is stored, and without a session nothing is read', async () => {
    const { status, body } = await (await stack.newUser(false)).ask<Problem>('POST', '', form())
    expect([status, body.error.code]).toEqual([403, 'consent-required'])
    // Not even the body is read: it would be too large.
    const sent = await stack.http.inject({
      ...{ method: 'POST', url: '/api/v1/refunds/offline/offline_0/documents' },
      ...{ headers: { authorization: 'Bearer demo.unknown' }, payload: { base64: 'A'.repeat(8_000_000) } },
    })
    expect(sent.statusCode).toBe(401)
  })

  test('a draft that is withdrawn leaves no document behind, and the hospital never saw it', async () => {
    const { id } = await start()
    await user.ask('POST', `/${id}/documents`, photo('patient-id'))
    const { body } = await user.ask<OfflineApplication>('POST', `/${id}/withdraw`)
    expect([body.state, body.documents]).toEqual(['withdrawn', []])
    expect((await stack.asOperator('wang-03', 'GET', `/${id}`)).status).toBe(404)
    expect((await stack.asOperator('wang-03', 'GET', '?state=withdrawn')).body).not.toMatchObject({
      applications: [{ id }],
    })
  })
})

test('closed by the hospital: nothing new, and it is said where to go', async () => {
  const own = await openOfflineRoom(db, { open: false })
  const by = await own.newUser()
  const { status, body } = await by.ask<Problem>('POST', '', form({ requestKey: 'closed-0001' }))
  expect([status, body.error.code]).toEqual([403, 'offline-closed'])
  expect(body.error.message).toContain('门诊一楼 3 号窗')
  await own.close()
})

test('nothing that a person is known by stands readable in the tables, the audit or the log', async () => {
  const { id } = await submitted(user)
  await stack.asOperator('wang-03', 'POST', `/${id}/take`, {})
  await stack.asOperator('wang-03', 'POST', `/${id}/reject`, { text: '王大山的材料不全' })
  const tables = ['offline_application', 'offline_document', 'offline_step', 'audit_entry']
  const dumps = await Promise.all(
    tables.map((table) =>
      db.asOwner<{ row: string }>(`SELECT row_to_json(one)::text AS row FROM ${table} one`),
    ),
  )
  const bytes = await db.asOwner<{ content: Buffer }>('SELECT content FROM offline_document')
  // Binary columns are printed in hex: what is looked for is looked for in hex, too.
  const stored = dumps
    .flat()
    .map(({ row }) => row)
    .join('\n')
  const logged = stack.logLines.join('\n')
  for (const secret of [
    ...Object.values(APPLICANT).slice(0, 3),
    ...Object.values(PATIENT),
    '王大山的材料',
    '身份证.jpg',
  ]) {
    expect(stored, secret).not.toContain(secret)
    expect(stored, secret).not.toContain(Buffer.from(secret).toString('hex'))
    expect(logged, secret).not.toContain(secret)
  }
  for (const { content } of bytes) {
    expect(content.includes('photo of')).toBe(false)
    expect(content.includes(Buffer.from('photo of').toString('base64').slice(0, 8))).toBe(false)
  }
})
