import { checkCharacter } from '@zhangyi/core'
import { hospitalSchema } from '@zhangyi/server'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { FlowView } from '../../apps/server/src/enrolment/index.ts'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'
import { startStack, type TestStack } from '../setup/test-stack.ts'
import { Phone } from './phone.ts'

let database: TestDatabase
let stack: TestStack

beforeAll(async () => {
  database = await createTestDatabase()
  stack = await startStack(database)
  return async () => {
    await stack.stop()
    await database.drop()
  }
})
beforeEach(() => stack.clearFaults())

let serial = 0
/** A made-up adult whom nobody else in this file uses. */
function newPerson(changes: object = {}) {
  serial++
  const first17 = `330106${1970 + (serial % 30)}0${1 + (serial % 9)}1${serial % 10}${String(100 + serial).slice(-3)}`
  return {
    name: '周建国',
    idType: '01',
    idNumber: first17 + checkCharacter(first17),
    nation: '汉族',
    phone: '13900001234',
    address: '西湖区文三路 9 号',
    ...changes,
  }
}

async function withCard(person: ReturnType<typeof newPerson> | object, relation = '本人') {
  const phone = await new Phone(stack).signIn()
  await stack.action('health-card', 'seed-card', { person: phone.person, relation, ...person })
  return phone
}

const CHOOSE = ['模拟：验证通过'] as const

/** Chooses the card by name and passes by remote authorisation; ends at our return page. */
async function authorise(phone: Phone, flow: FlowView, who: string): Promise<URL> {
  if (flow.step !== 'open-platform') throw new Error(`flow is at ${flow.step}`)
  return phone.walk(flow.url, who, '远程授权认证', ...CHOOSE)
}

function code(url: URL, name: string): { code: string } {
  const value = url.searchParams.get(name)
  if (!value) throw new Error(`no ${name} in ${[...url.searchParams.keys()].join()}`)
  return { code: value }
}

test('an existing card is linked: verified, with card, archive made in the HIS', async () => {
  const person = newPerson()
  const phone = await withCard(person)
  const flow = await phone.start()
  const back = await authorise(phone, flow, '周')
  expect(back.pathname).toBe('/h5/pages/enrolment/return')
  const done = await phone.api('POST', `/enrolments/${flow.id}/health-code`, code(back, 'healthCode'))
  expect(done.body).toMatchObject({
    step: 'done',
    cardPending: false,
    patient: { verified: true, card: 'linked', isDefault: true, relation: '本人' },
  })
  const archives = await stack.his.port.archives.find({
    idType: '01',
    idNumbers: [person.idNumber],
    name: person.name,
  })
  expect(archives).toHaveLength(1)
})

test('the same healthCode again returns the stored result; from another flow it is refused', async () => {
  const phone = await withCard(newPerson())
  const flow = await phone.start()
  const sent = code(await authorise(phone, flow, '周'), 'healthCode')
  const first = await phone.api('POST', `/enrolments/${flow.id}/health-code`, sent)
  const again = await phone.api('POST', `/enrolments/${flow.id}/health-code`, sent)
  expect(again).toEqual(first)
  const other = await new Phone(stack).signIn()
  const theirs = await other.start()
  expect(await other.api('POST', `/enrolments/${theirs.id}/health-code`, sent)).toMatchObject({
    status: 409,
    body: { error: { code: 'code-refused', traceId: expect.stringMatching(/^ZY-/) } },
  })
})

test('a code that the platform does not know leads on, and does not link anybody', async () => {
  const phone = await new Phone(stack).signIn()
  const flow = await phone.start()
  const view = await phone.api('POST', `/enrolments/${flow.id}/health-code`, { code: 'made-up' })
  expect(view.body).toMatchObject({ step: 'ways-on', reason: 'code-refused' })
  const traceId = view.body.step === 'ways-on' ? view.body.traceId : undefined
  // For the operators: each step, and at the last one what the platform answered and in which request.
  const steps = await database.asOwner<{ state: string; code: string | null; trace_id: string }>(
    `SELECT state, code, trace_id FROM enrolment_step WHERE flow_id = '${flow.id}' ORDER BY id`,
  )
  expect(steps.map(({ state }) => state)).toEqual(['starting', 'on-platform', 'exchanging', 'ways-on'])
  expect(steps.at(-1)).toMatchObject({ code: expect.any(String), trace_id: traceId })
})

test("another user's flow and another user's patient are refused as unknown and recorded", async () => {
  const phone = await withCard(newPerson())
  const flow = await phone.start()
  const back = await authorise(phone, flow, '周')
  const done = await phone.api('POST', `/enrolments/${flow.id}/health-code`, code(back, 'healthCode'))
  const patientId = done.body.step === 'done' ? done.body.patient.id : ''
  const other = await new Phone(stack).signIn()
  expect((await other.api('GET', `/enrolments/${flow.id}`)).status).toBe(404)
  expect((await other.api('DELETE', `/patients/${patientId}`)).status).toBe(404)
  expect((await other.api('PUT', `/patients/${patientId}/default`)).status).toBe(404)
  const actions = await auditActions()
  expect(actions).toContain('enrolment.not-your-flow')
  expect(actions).toContain('patients.not-yours')
})

test('a face page address that leads elsewhere is refused and recorded, without its query', async () => {
  const phone = await new Phone(stack).signIn()
  const answer = await phone.api<{ error: { code: string } }>('POST', '/face-checks', {
    orderId: 'made-up',
    verifyType: 1,
    redirectUrl: 'https://evil.example/?stolen=1',
  })
  expect(answer).toMatchObject({ status: 403, body: { error: { code: 'redirect-refused' } } })
  const rows = await database.asOwner<{ subject: string }>(
    "SELECT subject FROM audit_entry WHERE action = 'verification.tampered-redirect'",
  )
  expect(rows).toEqual([{ subject: 'evil.example' }])
})

test('a lost reply of the code exchange is not repeated: the patient authorises afresh and is linked', async () => {
  const phone = await withCard(newPerson())
  const flow = await phone.start()
  const sent = code(await authorise(phone, flow, '周'), 'healthCode')
  await stack.orderFault('health-card', {
    kind: 'reply-lost',
    operation: 'getHealthCardByHealthCode',
    times: 1,
  })
  const before = exchanges()
  const view = await phone.api('POST', `/enrolments/${flow.id}/health-code`, sent)
  expect(view.body).toMatchObject({ step: 'ways-on', reason: 'code-unknown' })
  await phone.api('POST', `/enrolments/${flow.id}/health-code`, sent)
  expect(exchanges() - before).toBe(1)
  const second = await phone.start()
  const back = await authorise(phone, second, '周')
  const done = await phone.api('POST', `/enrolments/${second.id}/health-code`, code(back, 'healthCode'))
  expect(done.body.step).toBe('done')
})

test('a new card: form, verification, archive', async () => {
  const phone = await new Phone(stack).signIn()
  const flow = await phone.start()
  if (flow.step !== 'open-platform') throw new Error(flow.step)
  const toForm = await phone.walk(flow.url, '添加健康卡')
  const { code: authCode } = code(toForm, 'authCode')
  expect((await phone.api('POST', `/enrolments/${flow.id}/arrive-at-form`)).body.step).toBe('form')
  const submitted = await phone.api('POST', `/enrolments/${flow.id}/form`, {
    ...newPerson(),
    relation: '本人',
    authCode,
  })
  if (submitted.body.step !== 'open-platform') throw new Error(JSON.stringify(submitted.body))
  const back = await phone.walk(submitted.body.url, '远程授权认证', ...CHOOSE)
  const done = await phone.api('POST', `/enrolments/${flow.id}/health-code`, code(back, 'healthCode'))
  expect(done.body).toMatchObject({ step: 'done', patient: { verified: true, card: 'linked' } })
})

test('wrong fields of the form are all named, the authCode is not spent, and the corrected form goes through', async () => {
  const phone = await new Phone(stack).signIn()
  const flow = await phone.start()
  if (flow.step !== 'open-platform') throw new Error(flow.step)
  const { code: authCode } = code(await phone.walk(flow.url, '添加健康卡'), 'authCode')
  const path = `/enrolments/${flow.id}/form`
  const wrong = await phone.api<{ error: { fields: { field: string }[] } }>('POST', path, {
    ...newPerson({ name: '', phone: '1', nation: '' }),
    relation: '本人',
    authCode,
  })
  expect(wrong.status).toBe(400)
  expect(wrong.body.error.fields.map(({ field }) => field).sort()).toEqual(['name', 'nation', 'phone'])
  const right = await phone.api('POST', path, { ...newPerson(), relation: '本人', authCode })
  expect(right.body.step).toBe('open-platform')
})

test('abandoned verification leads on to a visit card, whose patient is marked unverified', async () => {
  const phone = await withCard(newPerson())
  const flow = await phone.start()
  if (flow.step !== 'open-platform') throw new Error(flow.step)
  const back = await phone.walk(flow.url, '周', '放弃验证')
  expect(back.searchParams.get('failed')).toBe('1')
  const failed = await phone.api('POST', `/enrolments/${flow.id}/verify-failed`)
  expect(failed.body).toMatchObject({
    step: 'ways-on',
    reason: 'verify-failed',
    ways: expect.arrayContaining(['retry', 'visit-card', 'counter']),
  })
  const done = await phone.api('POST', `/enrolments/${flow.id}/visit-card`, {
    ...newPerson(),
    relation: '本人',
  })
  expect(done.body).toMatchObject({ step: 'done', patient: { verified: false, card: 'none' } })
})

test('card management out of order: the archive is made all the same and the card is offered later, then taken up', async () => {
  const person = newPerson()
  const phone = await withCard(person)
  await stack.orderFault('health-card', { kind: 'card-management-outage', times: 1 })
  const flow = await phone.start()
  const back = await authorise(phone, flow, '周')
  const done = await phone.api('POST', `/enrolments/${flow.id}/reg-info-code`, code(back, 'regInfoCode'))
  const first =
    done.body.step === 'complete-archive'
      ? await phone.api('POST', `/enrolments/${flow.id}/complete`, { relation: '本人' })
      : done
  expect(first.body).toMatchObject({ step: 'done', cardPending: true, patient: { card: 'offered-later' } })
  const patientId = first.body.step === 'done' ? first.body.patient.id : ''
  const upgrade = await phone.start({ intent: 'upgrade', patientId })
  const again = await authorise(phone, upgrade, '周')
  expect(again.searchParams.get('patient')).toBe(patientId)
  const upgraded = await phone.api('POST', `/enrolments/${upgrade.id}/health-code`, code(again, 'healthCode'))
  expect(upgraded.body).toMatchObject({
    step: 'done',
    patient: { id: patientId, card: 'linked', verified: true },
  })
})

test("an upgrade with somebody else's card is refused and changes nothing", async () => {
  const phone = await withCard(newPerson({ name: '孙丽' }))
  const made = await phone.start()
  const visit = await phone.api('POST', `/enrolments/${made.id}/visit-card`, {
    ...newPerson(),
    relation: '本人',
  })
  const patientId = visit.body.step === 'done' ? visit.body.patient.id : ''
  const upgrade = await phone.start({ intent: 'upgrade', patientId })
  const back = await authorise(phone, upgrade, '孙')
  const view = await phone.api('POST', `/enrolments/${upgrade.id}/health-code`, code(back, 'healthCode'))
  expect(view.body).toMatchObject({ step: 'ways-on', reason: 'other-person' })
  const me = await phone.api<{ patients: { id: string; card: string }[] }>('GET', '/me')
  expect(me.body.patients).toMatchObject([{ id: patientId, card: 'none' }])
})

test('fields that the card does not have are asked for, and only those', async () => {
  const phone = await withCard(newPerson({ nation: null, address: null }))
  const flow = await phone.start()
  const back = await authorise(phone, flow, '周')
  const view = await phone.api('POST', `/enrolments/${flow.id}/health-code`, code(back, 'healthCode'))
  expect(view.body).toMatchObject({ step: 'complete-archive', missing: ['nation', 'address'] })
  const missing = await phone.api('POST', `/enrolments/${flow.id}/complete`, { nation: '汉族' })
  expect(missing).toMatchObject({ status: 400, body: { error: { fields: [{ field: 'address' }] } } })
  const done = await phone.api('POST', `/enrolments/${flow.id}/complete`, {
    nation: '汉族',
    address: '文三路 9 号',
  })
  expect(done.body.step).toBe('done')
})

test('the platform down: told and led on without waiting for it, by a limit of at most 3 seconds', async () => {
  const limit = hospitalSchema.shape.healthCard.shape.timeoutMs.parse(undefined)
  expect(limit).toBeLessThanOrEqual(2_000)
  const phone = await new Phone(stack).signIn()
  await stack.orderFault('health-card', {
    kind: 'delay',
    delayMs: 20_000,
    operation: 'registerHealthCardPreAuth',
    times: 1,
  })
  const started = performance.now()
  const flow = await phone.start()
  // Generous against a busy machine; the platform itself would take 20 s.
  expect(performance.now() - started).toBeLessThan(15_000)
  expect(flow).toMatchObject({
    step: 'ways-on',
    reason: 'platform-unavailable',
    ways: expect.arrayContaining(['visit-card', 'counter']),
  })
})

test('the HIS down: nothing is lost, resume goes on without authorising again', async () => {
  const phone = await withCard(newPerson())
  const flow = await phone.start()
  const back = await authorise(phone, flow, '周')
  stack.his.faults.order({ kind: 'unavailable', operation: 'archives.find', times: 1 })
  const view = await phone.api('POST', `/enrolments/${flow.id}/health-code`, code(back, 'healthCode'))
  expect(view.body).toMatchObject({
    step: 'ways-on',
    reason: 'his-unavailable',
    ways: expect.arrayContaining(['resume']),
  })
  expect((await phone.api('POST', `/enrolments/${flow.id}/resume`)).body.step).toBe('done')
})

test('a lost reply of the archive creation never makes a second archive', async () => {
  const person = newPerson()
  const phone = await withCard(person)
  const flow = await phone.start()
  const back = await authorise(phone, flow, '周')
  stack.his.faults.order({ kind: 'reply-lost', operation: 'archives.create', times: 1 })
  const view = await phone.api('POST', `/enrolments/${flow.id}/health-code`, code(back, 'healthCode'))
  expect(view.body.step).toBe('done')
  const archives = await stack.his.port.archives.find({
    idType: '01',
    idNumbers: [person.idNumber],
    name: person.name,
  })
  expect(archives).toHaveLength(1)
})

test('the card is bound to the archive at the platform in the background', async () => {
  const phone = await withCard(newPerson())
  await stack.orderFault('health-card', { kind: 'http-500', operation: 'bindCardRelation', times: 1 })
  const flow = await phone.start()
  const back = await authorise(phone, flow, '周')
  await phone.api('POST', `/enrolments/${flow.id}/health-code`, code(back, 'healthCode'))
  const bound = () =>
    stack.sandbox.simulators['health-card']?.calls.filter(
      ({ operation }) => operation === 'bindCardRelation',
    ) ?? []
  await expect.poll(() => bound().some(({ result }) => result === 'http-500'), { timeout: 30_000 }).toBe(true)
  stack.sandbox.clock.advance(10 * 60_000)
  const due = stack.server.app.work.find(({ name }) => name === 'enrolment.bind-cards')
  await expect
    .poll(
      async () => {
        await due?.runDue(stack.sandbox.clock, 10)
        return stack.action<{ patid?: string }[]>('health-card', 'cards', { person: phone.person })
      },
      { timeout: 30_000 },
    )
    .toMatchObject([{ patid: expect.any(String) }])
})

test('without consent nothing begins', async () => {
  const phone = await new Phone(stack).signIn()
  await phone.api('DELETE', '/consent')
  expect(await phone.start()).toMatchObject({ error: { code: 'consent-required' } })
})

test('a flow past its 30 minutes says so and offers a new start', async () => {
  const phone = await withCard(newPerson())
  const flow = await phone.start()
  stack.sandbox.clock.advance(31 * 60_000)
  expect((await phone.api('GET', `/enrolments/${flow.id}`)).body).toMatchObject({
    step: 'ways-on',
    reason: 'expired',
  })
})

test('one trace number finds the call in the log and in the call log, and neither holds personal data', async () => {
  const person = newPerson({ name: '欧阳无双' })
  const phone = await withCard(person)
  const flow = await phone.start()
  const back = await authorise(phone, flow, '欧')
  await phone.api('POST', `/enrolments/${flow.id}/health-code`, code(back, 'healthCode'))
  const lines = stack.logLines.join('\n')
  const logged = await database.asOwner<{ trace_id: string }>(
    "SELECT trace_id, operation, request::text, reply::text FROM outside_call WHERE operation = 'getHealthCardByHealthCode' ORDER BY id DESC LIMIT 1",
  )
  expect(logged[0]?.trace_id).toMatch(/^ZY-/)
  expect(lines).toContain(logged[0]?.trace_id)
  const kept = JSON.stringify(logged)
  for (const secret of [person.name, person.idNumber, back.searchParams.get('healthCode') ?? '-'])
    expect(lines + kept).not.toContain(secret)
})

function exchanges(): number {
  const calls = stack.sandbox.simulators['health-card']?.calls ?? []
  return calls.filter(({ operation }) => operation === 'getHealthCardByHealthCode').length
}

async function auditActions(): Promise<readonly string[]> {
  return (await database.asOwner<{ action: string }>('SELECT action FROM audit_entry')).map(
    ({ action }) => action,
  )
}
