import { DAY_MS, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { KNOWN } from '@zhangyi/his'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Purpose, VerificationView } from '../../apps/server/src/verification/index.ts'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'
import { startStack, type TestStack } from '../setup/test-stack.ts'
import { newAdult, VerifyingPhone } from './verifying-phone.ts'

let database: TestDatabase
let stack: TestStack

beforeAll(async () => {
  database = await createTestDatabase()
  stack = await startStack(database, {
    hospital: () => ({ verification: { selfService: '门诊大厅自助机', attemptsPerOpenid: 100 } }),
  })
  return async () => {
    await stack.stop()
    await database.drop()
  }
})
beforeEach(async () => {
  await stack.clearFaults()
  await stack.action('sms', 'clear', {})
})

type WaysOn = Extract<VerificationView, { step: 'ways-on' }>
const waysOf = (view: VerificationView): readonly string[] => (view as WaysOn).ways

async function gaveUp(purpose: Purpose = 'lab-report', person = newAdult('330113')) {
  const phone = await new VerifyingPhone(stack).signIn()
  const patientId = await phone.link(person)
  const { body } = await phone.verify(patientId, purpose, '放弃验证')
  const post = <T = VerificationView & { error?: { code: string } }>(path: string, input: object) =>
    phone.api<T>('POST', `/verifications/${body.id}${path}`, input)
  return { phone, person, patientId, view: body, post }
}

async function codeFor(number = '13900001234'): Promise<string> {
  const messages = await stack.action<{ text: string }[]>('sms', 'messages', { phone: number })
  return /验证码 (\d{6})/.exec(messages[0]?.text ?? '')?.[1] ?? 'none'
}
const lastFour = (person: { idNumber: string }) => person.idNumber.slice(-4)
const other = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

test('last four digits and a code to the phone that the hospital keeps: a shorter grant, marked as fallback', async () => {
  const { phone, person, patientId, view, post } = await gaveUp()
  expect(waysOf(view)).toEqual(['retry', 'phone-code', 'self-service', 'counter', 'family', 'phone'])
  expect((view as WaysOn).selfService).toBe('门诊大厅自助机')
  expect((await post('/code', {})).body).toMatchObject({ phone: '139****1234' })
  const done = await post('/fallback', { code: await codeFor(), lastFour: lastFour(person) })
  expect(done.body).toMatchObject({ step: 'granted', assurance: 'fallback' })
  const [grant] = (await phone.api<{ expiresAt: string }[]>('GET', '/grants')).body
  const leftMs = Date.parse(grant?.expiresAt ?? '') - stack.sandbox.clock.nowMs()
  expect(leftMs).toBeLessThanOrEqual(10 * MINUTE_MS)
  const marks = await database.asOwner<{ detail: object }>(
    `SELECT detail FROM audit_entry WHERE action = 'verification.fallback-granted' ORDER BY id DESC LIMIT 1`,
  )
  expect(marks[0]?.detail).toMatchObject({ purpose: 'lab-report', assurance: 'fallback' })
  const change = await phone.api('PUT', `/patients/${patientId}/personal-data`, { phone: '13911112222' })
  expect(change.status).toBe(403)
})

test('a fallback for personal data reads, and changes nothing', async () => {
  const { phone, person, patientId, post } = await gaveUp('personal-data')
  await post('/code', {})
  await post('/fallback', { code: await codeFor(), lastFour: lastFour(person) })
  expect((await phone.api('GET', `/patients/${patientId}/personal-data`)).status).toBe(200)
  expect(
    await phone.api('PUT', `/patients/${patientId}/personal-data`, { phone: '13911112222' }),
  ).toMatchObject({ status: 403, body: { error: { code: 'real-person-required' } } })
})

test.each(['digits', 'code'])(
  'wrong %s: refused without saying which, counted and recorded',
  async (wrong) => {
    const { person, post } = await gaveUp()
    await post('/code', {})
    const code = await codeFor()
    const input =
      wrong === 'code' ? { code: other(code), lastFour: lastFour(person) } : { code, lastFour: '0000' }
    expect(await post('/fallback', input)).toMatchObject({
      status: 409,
      body: { error: { code: 'fallback-mismatch' } },
    })
    expect((await post('/fallback', { code, lastFour: lastFour(person) })).body).toMatchObject({
      step: 'granted',
    })
  },
)

test('the day’s tries used up by wrong codes: the counter only', async () => {
  const { phone, view, post } = await gaveUp()
  await post('/code', {})
  // One try was the platform's page.
  for (let tries = 0; tries < 4; tries++) await post('/fallback', { code: '000000', lastFour: 'zzzz' })
  const after = (await phone.api<VerificationView>('GET', `/verifications/${view.id}`)).body
  expect(after).toMatchObject({ reason: 'too-many-attempts' })
  expect(waysOf(after)).toEqual(['self-service', 'counter', 'phone'])
  expect((await post('/code', {})).body).toMatchObject({ error: { code: 'fallback-not-offered' } })
})

test('a code lives five minutes, is used once, and the newest one counts', async () => {
  const { person, post } = await gaveUp()
  await post('/code', {})
  const first = await codeFor()
  expect((await post('/code', {})).status, 'not twice in a minute').toBe(429)
  stack.sandbox.clock.advance(61 * SECOND_MS)
  await post('/code', {})
  const second = await codeFor()
  if (first !== second)
    expect((await post('/fallback', { code: first, lastFour: lastFour(person) })).status).toBe(409)
  stack.sandbox.clock.advance(5 * MINUTE_MS)
  expect(await post('/fallback', { code: second, lastFour: lastFour(person) })).toMatchObject({
    body: { error: { code: 'code-expired' } },
  })
})

test('a code of one verification does not serve another', async () => {
  const mine = await gaveUp()
  await mine.post('/code', {})
  const code = await codeFor()
  const again = (await mine.phone.verify(mine.patientId, 'diagnosis', '放弃验证')).body
  expect(
    await mine.phone.api('POST', `/verifications/${again.id}/fallback`, {
      code,
      lastFour: lastFour(mine.person),
    }),
  ).toMatchObject({ body: { error: { code: 'code-expired' } } })
})

test('five messages a day for a patient, then tomorrow', async () => {
  const { phone, patientId, post } = await gaveUp()
  for (let sent = 0; sent < 5; sent++) {
    expect((await post('/code', {})).status).toBe(200)
    stack.sandbox.clock.advance(61 * SECOND_MS)
  }
  expect((await post('/code', {})).body).toMatchObject({ error: { code: 'fallback-not-offered' } })
  stack.sandbox.clock.advance(DAY_MS)
  await phone.signIn()
  const again = (await phone.verify(patientId, 'lab-report', '放弃验证')).body
  expect((await phone.api('POST', `/verifications/${again.id}/code`, {})).status).toBe(200)
})

test('the gateway for messages refuses: said; its reply is lost: the code may have arrived and counts', async () => {
  const refused = await gaveUp()
  await stack.orderFault('sms', { kind: 'refused', times: 1 })
  expect(await refused.post('/code', {})).toMatchObject({
    status: 503,
    body: { error: { code: 'sms-unavailable' } },
  })
  expect((await refused.post('/code', {})).status, 'a refused one does not make anybody wait').toBe(200)
  const lost = await gaveUp()
  await stack.orderFault('sms', { kind: 'reply-lost', times: 1 })
  expect((await lost.post('/code', {})).status).toBe(200)
  const done = await lost.post('/fallback', { code: await codeFor(), lastFour: lastFour(lost.person) })
  expect(done.body).toMatchObject({ step: 'granted' })
})

test('the HIS is down: no code, and said', async () => {
  const { post } = await gaveUp()
  stack.his.faults.order({ kind: 'unavailable', operation: 'archives.find', times: 3 })
  expect(await post('/code', {})).toMatchObject({ body: { error: { code: 'his-unavailable' } } })
})

test('a resident whom nobody ever verified gets no code: what was typed proves nothing', async () => {
  const phone = await new VerifyingPhone(stack).signIn()
  const flow = await phone.start()
  const card = await phone.api<{ patient: { id: string } }>('POST', `/enrolments/${flow.id}/visit-card`, {
    ...newAdult('330113'),
    relation: '本人',
  })
  const { body } = await phone.verify(card.body.patient.id, 'lab-report', '放弃验证')
  expect(waysOf(body)).not.toContain('phone-code')
  expect((await phone.api('POST', `/verifications/${body.id}/code`, {})).status).toBe(403)
})

async function visitCardOf({ name, idType, idNumber }: Record<'name' | 'idType' | 'idNumber', string>) {
  const phone = await new VerifyingPhone(stack).signIn()
  const flow = await phone.start()
  const card = await phone.api<{ step: string; patient: { id: string } }>(
    'POST',
    `/enrolments/${flow.id}/visit-card`,
    {
      ...{ name, idType, idNumber },
      ...{
        gender: '女',
        birthday: '1985-06-30',
        nation: '汉族',
        phone: '13955556666',
        address: '文三路 9 号',
      },
      relation: '本人',
    },
  )
  if (card.body.step !== 'done') throw new Error(JSON.stringify(card.body))
  const { body } = await phone.begin(card.body.patient.id, 'lab-report')
  return { phone, view: body }
}

test('without a resident ID card: card number and a code to the phone that the hospital knows', async () => {
  const [archive] = stack.his.archivesOf(KNOWN.johnSmith)
  const { phone, view } = await visitCardOf(KNOWN.johnSmith)
  expect(view).toMatchObject({ step: 'ways-on', reason: 'no-resident-id' })
  expect(waysOf(view)).toEqual(['card-phone-code', 'self-service', 'counter', 'phone'])
  await phone.api('POST', `/verifications/${view.id}/code`, {})
  const done = await phone.api('POST', `/verifications/${view.id}/fallback`, {
    code: await codeFor(archive?.phone),
    visitCard: archive?.visitCardNumber,
  })
  expect(done.body).toMatchObject({ step: 'granted', assurance: 'fallback' })
})

test('an archive that somebody made here without verification gets no code: its phone is a stranger’s word', async () => {
  const { phone, view } = await visitCardOf({
    name: 'Maria Garcia',
    idType: '03',
    idNumber: `G${String(Date.now()).slice(-8)}`,
  })
  expect(waysOf(view)).toEqual(['self-service', 'counter', 'phone'])
  expect((await phone.api('POST', `/verifications/${view.id}/code`, {})).status).toBe(403)
})
