import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { DAY_MS, MINUTE_MS } from '@zhangyi/core'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'
import { startStack, type TestStack } from '../setup/test-stack.ts'
import { newAdult, PASS, VerifyingPhone } from './verifying-phone.ts'

const ZHANGYI = join(import.meta.dirname, '../../apps/cli/src/zhangyi.mjs')

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

async function linked() {
  const phone = new VerifyingPhone(stack)
  await phone.signIn()
  return { phone, patientId: await phone.link(newAdult()) }
}

async function recorded(phone: VerifyingPhone, action: string): Promise<number> {
  const { body } = await phone.api<{ patients: unknown[] }>('GET', '/me')
  expect(body).toBeTruthy()
  const rows = await database.asOwner<{ count: string }>(
    `SELECT count(*) AS count FROM audit_entry WHERE action = '${action}'`,
  )
  return Number(rows[0]?.count)
}

test('passed on the platform and confirmed by our own question: a grant for this patient and purpose', async () => {
  const { phone, patientId } = await linked()
  const { body } = await phone.begin(patientId, 'lab-report')
  expect(body).toMatchObject({ step: 'open-platform', purpose: 'lab-report', patientId, name: '周*国' })
  const back = await phone.onPlatform(body, ...PASS)
  expect(back.pathname).toBe('/h5/pages/verify/return')
  expect(back.searchParams.get('verification')).toBe(body.id)
  const done = await phone.handIn(body.id, back)
  expect(done.body).toMatchObject({ step: 'granted', assurance: 'real-person' })
  const grants = await phone.api<object[]>('GET', '/grants')
  expect(grants.body).toMatchObject([{ patientId, purpose: 'lab-report', assurance: 'real-person' }])
  expect(await phone.handIn(body.id, back), 'again: the stored answer').toEqual(done)
})

test('coming back proves nothing: with a made-up registerOrderId the platform says no', async () => {
  const { phone, patientId } = await linked()
  const { body } = await phone.begin(patientId, 'lab-report')
  const answer = await phone.api('POST', `/verifications/${body.id}/result`, { registerOrderId: 'made-up' })
  expect(answer.body).toMatchObject({ step: 'ways-on', reason: 'failed' })
  expect((await phone.api<object[]>('GET', '/grants')).body).toEqual([])
})

test('resultCode 0 with suc false is no verification', async () => {
  const { phone, patientId } = await linked()
  const { body } = await phone.begin(patientId, 'lab-report')
  // The order is open on the platform, so that it is known there and answers suc=false.
  const answer = await phone.api('POST', `/verifications/${body.id}/result`, {
    registerOrderId: 'f'.repeat(32),
  })
  expect(answer.status).toBe(200)
  expect(answer.body).toMatchObject({ step: 'ways-on', reason: 'failed' })
})

test('a registerOrderId of another verification is refused and recorded, one’s own or another user’s', async () => {
  const { phone, patientId } = await linked()
  const first = await phone.begin(patientId, 'lab-report')
  const back = await phone.onPlatform(first.body, ...PASS)
  await phone.handIn(first.body.id, back)
  const second = await phone.begin(patientId, 'examination-report')
  const before = await recorded(phone, 'verification.replayed-result')
  expect(await phone.handIn(second.body.id, back)).toMatchObject({
    status: 409,
    body: { error: { code: 'result-refused' } },
  })
  const other = await linked()
  const theirs = await other.phone.begin(other.patientId, 'lab-report')
  expect((await other.phone.handIn(theirs.body.id, back)).status).toBe(409)
  expect(await recorded(phone, 'verification.replayed-result')).toBe(before + 2)
})

test('a result that was never handed in, swapped to another user’s verification, opens nothing', async () => {
  const mine = await linked()
  const theirs = await linked()
  const a = await mine.phone.begin(mine.patientId, 'lab-report')
  const back = await mine.phone.onPlatform(a.body, ...PASS)
  const b = await theirs.phone.begin(theirs.patientId, 'lab-report')
  const swapped = await theirs.phone.handIn(b.body.id, back)
  expect(swapped.body).toMatchObject({ step: 'ways-on', reason: 'failed' })
  expect((await theirs.phone.api<object[]>('GET', '/grants')).body).toEqual([])
})

test('another user’s verification is refused as unknown and recorded', async () => {
  const mine = await linked()
  const theirs = await linked()
  const { body } = await mine.phone.begin(mine.patientId, 'lab-report')
  const before = await recorded(mine.phone, 'verification.not-yours')
  const calls: readonly (readonly [string, string, object?])[] = [
    ['GET', ''],
    ['POST', '/result', { registerOrderId: 'x' }],
    ['POST', '/failed', {}],
    ['POST', '/check', {}],
    ['POST', '/code', {}],
    ['POST', '/fallback', { code: '1', lastFour: '1234' }],
  ]
  for (const [method, path, input] of calls)
    expect((await theirs.phone.api(method, `/verifications/${body.id}${path}`, input)).status).toBe(404)
  expect(await recorded(mine.phone, 'verification.not-yours')).toBe(before + calls.length)
  expect((await theirs.phone.begin(mine.patientId, 'lab-report')).status).toBe(404)
})

test('given up on the platform: ways on, with the fallback first after trying again', async () => {
  const { phone, patientId } = await linked()
  const done = await phone.verify(patientId, 'lab-report', '放弃验证')
  expect(done.body).toMatchObject({ step: 'ways-on', reason: 'failed' })
  const { ways, traceId } = done.body as Extract<typeof done.body, { step: 'ways-on' }>
  expect(ways[0]).toBe('retry')
  expect(ways).toEqual(expect.arrayContaining(['family', 'counter', 'phone']))
  expect(traceId).toMatch(/^ZY-/)
})

test('an empty verifyUrl opens nothing, unless the hospital trusts it', async () => {
  const { phone, patientId } = await linked()
  await stack.orderFault('health-card', { kind: 'empty-verify-url', times: 1 })
  expect((await phone.begin(patientId, 'lab-report')).body).toMatchObject({
    step: 'ways-on',
    reason: 'no-page',
  })
  expect((await phone.api<object[]>('GET', '/grants')).body).toEqual([])
  await stack.orderFault('health-card', { kind: 'empty-verify-url', times: 1 })
  const shown = (await phone.begin(patientId, 'card-code')).body
  expect(shown).toMatchObject({ step: 'ways-on', ways: expect.arrayContaining(['visit-card-code']) })
})

test('the platform is down at the question: asked again with the kept numbers, it grants', async () => {
  const { phone, patientId } = await linked()
  const { body } = await phone.begin(patientId, 'lab-report')
  const back = await phone.onPlatform(body, ...PASS)
  await stack.orderFault('health-card', { kind: 'http-500', operation: 'checkUniformVerifyResult', times: 2 })
  expect((await phone.handIn(body.id, back)).body).toMatchObject({
    step: 'ways-on',
    reason: 'result-unknown',
    ways: expect.arrayContaining(['check-again']),
  })
  await stack.clearFaults()
  const again = await phone.api('POST', `/verifications/${body.id}/check`, {})
  expect(again.body).toMatchObject({ step: 'granted' })
})

test('turning to another patient ends what was granted; so do unlinking and withdrawing consent', async () => {
  const { phone, patientId } = await linked()
  const child = await phone.link(newAdult('330105', { name: '吴小宝' }), '子女')
  const grants = async () =>
    (await phone.api<{ purpose: string }[]>('GET', '/grants')).body.map((g) => g.purpose)
  await phone.verify(patientId, 'lab-report')
  expect(await grants()).toEqual(['lab-report'])
  await phone.verify(child, 'check-up-report')
  expect(await grants()).toEqual(['check-up-report'])
  await phone.api('PUT', `/patients/${patientId}/default`)
  expect(await grants()).toEqual([])
  await phone.verify(child, 'lab-report')
  await phone.api('DELETE', `/patients/${child}`)
  expect(await grants()).toEqual([])
  await phone.verify(patientId, 'lab-report')
  await phone.api('DELETE', '/consent')
  expect(await grants()).toEqual([])
})

test('proxy verification is recorded with its expiry', async () => {
  const phone = new VerifyingPhone(stack)
  await phone.signIn()
  const patientId = await phone.link(newAdult('330105', { bornIn: 1948 }))
  const done = await phone.verify(patientId, 'lab-report', '家人代验证', '模拟：验证通过')
  expect(done.body).toMatchObject({ step: 'granted', assurance: 'proxy' })
  const rows = await database.asOwner<{ proxy_expires_at_ms: string; proxy: Buffer }>(
    `SELECT proxy, proxy_expires_at_ms FROM verification_grant WHERE patient_id = '${patientId}'`,
  )
  expect(Number(rows[0]?.proxy_expires_at_ms)).toBeGreaterThan(stack.sandbox.clock.nowMs())
  expect(rows[0]?.proxy.toString()).not.toContain('3301')
})

test('patients without a resident ID card are never submitted: passport, and 81/82/83/9 numbers', async () => {
  const { phone } = await linked()
  const flow = await phone.start({ intent: 'add-patient' })
  const card = await phone.api<{ step: string; patient: { id: string } }>(
    'POST',
    `/enrolments/${flow.id}/visit-card`,
    {
      ...{ name: 'Maria Garcia', idType: '03', idNumber: `G${String(Date.now()).slice(-8)}` },
      ...{ gender: '女', birthday: '1985-06-30', phone: '13900004321', address: '文三路 9 号' },
      relation: '亲属',
    },
  )
  expect(card.body.step).toBe('done')
  const calls = () =>
    stack.sandbox.simulators['health-card']?.calls.filter(
      (call) => call.operation === 'registerUniformVerifyOrder',
    ).length
  const before = calls()
  expect((await phone.begin(card.body.patient.id, 'lab-report')).body).toMatchObject({
    step: 'ways-on',
    reason: 'no-resident-id',
  })
  expect(calls()).toBe(before)
})

test('five failures for a patient and purpose, ten for a WeChat user: then the counter, until tomorrow', async () => {
  const { phone, patientId } = await linked()
  for (let count = 0; count < 5; count++) await phone.verify(patientId, 'lab-report', '放弃验证')
  const sixth = await phone.begin(patientId, 'lab-report')
  expect(sixth.body).toMatchObject({ step: 'ways-on', reason: 'too-many-attempts' })
  const { ways } = sixth.body as Extract<typeof sixth.body, { step: 'ways-on' }>
  expect(ways).toEqual(expect.arrayContaining(['counter', 'phone']))
  expect(ways).not.toContain('retry')
  expect((await phone.verify(patientId, 'diagnosis')).body.step, 'another purpose').toBe('granted')
  for (let count = 0; count < 5; count++) await phone.verify(patientId, 'prescription', '放弃验证')
  expect((await phone.begin(patientId, 'diagnosis')).body).toMatchObject({ reason: 'too-many-attempts' })
  stack.sandbox.clock.advance(DAY_MS)
  await phone.signIn()
  expect((await phone.begin(patientId, 'lab-report')).body.step).toBe('open-platform')
})

test('a result that arrives after the verification’s lifetime is refused', async () => {
  const { phone, patientId } = await linked()
  const { body } = await phone.begin(patientId, 'lab-report')
  const back = await phone.onPlatform(body, ...PASS)
  stack.sandbox.clock.advance(31 * MINUTE_MS)
  expect(await phone.handIn(body.id, back)).toMatchObject({
    status: 410,
    body: { error: { code: 'verification-expired' } },
  })
  expect((await phone.api('GET', `/verifications/${body.id}`)).body).toMatchObject({ reason: 'expired' })
})

test('two returns at once ask the platform once and make one grant', async () => {
  const { phone, patientId } = await linked()
  const { body } = await phone.begin(patientId, 'lab-report')
  const back = await phone.onPlatform(body, ...PASS)
  await Promise.all([phone.handIn(body.id, back), phone.handIn(body.id, back), phone.handIn(body.id, back)])
  await expect
    .poll(async () => (await phone.api('GET', `/verifications/${body.id}`)).body)
    .toMatchObject({ step: 'granted' })
  const rows = await database.asOwner<{ count: string }>(
    `SELECT count(*) AS count FROM verification_grant WHERE patient_id = '${patientId}'`,
  )
  expect(Number(rows[0]?.count)).toBe(1)
})

test('an operator’s command ends a patient’s grants at once and is recorded', async () => {
  const { phone, patientId } = await linked()
  await phone.verify(patientId, 'lab-report')
  const run = (...more: readonly string[]) =>
    runCommand('grants', 'void', '--hospital', 'demo', '--operator', '1024', ...more)
  expect(await run('--patient', patientId)).toMatchObject({ code: 0, output: '已作废 1 个授权。\n' })
  expect((await phone.api<object[]>('GET', '/grants')).body).toEqual([])
  expect((await phone.api('GET', `/records/lab?patientId=${patientId}`)).status).toBe(403)
  const audit = await database.asOwner<{ actor: string }>(
    `SELECT actor FROM audit_entry WHERE action = 'verification.grant-voided' ORDER BY id DESC LIMIT 1`,
  )
  expect(audit[0]?.actor).toBe('operator:1024')
  expect((await run('--patient', 'pat_unknown')).output).toContain('没有这位就诊人')
  expect((await run()).output).toContain('二选一')
})

/** `zhangyi …` as somebody types it, on this file's database. */
async function runCommand(...args: readonly string[]): Promise<{ code: number; output: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'zhangyi-command-'))
  const urlFile = join(folder, 'database-url')
  writeFileSync(urlFile, database.appUrl)
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [ZHANGYI, ...args], {
      env: { ...process.env, ZHANGYI_DATABASE_URL_FILE: urlFile, ZHANGYI_DATA_DIR: folder },
    })
    return { code: 0, output: stdout }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, output: stdout + stderr }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
