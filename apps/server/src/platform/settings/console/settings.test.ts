import { generateKeyPairSync } from 'node:crypto'
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DAY_MS } from '@zhangyi/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../../tests/setup/test-database.ts'
import { makeCertificate } from '../../../../../sandbox/src/wechat-pay/keys/make-certificate.ts'
import { Cipher } from '../../crypto/cipher.ts'
import { parseHospitals } from '../../hospitals/hospitals.ts'
import type { Role } from '../../operators/access/roles.ts'
import { ORIGIN, openDoor } from '../../operators/test-support/open-door.ts'
import { signInAs } from '../../operators/test-support/sign-in-as.ts'
import { readSecretFile } from '../../secrets/read-secret.ts'
import { sealSecret } from '../../secrets/sealed-secret.ts'
import { registerSettings } from './register-settings.ts'

const NOON = Date.parse('2026-11-28T12:00:00+08:00')
const SERIAL = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1'
const SECRETS = ['card-secret-0123456789', 'k'.repeat(32), 'his-secret-of-the-hospital']

let database: TestDatabase
let door: Awaited<ReturnType<typeof openDoor>>
let folder: string
let privateKey: string
let certificate: string
const file = (name: string, text: string, mode = 0o600) => {
  const path = join(folder, name)
  writeFileSync(path, text, { mode })
  chmodSync(path, mode)
  // Older than the gateway's start, as the clock of the test has it.
  utimesSync(path, (NOON - DAY_MS) / 1_000, (NOON - DAY_MS) / 1_000)
  return path
}
const newKey = () =>
  generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  }) as string
const certificateOf = (privateKeyPem: string, expireMs: number) =>
  makeCertificate({
    ...{ privateKeyPem, serial: SERIAL, commonName: 'test', organisation: 'test' },
    ...{ effectiveMs: NOON - 100 * DAY_MS, expireMs },
  })

beforeAll(async () => {
  database = await createTestDatabase()
  door = await openDoor(database)
  folder = mkdtempSync(join(tmpdir(), 'zhangyi-settings-'))
  privateKey = newKey()
  certificate = certificateOf(privateKey, NOON + 100 * DAY_MS)
  const { checks } = door.room
  const register = (name: string, hospitalId: string | undefined, ok: boolean) =>
    checks.register({
      ...{ name, zh: `检查 ${name}`, level: 'calls', ...(hospitalId !== undefined && { hospitalId }) },
      run: async () => (ok ? { ok } : { ok, zh: '请核对地址' }),
    })
  register('his.first', 'first', false)
  register('his.second', 'second', true)
  register('database', undefined, true)
  checks.addProof({ zh: '额度够用', where: '商户平台', hospitalId: 'first' })
  const settings = { ...door.room.settings, mode: 'production' as const }
  registerSettings(door.http, { ...door.room, settings, hospitals: hospitals() })
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await database.drop()
})

function hospitals() {
  const basics = { phone: '0571-0000000', counter: '门诊一楼 3 号窗', wechat: {} }
  const card = { baseUrl: 'https://card.example/rest', h5Origin: 'https://h5.card.example', appId: 'app' }
  const healthCard = { ...card, hospitalId: '30613', appSecretFile: file('card', SECRETS[0] ?? '', 0o644) }
  return parseHospitals(
    {
      hospitals: [
        {
          ...{ id: 'first', name: '第一医院', ...basics, healthCard },
          his: {
            ...{ kind: 'rest', baseUrl: 'http://user:hidden-word@10.0.0.9/his?token=hidden-word' },
            auth: { kind: 'hmac', keyId: 'k', secretFile: file('his', SECRETS[2] ?? '') },
            headers: { 'x-key': 'hidden-word' },
          },
          wechatPay: {
            ...{ mchid: '1900000109', merchantSerial: 'AB'.repeat(20) },
            merchantPrivateKeyFile: file('merchant', privateKey),
            apiV3KeyFile: file('v3', SECRETS[1] ?? ''),
            platformCertificateFiles: [
              file('soon', certificateOf(newKey(), NOON + 20 * DAY_MS)),
              file('over', certificateOf(newKey(), NOON - DAY_MS)),
              file('wrong', privateKey),
              join(folder, 'not-there'),
            ],
          },
          refunds: { original: { maxDays: 180 } },
          sms: { url: 'https://sms.example/', keyId: 'k', secretFile: join(file('no-folder', 'x'), 'sms') },
        },
        {
          ...{ id: 'second', name: '第二医院', ...basics, healthCard },
          his: { kind: 'module', file: 'x.ts' },
        },
      ],
    },
    'test',
  )
}

const as = async (role: Role, seen?: readonly string[]) =>
  door.desk(
    await signInAs(door.room, {
      ...{ origin: ORIGIN, loginName: `${role}-${seen?.join('') ?? 'all'}`, role },
      ...(seen && { hospitals: seen }),
    }),
  )
const audited = () =>
  database.asOwner<{ action: string; subject: string; detail: object }>(
    `SELECT action, subject, detail FROM audit_entry WHERE action LIKE 'settings.%' ORDER BY id`,
  )

describe('what is configured', () => {
  test('every setting stands there with its value, its default and what it does', async () => {
    const { body } = await (await as('operator')).ask('GET', '/settings')
    const groups = new Map<string, { rows: { path: string }[]; isSet: boolean }>(
      body.groups.map((group: { key: string }) => [group.key, group]),
    )
    const row = (group: string, path: string) =>
      groups.get(group)?.rows.find((one: { path: string }) => one.path === path)
    expect(row('hospital', 'name')).toMatchObject({ value: '第一医院', isStandard: false })
    expect(row('refunds', 'refunds.original.maxDays')).toMatchObject({
      ...{ value: '180', standard: '365', isStandard: false },
      about: '付款之后多少天内可以原路退回',
    })
    expect(row('visits', 'visits.payMinutes')).toMatchObject({ value: '15', isStandard: true })
    expect(groups.get('visits')).toMatchObject({ isSet: true })
    expect(row('his', 'his.baseUrl')).toMatchObject({ value: 'http://10.0.0.9/his?……' })
    expect(row('his', 'his.headers')).toMatchObject({ value: '1 项，不显示' })
    expect(body.installation.map(({ path }: { path: string }) => path)).toContain('ZHANGYI_MODE')
  })

  test('no key and no secret of an address is in it, nor in the log', async () => {
    const text = JSON.stringify((await (await as('system')).ask('GET', '/settings')).body)
    for (const secret of [...SECRETS, 'hidden-word', 'PRIVATE KEY', privateKey.split('\n')[3] ?? ''])
      expect(text + door.logLines.join('')).not.toContain(secret)
  })

  test('a hospital’s own administrator sees that hospital, and nothing of the installation or of another', async () => {
    const desk = await as('hospital', ['second'])
    const { body } = await desk.ask('GET', '/settings')
    expect(JSON.stringify(body)).not.toContain('第一医院')
    expect(body.installation).toBeUndefined()
    expect((await desk.ask('GET', '/settings?hospital=first')).status).toBe(404)
    const tester = await as('operator', ['second'])
    expect((await tester.ask('POST', '/settings/tests', { hospital: 'first' })).status).toBe(404)
    const { lines } = (await tester.ask('POST', '/settings/tests', {})).body
    expect(lines.map(({ name }: { name: string }) => name)).toEqual(['his.second'])
  })
})

describe('keys', () => {
  test('each says whether it can be used and until when; what needs a person is named', async () => {
    const { keys } = (await (await as('security')).ask('GET', '/settings')).body
    const of = (path: string) => keys.find((key: { path: string }) => key.path === path)
    expect(of('healthCard.appSecretFile')).toMatchObject({
      ...{ state: 'good', storage: 'plain', advice: expect.stringContaining('chmod 600') },
      facts: { fingerprint: expect.stringMatching(/^([0-9A-F]{4} ){7}[0-9A-F]{4}$/) },
    })
    expect(of('wechatPay.merchantPrivateKeyFile')).toMatchObject({ state: 'good' })
    const states = [0, 1, 2, 3].map((index) => of(`wechatPay.platformCertificateFiles.${index}`))
    expect(states.map(({ state }) => state)).toEqual(['ending', 'ended', 'unusable', 'missing'])
    expect(states[0]).toMatchObject({ facts: { serial: SERIAL, expiresAtMs: NOON + 20 * DAY_MS } })
    expect(states[2].problem).toContain('私钥不要外传')
  })

  test('a file that was changed after the start is told to wait for one', async () => {
    const now = (NOON + 60_000) / 1_000
    utimesSync(join(folder, 'v3'), now, now)
    const { keys } = (await (await as('system')).ask('GET', '/settings')).body
    expect(keys.find(({ path }: { path: string }) => path === 'wechatPay.apiV3KeyFile')).toMatchObject({
      ...{ state: 'changed', problem: expect.stringContaining('重启') },
    })
  })

  const check = async (text: string, more: object = {}) =>
    (await as('system')).ask('POST', '/settings/keys/check', {
      ...{ path: 'wechatPay.merchantPrivateKeyFile', text, ...more },
    })

  test('a new one is read, held against its certificate and against the configuration, and kept nowhere', async () => {
    const good = await check(privateKey, { certificate })
    expect(good.body).toMatchObject({
      ...{ problems: [], facts: { serial: SERIAL, expiresAtMs: NOON + 100 * DAY_MS } },
      notes: [`换上它的同时，要把 wechatPay.merchantSerial 从 ${'AB'.repeat(20)} 改成 ${SERIAL}`],
    })
    const other = await check(newKey(), { certificate })
    expect(other.body.problems).toEqual([expect.stringContaining('不是一对')])
    const over = await check(privateKey, { certificate: certificateOf(privateKey, NOON - DAY_MS) })
    expect(over.body.problems).toEqual([expect.stringContaining('已经过期')])
    const kept = await database.asOwner(`SELECT * FROM audit_entry WHERE action = 'settings.key-checked'`)
    expect(kept).toHaveLength(3)
    expect(JSON.stringify(kept) + door.logLines.join('')).not.toContain('PRIVATE KEY')
    expect((await audited()).at(-3)).toMatchObject({
      ...{ action: 'settings.key-checked', subject: 'wechatPay.merchantPrivateKeyFile' },
      detail: { problems: 0, fingerprint: good.body.facts.fingerprint },
    })
  })

  test.each([
    ['a certificate where the key belongs', () => certificate, {}, '这是证书'],
    ['no key at all', () => 'hello', {}, '读不出私钥'],
    ['a key where the certificate belongs', () => privateKey, { certificate: 'PRIVATE KEY' }, '不是证书'],
    ['an APIv3 key that is too short', () => 'short', { path: 'wechatPay.apiV3KeyFile' }, '正好 32 个字符'],
    ['a key nobody configured', () => 'x', { path: '/etc/passwd' }, '没有这个密钥'],
    ['a secret of several lines', () => 'a\nb', { path: 'his.auth.secretFile' }, '一行文字'],
  ])('%s is refused in words that help', async (_name, text, more, word) => {
    const { status, body } = await check(text(), more)
    expect([status, body.error.fields[0].message]).toEqual([400, expect.stringContaining(word)])
  })

  test('only the system administrator may, and a file that is no key is not even read', async () => {
    const body = { path: 'wechatPay.merchantPrivateKeyFile', text: privateKey }
    for (const role of ['security', 'operator', 'hospital'] as const)
      expect((await (await as(role)).ask('POST', '/settings/keys/check', body)).code).toBe(
        'operator-forbidden',
      )
    expect((await check('x'.repeat(20_001))).status).toBe(400)
  })
})

describe('a key is replaced', () => {
  const replace = async (body: object, seen?: readonly string[]) =>
    (await as('system', seen)).ask('POST', '/settings/keys/replace', { hospital: 'first', ...body })
  const keyAt = async (path: string) =>
    (await (await as('system')).ask('GET', '/settings')).body.keys.find(
      (key: { path: string }) => key.path === path,
    )
  const his = { path: 'his.auth.secretFile', text: ' a-new-word-for-the-his\n' }

  test('sealed, in the file of the configuration; the former one is beside it; it waits for a restart', async () => {
    expect(await keyAt(his.path)).toMatchObject({
      storage: 'plain',
      advice: expect.stringContaining('keys seal'),
    })
    const { status, body } = await replace({ ...his, file: join(folder, 'elsewhere') })
    const path = join(folder, 'his')
    expect([status, body.previous]).toEqual([200, `${path}.previous`])
    const { cipher } = door.room
    expect(readSecretFile(cipher, path)).toEqual({ text: his.text.trim(), isSealed: true })
    expect(readSecretFile(cipher, `${path}.previous`)).toEqual({ text: SECRETS[2], isSealed: true })
    expect([statSync(path).mode & 0o777, readdirSync(folder)]).toEqual([
      ...[0o600, expect.not.arrayContaining([expect.stringMatching(/^\.|elsewhere/)])],
    ])
    utimesSync(path, (NOON + 60_000) / 1_000, (NOON + 60_000) / 1_000)
    const key = await keyAt(his.path)
    expect(key).toMatchObject({ state: 'changed', storage: 'sealed', facts: body.facts })
    expect(key.advice).toBeUndefined()
    const again = await replace(his)
    expect(again.body.error.fields[0].message).toContain('同一个')
  })

  test('who, which and by what fingerprint is in the audit, and nothing of the key in audit, log or answer', async () => {
    const { body } = await replace({ path: 'wechatPay.apiV3KeyFile', text: 'v'.repeat(32) })
    const [before, after] = (await audited()).slice(-2)
    expect([before?.action, after?.action]).toEqual(['settings.key-replacing', 'settings.key-replaced'])
    for (const entry of [before, after])
      expect(entry).toMatchObject({
        subject: 'wechatPay.apiV3KeyFile',
        detail: {
          fingerprint: body.facts.fingerprint,
          formerFingerprint: expect.stringMatching(/^[0-9A-F]{4} /),
        },
      })
    const refused = await replace({
      path: 'wechatPay.apiV3KeyFile',
      text: `hidden-word${'x'.repeat(20_000)}`,
    })
    expect(refused.status).toBe(400)
    const told = JSON.stringify([body, refused.body, await audited()]) + door.logLines.join('')
    for (const secret of [...SECRETS, his.text.trim(), 'v'.repeat(32), 'hidden-word', 'zhangyi-sealed'])
      expect(told).not.toContain(secret)
  })

  test.each([
    ['of the wrong kind', { path: 'wechatPay.merchantPrivateKeyFile', text: 'hello' }, 'text', '读不出私钥'],
    [
      'without its certificate',
      () => ({ path: 'wechatPay.merchantPrivateKeyFile', text: newKey() }),
      'certificate',
      '一对',
    ],
    [
      'of another pair',
      () => ({ path: 'wechatPay.merchantPrivateKeyFile', text: newKey(), certificate }),
      'text',
      '不是一对',
    ],
    [
      'over its time',
      () => ({ path: 'wechatPay.platformCertificateFiles.0', text: certificateOf(newKey(), NOON - DAY_MS) }),
      'text',
      '过期',
    ],
    ['of no place of the configuration', { path: '../../etc/passwd', text: 'x' }, 'path', '没有这个密钥'],
  ])('a key %s is refused, and nothing is written', async (_name, given, field, word) => {
    const files = () => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
    const before = files()
    const { status, body } = await replace(typeof given === 'function' ? given() : given)
    expect([status, body.error.fields[0]]).toEqual([400, { field, message: expect.stringContaining(word) }])
    expect(files()).toEqual(before)
  })

  test('a pair goes in together; only the private key is kept', async () => {
    const text = newKey()
    const own = certificateOf(text, NOON + 300 * DAY_MS)
    const { status, body } = await replace({
      path: 'wechatPay.merchantPrivateKeyFile',
      text,
      certificate: own,
    })
    expect([status, body.notes]).toEqual([200, [expect.stringContaining('wechatPay.merchantSerial')]])
    expect(readSecretFile(door.room.cipher, join(folder, 'merchant')).text).toBe(text.trim())
  })

  test('where the gateway may not write it says what to do, and the audit that it was not done', async () => {
    const { code, body } = await replace({ path: 'sms.secretFile', text: 'a-word' })
    expect([code, body.error.message]).toEqual([
      'key-refused',
      expect.stringMatching(/原来的还在用.*keys seal/),
    ])
    expect((await audited()).slice(-2).map(({ action }) => action)).toEqual([
      ...['settings.key-replacing', 'settings.key-not-replaced'],
    ])
  })

  test('only by the system administrator, of hospitals that are theirs, and no file that another one uses', async () => {
    for (const role of ['security', 'operator', 'hospital', 'audit', 'finance'] as const)
      expect((await (await as(role)).ask('POST', '/settings/keys/replace', his)).code).toBe(
        'operator-forbidden',
      )
    expect((await replace(his, ['second'])).status).toBe(404)
    const shared = { path: 'healthCard.appSecretFile', text: 'a-new-card-secret' }
    const refused = await replace(shared, ['first'])
    expect([refused.code, refused.body.error.message]).toEqual([
      'key-refused',
      expect.stringContaining('别的医院'),
    ])
    expect((await replace(shared)).status).toBe(200)
  })

  test('one that the master key does not open is told, and can be replaced', async () => {
    writeFileSync(join(folder, 'his'), sealSecret(new Cipher('cd'.repeat(32)), 'a-lost-word'))
    expect(await keyAt(his.path)).toMatchObject({
      ...{ state: 'unusable', storage: 'sealed', problem: expect.stringContaining('ZHANGYI_DATA_KEY_FILE') },
    })
    expect((await replace(his)).status).toBe(200)
    expect(readSecretFile(door.room.cipher, join(folder, 'his')).text).toBe(his.text.trim())
  })
})

test('a connection test says of each line what it asks, what came of it and what a person has to prove; it is audited', async () => {
  const { body } = await (await as('operator')).ask('POST', '/settings/tests', { hospital: 'first' })
  expect(body.lines).toEqual([
    { name: 'his.first', about: '检查 his.first', state: 'failed', note: '请核对地址' },
    { name: 'database', about: '检查 database', state: 'passed' },
    { name: 'proof.0', about: '额度够用', state: 'by-hand', note: '在哪里看：商户平台' },
  ])
  expect((await audited()).at(-1)).toEqual({
    ...{ action: 'settings.tested', subject: 'first', detail: { lines: 2, failed: 1 } },
  })
})
