import { DAY_MS, HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../tests/setup/test-database.ts'
import { ensureFirstAccount } from './accounts/first-account.ts'
import { totpCode, totpStep } from './sign-in/totp.ts'
import { ORIGIN, openDoor } from './test-support/open-door.ts'
import { addOperator, signInAs } from './test-support/sign-in-as.ts'

// Hundreds of sign-ins: each would take as long as a guess does. `password.test.ts` has the real cost.
vi.mock('./accounts/password-cost.ts', () => ({ PASSWORD_COST: { N: 16, r: 8, p: 1 } }))

const PASSWORD = 'Green-Lake-77'
const NEXT = 'Blue-River-88'

let database: TestDatabase
let door: Awaited<ReturnType<typeof openDoor>>
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  await database.asOwner(
    'DELETE FROM operator_session; DELETE FROM operator_account; DELETE FROM audit_entry',
  )
  door = await openDoor(database)
})
afterAll(() => database.drop())

const add = (loginName: string, role: Parameters<typeof addOperator>[1]['role'], hospitals?: string[]) =>
  addOperator(door.room, { loginName, role, password: PASSWORD, ...(hospitals && { hospitals }) })
const enter = (desk: ReturnType<typeof door.desk>, loginName: string, password = PASSWORD) =>
  desk.ask('POST', '/session', { loginName, password })
const audited = () =>
  database.asOwner<{ action: string; actor: string; subject: string }>(
    'SELECT action, actor, subject FROM audit_entry ORDER BY id',
  )

describe('signing in', () => {
  test('with the right name in any capitals and the right password; the cookie is out of reach of scripts', async () => {
    await add('wang-03', 'finance')
    const desk = door.desk()
    expect((await desk.ask('GET', '/session')).code).toBe('operator-not-signed-in')
    const { body, setCookie } = await enter(desk, 'WANG-03')
    expect(body).toEqual({ stage: 'ready' })
    expect(setCookie).toMatch(
      /^zy_console_7000=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=36000$/,
    )
    const { body: me } = await desk.ask('GET', '/session')
    expect(me).toMatchObject({ stage: 'ready', account: { loginName: 'wang-03', roleName: '财务' } })
    expect(me.hospitals.map(({ id }: { id: string }) => id)).toEqual(['first', 'second'])
    expect(me.permissions).toContain('refunds.repair')
    expect(me.permissions).not.toContain('accounts.create')
    expect(await audited()).toEqual([
      { action: 'accounts.signed-in', actor: 'operator:wang-03', subject: 'wang-03' },
    ])
  })

  test('a wrong name and a wrong password are refused alike, and nothing of them is logged', async () => {
    await add('wang-03', 'finance')
    const [name, password] = [
      await enter(door.desk(), 'nobody', 'Secret-Typed-9'),
      await enter(door.desk(), 'wang-03', 'Secret-Typed-9'),
    ]
    expect([name.status, name.body.error.message]).toEqual([password.status, password.body.error.message])
    expect(name.code).toBe('operator-refused')
    expect(door.logLines.join('')).not.toContain('Secret-Typed-9')
  })

  test('five wrong ones lock the account, from wherever they come, and the right one too; a quarter of an hour later it opens', async () => {
    await add('wang-03', 'finance')
    for (let tries = 0; tries < 5; tries++)
      expect((await enter(door.desk(), 'wang-03', 'x')).status).toBe(401)
    const locked = await enter(door.desk(), 'wang-03')
    expect([locked.status, locked.code]).toEqual([423, 'operator-locked'])
    expect(locked.body.error.message).toContain('12:15')
    door.clock.advance(15 * MINUTE_MS)
    expect((await enter(door.desk(), 'wang-03')).body).toEqual({ stage: 'ready' })
  })

  test('ten wrong ones from one address stop that address, whichever names it tries', async () => {
    await add('wang-03', 'finance')
    const desk = door.desk()
    for (let tries = 0; tries < 10; tries++) await enter(desk, `guess-${tries}`)
    expect((await enter(desk, 'wang-03')).status).toBe(429)
    expect((await enter(door.desk(), 'wang-03')).body).toEqual({ stage: 'ready' })
  })

  test('not from foreign pages', async () => {
    await add('wang-03', 'finance')
    const body = { loginName: 'wang-03', password: PASSWORD }
    for (const origin of ['https://evil.example', 'null', ''])
      expect((await door.desk().ask('POST', '/session', body, { origin })).code).toBe('foreign-origin')
  })

  test('left alone for half an hour it is over; used all day it is over after ten hours', async () => {
    await add('wang-03', 'finance')
    const [idle, busy] = [door.desk(), door.desk()]
    await enter(idle, 'wang-03')
    await enter(busy, 'wang-03')
    for (let half = 1; half <= 20; half++) {
      door.clock.advance(29 * MINUTE_MS)
      expect((await busy.ask('GET', '/session')).status, `after ${half}`).toBe(200)
    }
    expect((await idle.ask('GET', '/session')).status).toBe(401)
    door.clock.advance(20 * MINUTE_MS)
    expect((await busy.ask('GET', '/session')).status).toBe(401)
  })

  test('signed out it is over for whoever kept the cookie', async () => {
    await add('wang-03', 'finance')
    const desk = door.desk()
    await enter(desk, 'wang-03')
    const kept = door.desk(desk.cookie)
    expect((await desk.ask('DELETE', '/session')).status).toBe(204)
    expect((await kept.ask('GET', '/session')).status).toBe(401)
  })

  test('a cookie that somebody set before is worth nothing after: each step has another', async () => {
    await add('wang-03', 'finance')
    const desk = door.desk('zy_console_7000=planted-by-somebody-else')
    await enter(desk, 'wang-03')
    expect(desk.cookie).not.toContain('planted')
    const before = desk.cookie
    await desk.ask('POST', '/session/password', { current: PASSWORD, next: NEXT })
    expect(desk.cookie).not.toBe(before)
    expect((await door.desk(before).ask('GET', '/session')).status).toBe(401)
  })
})

describe('passwords', () => {
  test('one that somebody else made opens nothing until it is changed', async () => {
    const system = door.desk(await signInAs(door.room, { origin: ORIGIN, loginName: 'root', role: 'system' }))
    const made = await system.ask('POST', '/accounts', {
      loginName: 'li-04',
      displayName: '李四',
      role: 'audit',
    })
    const desk = door.desk()
    expect((await enter(desk, 'li-04', made.body.oneTimePassword)).body).toEqual({ stage: 'password' })
    expect((await desk.ask('GET', '/accounts')).code).toBe('operator-not-signed-in')
    expect((await desk.ask('GET', '/session')).body).toMatchObject({
      stage: 'password',
      permissions: [],
      menu: [],
    })
    const change = (current: string, next: string) => desk.ask('POST', '/session/password', { current, next })
    expect((await change('wrong', NEXT)).body.error.fields).toMatchObject([{ field: 'current' }])
    expect((await change(made.body.oneTimePassword, 'too-easy')).body.error.fields).toMatchObject([
      { field: 'next' },
    ])
    expect((await change(made.body.oneTimePassword, NEXT)).body).toEqual({ stage: 'ready' })
    expect((await desk.ask('GET', '/accounts')).status).toBe(200)
    expect((await enter(door.desk(), 'li-04', made.body.oneTimePassword)).status).toBe(401)
  })

  test('one of the last five does not come again; after ninety days another is asked for', async () => {
    await add('wang-03', 'finance')
    const desk = door.desk()
    await enter(desk, 'wang-03')
    expect((await desk.ask('POST', '/session/password', { current: PASSWORD, next: NEXT })).status).toBe(200)
    expect((await desk.ask('POST', '/session/password', { current: NEXT, next: PASSWORD })).status).toBe(400)
    door.clock.advance(90 * DAY_MS)
    expect((await enter(door.desk(), 'wang-03', NEXT)).body).toEqual({ stage: 'password' })
  })

  test('changed, every other session of the account is over', async () => {
    await add('wang-03', 'finance')
    const [one, two] = [door.desk(), door.desk()]
    await enter(one, 'wang-03')
    await enter(two, 'wang-03')
    await one.ask('POST', '/session/password', { current: PASSWORD, next: NEXT })
    expect((await one.ask('GET', '/session')).status).toBe(200)
    expect((await two.ask('GET', '/session')).status).toBe(401)
  })
})

describe('the second factor', () => {
  beforeEach(async () => {
    door = await openDoor(database, { ZHANGYI_OPERATOR_SECOND_FACTOR: 'true' })
  })
  const codeOf = (secret: string) => totpCode(secret, totpStep(door.clock.nowMs()))

  async function enrol() {
    await add('wang-03', 'finance')
    const desk = door.desk()
    expect((await enter(desk, 'wang-03')).body).toEqual({ stage: 'enrol' })
    const { body } = await desk.ask('GET', '/session/second-factor')
    return { desk, secret: body.secret as string, picture: body.picture as string }
  }

  test('is set up at the first sign-in, by picture or by hand, and asked for at each one after it', async () => {
    const { desk, secret, picture } = await enrol()
    expect(picture).toMatch(/^data:image\/svg\+xml/)
    expect((await desk.ask('GET', '/session/second-factor')).body.secret, 'opened again').toBe(secret)
    expect((await desk.ask('POST', '/session/second-factor', { code: '000000' })).status).toBe(400)
    expect((await desk.ask('POST', '/session/second-factor', { code: codeOf(secret) })).body).toEqual({
      stage: 'ready',
    })
    const again = door.desk()
    expect((await enter(again, 'wang-03')).body).toEqual({ stage: 'code' })
    expect((await again.ask('GET', '/accounts')).code).toBe('operator-not-signed-in')
    const spent = await again.ask('POST', '/session/second-factor', { code: codeOf(secret) })
    expect(spent.status, 'the code that set it up is spent').toBe(400)
    door.clock.advance(30_000)
    expect((await again.ask('POST', '/session/second-factor', { code: codeOf(secret) })).body).toEqual({
      stage: 'ready',
    })
  })

  test('wrong codes lock the account as wrong passwords do; the right password between them does not start anew', async () => {
    const { desk, secret } = await enrol()
    await desk.ask('POST', '/session/second-factor', { code: codeOf(secret) })
    for (let tries = 0; tries < 5; tries++) {
      const guess = door.desk()
      await enter(guess, 'wang-03')
      expect((await guess.ask('POST', '/session/second-factor', { code: '000000' })).status).toBe(400)
    }
    expect((await enter(door.desk(), 'wang-03')).code).toBe('operator-locked')
  })

  test('who only knows the password can change neither it nor the second factor', async () => {
    const { desk, secret } = await enrol()
    await desk.ask('POST', '/session/second-factor', { code: codeOf(secret) })
    const thief = door.desk()
    await enter(thief, 'wang-03')
    expect((await thief.ask('POST', '/session/password', { current: PASSWORD, next: NEXT })).status).toBe(401)
    expect((await thief.ask('GET', '/session/second-factor')).status).toBe(401)
  })

  test('its secret stands nowhere in the database in clear', async () => {
    const { desk, secret } = await enrol()
    await desk.ask('POST', '/session/second-factor', { code: codeOf(secret) })
    const dump = await database.asOwner(
      `SELECT a::text || encode(coalesce(totp_secret, ''), 'escape') AS all FROM operator_account a
       UNION ALL SELECT s::text || encode(coalesce(totp_pending, ''), 'escape') FROM operator_session s`,
    )
    expect(JSON.stringify(dump)).not.toContain(secret)
  })
})

describe('accounts', () => {
  const deskOf = async (loginName: string, role: 'system' | 'security' | 'audit') =>
    door.desk(await signInAs(door.room, { origin: ORIGIN, loginName, role }))

  test('the first one is made once, and only until somebody signed in with it', async () => {
    const first = await ensureFirstAccount(door.room)
    const again = await ensureFirstAccount(door.room)
    expect(first?.loginName).toBe('admin')
    expect((await enter(door.desk(), 'admin', first?.password)).status, 'printed before').toBe(401)
    const desk = door.desk()
    expect((await enter(desk, 'admin', again?.password)).body).toEqual({ stage: 'password' })
    await desk.ask('POST', '/session/password', { current: again?.password ?? '', next: NEXT })
    expect(await ensureFirstAccount(door.room)).toBeUndefined()
  })

  test('one that is opened waits for the security administrator, who is another person', async () => {
    const system = await deskOf('root', 'system')
    const security = await deskOf('guard', 'security')
    const { body } = await system.ask('POST', '/accounts', {
      loginName: 'li-04',
      displayName: '李四',
      role: 'finance',
    })
    expect(body.account).toMatchObject({ state: 'waiting', role: 'finance' })
    const early = await enter(door.desk(), 'li-04', body.oneTimePassword)
    expect(early.body.error.message).toContain('还没有批准')
    expect((await system.ask('POST', `/accounts/${body.account.id}/approve`)).code).toBe('operator-forbidden')
    expect((await security.ask('POST', `/accounts/${body.account.id}/approve`)).body.account.state).toBe(
      'active',
    )
    expect((await security.ask('POST', `/accounts/${body.account.id}/approve`)).code).toBe('account-refused')
    expect((await enter(door.desk(), 'li-04', body.oneTimePassword)).body).toEqual({ stage: 'password' })
    expect((await audited()).map(({ action }) => action)).toEqual([
      ...['accounts.created', 'accounts.approve'],
    ])
  })

  test('a login name is given once, in whatever capitals, even of a disabled account', async () => {
    const [system, security] = [await deskOf('root', 'system'), await deskOf('guard', 'security')]
    const wanted = { displayName: '李四', role: 'finance' }
    const { body } = await system.ask('POST', '/accounts', { loginName: 'li-04', ...wanted })
    await security.ask('POST', `/accounts/${body.account.id}/disable`)
    const twice = await system.ask('POST', '/accounts', { loginName: 'LI-04', ...wanted })
    expect(twice.body.error.fields).toMatchObject([{ field: 'loginName' }])
  })

  test('disabled, reset or without its second factor, whoever is signed in with it is out', async () => {
    const security = await deskOf('guard', 'security')
    const id = await add('wang-03', 'finance')
    for (const control of ['reset-password', 'reset-second-factor', 'disable']) {
      const desk = door.desk(
        await signInAs(door.room, { origin: ORIGIN, loginName: 'wang-03', role: 'finance' }),
      )
      expect((await desk.ask('GET', '/session')).status).toBe(200)
      expect((await security.ask('POST', `/accounts/${id}/${control}`)).status, control).toBe(200)
      expect((await desk.ask('GET', '/session')).status, control).toBe(401)
    }
    expect((await enter(door.desk(), 'wang-03')).status).toBe(401)
  })

  test('nobody handles the own account', async () => {
    const security = await deskOf('guard', 'security')
    const own = (await security.ask('GET', '/accounts')).body.accounts.find(
      ({ loginName }: { loginName: string }) => loginName === 'guard',
    )
    expect((await security.ask('POST', `/accounts/${own.id}/reset-password`)).code).toBe('account-refused')
  })

  test('a locked one is shown as locked, and unlocked', async () => {
    const security = await deskOf('guard', 'security')
    const id = await add('wang-03', 'finance')
    for (let tries = 0; tries < 5; tries++) await enter(door.desk(), 'wang-03', 'x')
    const find = async () =>
      (await security.ask('GET', '/accounts')).body.accounts.find((one: { id: string }) => one.id === id)
    expect(await find()).toMatchObject({ state: 'locked' })
    await security.ask('POST', `/accounts/${id}/unlock`)
    expect(await find()).toMatchObject({ state: 'active' })
    expect((await enter(door.desk(), 'wang-03')).body).toEqual({ stage: 'ready' })
  })

  test('no list tells a hash or a secret', async () => {
    const security = await deskOf('guard', 'security')
    await add('wang-03', 'finance')
    const { body } = await security.ask('GET', '/accounts')
    expect(JSON.stringify(body)).not.toMatch(/scrypt|hash|secret/i)
  })

  test('one of one hospital sees no other', async () => {
    await add('wang-03', 'finance', ['second'])
    const desk = door.desk()
    await enter(desk, 'wang-03')
    expect((await desk.ask('GET', '/session')).body.hospitals).toEqual([{ id: 'second', name: 'second医院' }])
    door.clock.advance(HOUR_MS)
  })
})
