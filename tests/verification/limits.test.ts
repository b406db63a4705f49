import { MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { KNOWN } from '@zhangyi/his'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { VerificationView } from '../../apps/server/src/verification/index.ts'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'
import { startStack, type TestStack } from '../setup/test-stack.ts'
import { newAdult, PASS, VerifyingPhone } from './verifying-phone.ts'

// Each test is a way round a limit, or a promise of a page that was not kept, as it was once found.

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
const lastFour = (person: { idNumber: string }) => person.idNumber.slice(-4)

async function linked(person = newAdult('330121')) {
  const phone = await new VerifyingPhone(stack).signIn()
  return { phone, person, patientId: await phone.link(person) }
}

async function messagesTo(phone: string): Promise<readonly string[]> {
  return (await stack.action<{ text: string }[]>('sms', 'messages', { phone })).map(({ text }) => text)
}
const codeIn = (text: string | undefined) => /验证码 (\d{6})/.exec(text ?? '')?.[1] ?? 'none'

/** A holder of a passport with a visit card only. */
async function withPassport(
  person: Record<'name' | 'idType' | 'idNumber', string>,
  phone?: VerifyingPhone,
): Promise<{ phone: VerifyingPhone; patientId: string }> {
  const user = phone ?? (await new VerifyingPhone(stack).signIn())
  const { body } = await visitCard(user, person)
  if (body.step !== 'done') throw new Error(JSON.stringify(body))
  return { phone: user, patientId: body.patient.id }
}

async function visitCard(phone: VerifyingPhone, { name, idType, idNumber }: Record<string, string>) {
  const flow = await phone.start()
  return phone.api<{ step: string; reason?: string; patient: { id: string } }>(
    'POST',
    `/enrolments/${flow.id}/visit-card`,
    {
      ...{ name, idType, idNumber, gender: '女', birthday: '1985-06-30', nation: '汉族' },
      ...{ phone: '13955556666', address: '文三路 9 号', relation: '本人' },
    },
  )
}

test('many starts at once open no more pages than tries are left', async () => {
  const { phone, patientId } = await linked()
  const started = await Promise.all(Array.from({ length: 9 }, () => phone.begin(patientId, 'lab-report')))
  const steps = started.map(({ body }) => body.step)
  expect(steps.filter((step) => step === 'open-platform')).toHaveLength(5)
  expect(started.map(({ body }) => (body as WaysOn).reason).filter(Boolean)).toEqual(
    Array(4).fill('too-many-attempts'),
  )
})

test('the last failure of the day offers nothing that would refuse', async () => {
  const { phone, patientId } = await linked()
  for (let count = 0; count < 4; count++) await phone.verify(patientId, 'lab-report', '放弃验证')
  const { body } = await phone.verify(patientId, 'lab-report', '放弃验证')
  expect(body).toMatchObject({ step: 'ways-on', reason: 'too-many-attempts' })
  expect(waysOf(body)).toEqual(['self-service', 'counter', 'phone'])
})

test('verifications opened beforehand are no way round the tries of the day', async () => {
  const [archive] = stack.his.archivesOf(KNOWN.johnSmith)
  const { phone, patientId } = await withPassport(KNOWN.johnSmith)
  const [first, second] = [
    (await phone.begin(patientId, 'lab-report')).body,
    (await phone.begin(patientId, 'lab-report')).body,
  ]
  const post = (id: string, path: string, input: object) =>
    phone.api<VerificationView & { error?: { code: string } }>('POST', `/verifications/${id}${path}`, input)
  await post(first.id, '/code', {})
  expect((await post(second.id, '/code', {})).status).toBe(200)
  const wrong = { code: '000000', visitCard: 'wrong' }
  for (let tries = 0; tries < 5; tries++)
    expect((await post(first.id, '/fallback', wrong)).body.error?.code).toBe('fallback-mismatch')
  const right = {
    code: codeIn((await messagesTo(archive?.phone ?? ''))[0]),
    visitCard: archive?.visitCardNumber,
  }
  expect((await post(second.id, '/fallback', right)).body.error?.code).toBe('fallback-not-offered')
  const seen = (await phone.api<VerificationView>('GET', `/verifications/${second.id}`)).body
  expect(waysOf(seen)).toEqual(['self-service', 'counter', 'phone'])
})

test('unlinking and linking again, or another WeChat user, sends a person no more messages a day', async () => {
  const [archive] = stack.his.archivesOf(KNOWN.johnSmith)
  await database.asOwner(`DELETE FROM verification_code`)
  await database.asOwner(`DELETE FROM verification_attempt`)
  let { phone, patientId } = await withPassport(KNOWN.johnSmith)
  const results: number[] = []
  for (let count = 0; count < 7; count++) {
    const { body } = await phone.begin(patientId, 'lab-report')
    results.push((await phone.api('POST', `/verifications/${body.id}/code`, {})).status)
    if (count === 5) phone = await new VerifyingPhone(stack).signIn()
    else await phone.api('DELETE', `/patients/${patientId}`)
    patientId = (await withPassport(KNOWN.johnSmith, phone)).patientId
  }
  expect(results).toEqual([200, 200, 200, 200, 200, 403, 403])
  expect(await messagesTo(archive?.phone ?? '')).toHaveLength(5)
  const { body } = await phone.begin(patientId, 'lab-report')
  expect(waysOf(body), 'nor is it offered').toEqual(['self-service', 'counter', 'phone'])
})

test('messages that the gateway refused cost the patient nothing', async () => {
  const { phone, patientId } = await linked()
  const { body } = await phone.verify(patientId, 'lab-report', '放弃验证')
  await stack.orderFault('sms', { kind: 'refused', times: 6 })
  for (let count = 0; count < 6; count++)
    expect((await phone.api('POST', `/verifications/${body.id}/code`, {})).status).toBe(503)
  expect((await phone.api('POST', `/verifications/${body.id}/code`, {})).status).toBe(200)
})

test.each(['starting', 'checking'])(
  'the process was lost while %s: the code that the page offers works',
  async (state) => {
    const { phone, person, patientId } = await linked()
    const { body } = await phone.begin(patientId, 'lab-report')
    await database.asOwner(
      `UPDATE verification SET state = '${state}', changed_at_ms = changed_at_ms - 31000, verify_url = NULL
       WHERE id = '${body.id}'`,
    )
    const seen = (await phone.api<VerificationView>('GET', `/verifications/${body.id}`)).body
    expect(waysOf(seen)).toContain('phone-code')
    expect((await phone.api('POST', `/verifications/${body.id}/code`, {})).status).toBe(200)
    const done = await phone.api('POST', `/verifications/${body.id}/fallback`, {
      code: codeIn((await messagesTo('13900001234'))[0]),
      lastFour: lastFour(person),
    })
    expect(done.body).toMatchObject({ step: 'granted', assurance: 'fallback' })
  },
)

test('a code asked for in the last minute of a verification lives its five minutes', async () => {
  const { phone, person, patientId } = await linked()
  const { body } = await phone.verify(patientId, 'lab-report', '放弃验证')
  stack.sandbox.clock.advance(30 * MINUTE_MS - 20 * SECOND_MS)
  await phone.api('POST', `/verifications/${body.id}/code`, {})
  stack.sandbox.clock.advance(4 * MINUTE_MS)
  const done = await phone.api('POST', `/verifications/${body.id}/fallback`, {
    code: codeIn((await messagesTo('13900001234'))[0]),
    lastFour: lastFour(person),
  })
  expect(done.body).toMatchObject({ step: 'granted' })
})

test('two verifications side by side never leave two patients open', async () => {
  const { phone, patientId } = await linked()
  const child = await phone.link(newAdult('330121', { name: '吴小宝' }), '子女')
  const one = (await phone.begin(patientId, 'lab-report')).body
  const other = (await phone.begin(child, 'lab-report')).body
  await phone.handIn(other.id, await phone.onPlatform(other, ...PASS))
  await phone.handIn(one.id, await phone.onPlatform(one, ...PASS))
  const grants = (await phone.api<{ patientId: string }[]>('GET', '/grants')).body
  expect(grants.map((grant) => grant.patientId)).toEqual([patientId])
})

test('consent withdrawn on the way: no grant comes, also if it is given again', async () => {
  const { phone, patientId } = await linked()
  const { body } = await phone.begin(patientId, 'lab-report')
  const back = await phone.onPlatform(body, ...PASS)
  await phone.api('DELETE', '/consent')
  expect((await phone.handIn(body.id, back)).body).toMatchObject({ step: 'ways-on', reason: 'failed' })
  expect((await phone.api('POST', `/verifications/${body.id}/code`, {})).status).toBe(403)
  await phone.api('POST', '/consent', { version: '2026-11' })
  expect((await phone.api<object[]>('GET', '/grants')).body).toEqual([])
})

test('a result handed in before the page was opened does not disturb the start', async () => {
  const { phone, patientId } = await linked()
  const { body } = await phone.begin(patientId, 'lab-report')
  await database.asOwner(`UPDATE verification SET state = 'starting' WHERE id = '${body.id}'`)
  const answer = await phone.api('POST', `/verifications/${body.id}/result`, { registerOrderId: 'early' })
  expect(answer.status).toBe(409)
  expect((await phone.api('GET', `/verifications/${body.id}`)).body).toMatchObject({ step: 'waiting' })
})

test('a held number under another name, verified by nobody, changes nothing', async () => {
  const { phone, person } = await linked()
  // As parents' numbers stand in the archives of their children.
  const { body } = await visitCard(phone, { ...person, name: '周小宝' })
  expect(body).toMatchObject({ step: 'ways-on', reason: 'his-refused' })
  const { patients } = (await phone.api<{ patients: { name: string; verified: boolean }[] }>('GET', '/me'))
    .body
  expect(patients).toMatchObject([{ name: '周*国', verified: true }])
})

test.each(['reply-lost', 'duplicate'] as const)(
  'an archive whose making ended as %s is still a stranger’s word',
  async (kind) => {
    const phone = await new VerifyingPhone(stack).signIn()
    const person = { name: 'Maria Garcia', idType: '03', idNumber: `G${String(Date.now()).slice(-8)}` }
    stack.his.faults.order({ kind, operation: 'archives.create', times: 1 })
    stack.his.faults.order({ kind: 'slow', operation: 'archives.create', delayMs: 1_000, times: 1 })
    const making = visitCard(phone, person)
    await expect
      .poll(() => stack.his.archivesOf(person as never).length, { timeout: 20_000 })
      .toBeGreaterThan(0)
    if (kind === 'reply-lost')
      stack.his.faults.order({ kind: 'unavailable', operation: 'archives.find', times: 3 })
    await making
    stack.his.faults.clear()
    const { patientId } = await withPassport(person, phone)
    const { body } = await phone.begin(patientId, 'lab-report')
    expect(waysOf(body)).toEqual(['self-service', 'counter', 'phone'])
    expect((await phone.api('POST', `/verifications/${body.id}/code`, {})).status).toBe(403)
  },
)
