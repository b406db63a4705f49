import { fen, MINUTE_MS, shanghaiDay } from '@zhangyi/core'
import { HisError, type HisPort, type HisReports } from '@zhangyi/his'
import { extractText, getDocumentProxy } from 'unpdf'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../tests/setup/test-database.ts'
import type { PatientRow } from '../patients/index.ts'
import type { Purpose } from '../verification/index.ts'
import type { RecordKind } from './kinds.ts'
import { RECORD_KINDS, type RecordDetail, type RecordList, type Trend } from './record-views.ts'
import { openRecordsRoom, type RecordsStack, type User } from './test-support/open-records-room.ts'

let database: TestDatabase
let stack: RecordsStack

beforeAll(async () => {
  database = await createTestDatabase()
  stack = await openRecordsRoom(database)
  return async () => {
    await stack.close()
    await database.drop()
  }
})
beforeEach(() => {
  stack.hospital.faults.clear()
  stack.useHis(undefined)
})

const PURPOSE: Record<RecordKind, Purpose> = {
  lab: 'lab-report',
  examination: 'examination-report',
  'check-up': 'check-up-report',
  'inpatient-day': 'inpatient-list',
  prescription: 'prescription',
  diagnosis: 'diagnosis',
}
const EVER = '&from=2024-11-01&to=2026-11-23'
let users = 0

/** 李明华 with his own phone; nobody else's tests share the user. */
async function liMinghua(...purposes: Purpose[]): Promise<{ user: User; patient: PatientRow }> {
  const user = await stack.signIn(`openid-${users++}`)
  const patient = await user.link('liMinghua')
  for (const purpose of purposes) await user.grant(patient, purpose)
  return { user, patient }
}
const listOf = async (
  user: User,
  kind: RecordKind,
  { id }: PatientRow,
  range = EVER,
): Promise<RecordList> => {
  const { status, body } = await user.get<RecordList>(`${kind}?patientId=${id}${range}`)
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body
}
const refused = (code: string, status: number) => ({ status, body: { error: { code } } })

interface Audited {
  readonly action: string
  readonly subject: string
  readonly detail: Record<string, unknown>
}
const auditOf = ({ session }: User) =>
  database.asOwner<Audited>(
    `SELECT action, subject, detail FROM audit_entry WHERE actor = 'user:${session.userId}' AND action ~ '^(records|verification.refused|patients.not)' ORDER BY at_ms, ctid`,
  )
const actionsOf = async (user: User) => (await auditOf(user)).map(({ action }) => action)

/** The hospital's own answers, with one operation in somebody else's hands. */
const hisWith = (reports: Partial<HisReports>): HisPort => {
  const { port } = stack.hospital
  return { ...port, reports: { ...(port.reports as HisReports), ...reports } }
}

test.each(RECORD_KINDS)(
  '%s: list, content and PDF with a grant of its purpose, each recorded',
  async (kind) => {
    const { user, patient } = await liMinghua()
    const grant = await user.grant(patient, PURPOSE[kind])
    const list = await listOf(user, kind, patient)
    expect(list).toMatchObject({ kind, patient: { id: patient.id, name: '李*华' }, from: '2024-11-01' })
    expect(list.records.length).toBeGreaterThan(0)
    const [newest] = list.records
    const path = `${kind}/${newest?.key}`
    const detail = await user.get<RecordDetail>(`${path}?patientId=${patient.id}`)
    expect(detail).toMatchObject({
      status: 200,
      body: { kind, title: newest?.title, patient: { name: '李*华' } },
    })
    expect(detail.headers['cache-control']).toBe('no-store')
    const pdf = await user.get(`${path}/pdf?patientId=${patient.id}`)
    expect(pdf.headers).toMatchObject({ 'content-type': 'application/pdf', 'cache-control': 'no-store' })
    expect(pdf.headers['content-disposition']).toMatch(/^attachment; filename="[a-z-]+-ZY-\w{4}-\w{4}\.pdf"$/)
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf.bytes)), {
      mergePages: true,
    })
    for (const words of ['市第一人民医院', '李*华', '仅供参考，以医院盖章报告为准'])
      expect(text).toContain(words)
    const same = { subject: patient.id, detail: { kind, grant, assurance: 'real-person' } }
    expect(await auditOf(user)).toMatchObject([
      { action: 'records.listed', ...same },
      { action: 'records.viewed', ...same },
      { action: 'records.pdf', ...same },
    ])
    expect(JSON.stringify(await auditOf(user))).not.toMatch(new RegExp(`BG-|${newest?.title}`))
  },
)

test('the marks, the sum, the examination’s kind and the component’s facts are there', async () => {
  const { user, patient } = await liMinghua('lab-report', 'prescription', 'examination-report')
  const measured = { code: undefined, unit: '10^9/L', referenceRange: '3.5～9.5', flag: undefined }
  const written = { modality: 'US', title: '颈部彩超', sections: [{ title: '检查结论', text: '未见异常' }] }
  const drug = { specification: undefined, quantity: '1 盒', usage: '口服' }
  const add = (report: Parameters<typeof stack.hospital.addReport>[1]) => {
    stack.hospital.addReport(patient.patid, report)
  }
  add({
    ...{ kind: 'lab', title: '两种标记' },
    indicators: [
      { ...measured, name: '由医院标记', value: '12', flag: 'critical' },
      { ...measured, name: '由数值判断', value: '3.1' },
      { ...measured, name: '正常', value: '4' },
      { ...measured, name: '文字结果', value: '未检出' },
    ],
  })
  add({ ...written, kind: 'examination' })
  add({
    ...{ kind: 'prescription', title: '两种药' },
    lines: [
      { ...drug, name: '甲', amount: fen(5_640) },
      { ...drug, name: '乙', amount: fen(10) },
      { ...drug, name: '自备', amount: undefined },
    ],
  })
  const titled = async (kind: RecordKind, title: string) => {
    const found = (await listOf(user, kind, patient)).records.find((record) => record.title === title)
    return (await user.get<RecordDetail>(`${kind}/${found?.key}?patientId=${patient.id}`)).body
  }
  const lab = await titled('lab', '两种标记')
  expect(lab.abnormalCount).toBe(2)
  expect(lab.indicators.map(({ name, mark, markText }) => [name, mark, markText])).toEqual([
    ['由医院标记', 'critical', '危急值'],
    ['由数值判断', 'low', '偏低 ↓'],
    ['正常', 'normal', ''],
    ['文字结果', 'unmarked', ''],
  ])
  expect(lab.indicators[1]).toMatchObject({ number: 3.1, low: 3.5, high: 9.5, unit: '10^9/L' })
  expect(lab.interpretation).toEqual({
    scene: '0101082',
    hospitalId: '30613',
    healthCardId: `${'f'.repeat(64)}:1`,
    openId: user.session.openid,
  })
  expect(await titled('prescription', '两种药')).toMatchObject({ totalFen: 5_650, interpretation: null })
  expect(await titled('examination', '颈部彩超')).toMatchObject({ modality: '超声', totalFen: null })
  const ultrasound = (await listOf(user, 'examination', patient)).records.find(
    ({ title }) => title === '颈部彩超',
  )
  expect(ultrasound?.modality).toBe('超声')
})

test('without a card there is no component, and everything else is', async () => {
  const user = await stack.signIn('no-card')
  const patient = await user.link('liMinghua', false)
  await user.grant(patient, 'lab-report')
  const { key } = (await listOf(user, 'lab', patient)).records[0] as { key: string }
  expect((await user.get(`lab/${key}?patientId=${patient.id}`)).body).toMatchObject({ interpretation: null })
})

test('without a grant, with one of another purpose, or over its time: nothing, and the HIS is never asked', async () => {
  const { user, patient } = await liMinghua('lab-report')
  const { key } = (await listOf(user, 'lab', patient)).records[0] as { key: string }
  stack.useHis(hisWith({ list: unasked, detail: unasked }))
  const paths = (kind: string) => [kind, `${kind}/${key}`, `${kind}/${key}/pdf`]
  const ask = (path: string) => user.get(`${path}?patientId=${patient.id}`)
  for (const path of paths('examination'))
    expect(await ask(path)).toMatchObject(refused('verification-required', 403))
  expect(await user.get(`check-up/trend?patientId=${patient.id}&indicator=x`)).toMatchObject(
    refused('verification-required', 403),
  )
  stack.clock.advance(30 * MINUTE_MS)
  for (const path of [...paths('lab'), 'lab/trend'])
    expect(await user.get(`${path}?patientId=${patient.id}&indicator=x`)).toMatchObject(
      refused('verification-required', 403),
    )
  const refusals = (await auditOf(user)).filter(({ action }) => action === 'verification.refused')
  expect(refusals.map(({ detail }) => detail['why'])).toEqual([
    ...Array(4).fill('none'),
    ...Array(4).fill('expired'),
  ])
})

/** The details of all reports but those of one day. */
const failFor =
  (real: HisReports, day: string): HisReports['detail'] =>
  async (key) => {
    const report = await real.detail(key)
    if (shanghaiDay(Date.parse(report.reportedAt)) !== day) return report
    throw new HisError('unavailable', 'timeout', 'no answer')
  }

const unasked = () => Promise.reject(new Error('the HIS was asked without a grant'))

test('another user’s patient is refused as if unknown, with and without a grant of one’s own', async () => {
  const owner = await liMinghua('lab-report')
  const { key } = (await listOf(owner.user, 'lab', owner.patient)).records[0] as { key: string }
  const other = await liMinghua('lab-report')
  stack.useHis(hisWith({ list: unasked, detail: unasked }))
  for (const path of ['lab', `lab/${key}`, `lab/${key}/pdf`, 'lab/trend'])
    expect(await other.user.get(`${path}?patientId=${owner.patient.id}&indicator=x`)).toMatchObject(
      refused('patient-not-yours', 404),
    )
  expect(await actionsOf(other.user)).toEqual(Array(4).fill('patients.not-yours'))
})

test('a grant of another patient of the same user opens nothing', async () => {
  const { user, patient } = await liMinghua('lab-report')
  const child = await user.link('liXiaobao')
  expect(await user.get(`lab?patientId=${child.id}`)).toMatchObject(refused('verification-required', 403))
  await listOf(user, 'lab', patient)
})

test('a fallback’s grant reads, and is named on the answer and in the audit log', async () => {
  const { user, patient } = await liMinghua()
  await user.grant(patient, 'lab-report', 'fallback')
  expect((await listOf(user, 'lab', patient)).grant.assurance).toBe('fallback')
  expect(await auditOf(user)).toMatchObject([{ action: 'records.listed', detail: { assurance: 'fallback' } }])
})

test('keys of another patient, kind or user, and guessed ones, open nothing and are recorded', async () => {
  const purposes = ['lab-report', 'examination-report'] as const
  const { user, patient } = await liMinghua(...purposes)
  const child = await user.link('liXiaobao')
  await user.grant(child, 'lab-report')
  const other = await liMinghua('lab-report')
  const keyOf = async (who: User, kind: RecordKind, whose: PatientRow) =>
    (await listOf(who, kind, whose)).records[0]?.key ?? ''
  const foreign = [
    await keyOf(user, 'lab', child),
    await keyOf(user, 'examination', patient),
    await keyOf(other.user, 'lab', other.patient),
    'BG-1-1',
    'A'.repeat(60),
    '..%2FBG-1-1',
  ]
  stack.useHis(hisWith({ detail: unasked }))
  for (const key of foreign)
    for (const path of [`lab/${key}`, `lab/${key}/pdf`])
      expect(await user.get(`${path}?patientId=${patient.id}`)).toMatchObject(
        refused('record-not-found', 404),
      )
  const bad = (await actionsOf(user)).filter((action) => action === 'records.bad-key')
  expect(bad).toHaveLength(2 * foreign.length)
})

test('a key is another one each time, and none holds the report’s number', async () => {
  const { user, patient } = await liMinghua('lab-report')
  const keys = async () => (await listOf(user, 'lab', patient)).records.map(({ key }) => key)
  const [first, second] = [await keys(), await keys()]
  expect(first.filter((key) => second.includes(key))).toEqual([])
  for (const key of first) expect(Buffer.from(key, 'base64url').toString('latin1')).not.toContain('BG-')
})

test('a HIS that answers with somebody else’s report is refused whole, recorded, and nothing of it is logged', async () => {
  const { user, patient } = await liMinghua('lab-report', 'check-up-report')
  const { key } = (await listOf(user, 'lab', patient)).records[0] as { key: string }
  const real = stack.hospital.port.reports as HisReports
  const spoilt = (one: object) =>
    hisWith({
      list: async (query) =>
        (await real.list(query)).map((summary, index) => (index > 0 ? { ...summary, ...one } : summary)),
      detail: async (report) => ({ ...(await real.detail(report)), ...one }),
    })
  const before = stack.logLines.length
  for (const one of [{ patid: 'P999' }, { kind: 'diagnosis' as const }]) {
    stack.useHis(spoilt(one))
    for (const path of ['lab', `lab/${key}`, `lab/${key}/pdf`, 'lab/trend'])
      expect(await user.get(`${path}?patientId=${patient.id}&indicator=x${EVER}`)).toMatchObject(
        refused('his-refused', 409),
      )
  }
  stack.useHis(
    hisWith({ detail: async (report) => ({ ...(await real.detail(report)), reportId: 'BG-9-9' }) }),
  )
  expect(await user.get(`lab/${key}?patientId=${patient.id}`)).toMatchObject(refused('his-refused', 409))
  const foreign = (await actionsOf(user)).filter((action) => action === 'records.foreign-answer')
  expect(foreign).toHaveLength(9)
  const told = stack.logLines.slice(before).join('\n')
  expect(told).toContain('not asked for')
  expect(told).not.toMatch(/P999|P100001|BG-|李|血常规/)
})

test('a HIS that is down or says no: told what to do, and no access is recorded', async () => {
  const { user, patient } = await liMinghua('lab-report')
  const { key } = (await listOf(user, 'lab', patient)).records[0] as { key: string }
  const ask = (path: string) => user.get(`${path}?patientId=${patient.id}&indicator=x`)
  for (const [kind, code, status] of [
    ['unavailable', 'his-unavailable', 503],
    ['refused', 'his-refused', 409],
  ] as const) {
    stack.hospital.faults.order({ kind })
    for (const path of ['lab', `lab/${key}`, `lab/${key}/pdf`, 'lab/trend']) {
      const answer = await ask(path)
      expect(answer).toMatchObject(refused(code, status))
      expect(JSON.stringify(answer.body)).toContain('窗口')
      expect(answer.headers['cache-control']).toBe('no-store')
    }
    stack.hospital.faults.clear()
  }
  expect(await actionsOf(user)).toEqual(['records.listed'])
})

test('a report that the HIS no longer has is not found, and a hospital without reports says so', async () => {
  const { user, patient } = await liMinghua('lab-report')
  const { key } = (await listOf(user, 'lab', patient)).records[0] as { key: string }
  const real = stack.hospital.port.reports as HisReports
  stack.useHis(hisWith({ detail: (report) => real.detail({ ...report, reportId: 'gone' }) }))
  expect(await user.get(`lab/${key}?patientId=${patient.id}`)).toMatchObject(refused('record-not-found', 404))
  expect(await actionsOf(user)).toEqual(['records.listed', 'records.not-found'])
  const { reports: _, ...without } = stack.hospital.port
  stack.useHis(without)
  const answer = await user.get(`lab?patientId=${patient.id}`)
  expect(answer).toMatchObject(refused('his-refused', 409))
  expect(JSON.stringify(answer.body)).toContain('还没有开通')
})

test('an empty list is an answer; the range is the last year; a bad one names its field', async () => {
  const { user, patient } = await liMinghua('lab-report')
  const empty = await listOf(user, 'lab', patient, '&from=2026-01-01&to=2026-01-02')
  expect(empty.records).toEqual([])
  expect(await listOf(user, 'lab', patient, '')).toMatchObject({ from: '2025-11-24', to: '2026-11-23' })
  for (const [range, field] of [
    ['&from=2026-02-30', 'from'],
    ['&to=abc', 'to'],
    ['&from=2020-01-01&to=2026-01-01', 'from'],
  ])
    expect(await user.get(`lab?patientId=${patient.id}${range}`)).toMatchObject({
      status: 400,
      body: { error: { code: 'bad-input', fields: [{ field }] } },
    })
})

test('a trend: one indicator over the visits, oldest first; an unknown indicator is refused and recorded', async () => {
  const { user, patient } = await liMinghua('lab-report')
  const glucose = {
    code: 'GLU-T',
    name: '葡萄糖',
    unit: 'mmol/L',
    referenceRange: '3.9-6.1',
    flag: undefined,
  }
  for (const [day, value] of [
    ['2026-05-01', '5.1'],
    ['2026-07-01', '7.9'],
    ['2026-11-22', '5.0'],
  ])
    stack.hospital.addReport(patient.patid, {
      ...{ kind: 'lab', title: '血糖复查', reportedAt: `${day}T01:00:00+08:00` },
      indicators: [{ ...glucose, value: value ?? '' }],
    })
  const { records } = await listOf(user, 'lab', patient)
  const key = records.find(({ title }) => title === '血糖复查')?.key
  const { indicators } = (await user.get<RecordDetail>(`lab/${key}?patientId=${patient.id}`)).body
  const ask = (indicator = '') => user.get<Trend>(`lab/trend?patientId=${patient.id}&indicator=${indicator}`)
  const { status, body } = await ask(indicators[0]?.id)
  expect(status).toBe(200)
  expect(body).toMatchObject({ name: '葡萄糖', unit: 'mmol/L', low: 3.9, high: 6.1 })
  expect(body.points.map(({ value, markText }) => [value, markText])).toEqual([
    ['5.1', ''],
    ['7.9', '偏高 ↑'],
    ['5.0', ''],
  ])
  expect(await ask('AAAAAAAAAAAAAAAA')).toMatchObject(refused('record-not-found', 404))
  // One report that does not load is left out; all of them is an outage.
  const real = stack.hospital.port.reports as HisReports
  stack.useHis(hisWith({ detail: failFor(real, '2026-07-01') }))
  const left = (await ask(indicators[0]?.id)).body.points
  expect(left.map(({ value }) => value)).toEqual(['5.1', '5.0'])
  stack.useHis(undefined)
  stack.hospital.faults.order({ kind: 'unavailable', operation: 'reports.detail' })
  expect(await ask(indicators[0]?.id)).toMatchObject(refused('his-unavailable', 503))
  expect((await actionsOf(user)).slice(-3)).toEqual(['records.trend', 'records.not-found', 'records.trend'])
  expect(await user.get(`diagnosis/trend?patientId=${patient.id}&indicator=x`)).toMatchObject(
    refused('bad-input', 400),
  )
})

test('nothing of a person or a report reached the log', async () => {
  const secrets = /李明华|330102199001012210|血常规|血糖|P100001|patientId=/
  expect(stack.logLines.filter((line) => secrets.test(line))).toEqual([])
  expect(stack.logLines.length).toBeGreaterThan(100)
})
