import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ManualClock, MINUTE_MS } from '@zhangyi/core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../../../../tests/setup/test-database.ts'
import { loadSettings } from '../../../settings/settings.ts'
import { CLIENT, fakeProvider, ISSUER } from '../../test-support/fake-provider.ts'
import { openDoor } from '../../test-support/open-door.ts'
import { addOperator } from '../../test-support/sign-in-as.ts'
import { oidcSettings } from './oidc-settings.ts'

const ROOT = '/api/v1/console/session/oidc'
let database: TestDatabase
let folder: string
let env: Record<string, string>
beforeAll(async () => {
  database = await createTestDatabase()
  folder = mkdtempSync(join(tmpdir(), 'zhangyi-oidc-'))
  writeFileSync(join(folder, 'secret'), `${CLIENT.secret}\n`)
  env = {
    ...{ ZHANGYI_OIDC_ISSUER: ISSUER, ZHANGYI_OIDC_CLIENT_ID: CLIENT.id, ZHANGYI_OIDC_NAME: '市一统一登录' },
    ZHANGYI_OIDC_CLIENT_SECRET_FILE: join(folder, 'secret'),
  }
})
beforeEach(() =>
  database.asOwner('DELETE FROM operator_session; DELETE FROM operator_account; DELETE FROM audit_entry'),
)
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await database.drop()
})

/** A browser that knows its cookies, at the door and at the provider. */
async function openOidc(more: Readonly<Record<string, string>> = {}) {
  const clock = new ManualClock('2026-11-28T12:00:00+08:00')
  const provider = fakeProvider(clock)
  const door = await openDoor(database, { ...env, ...more }, provider.fetch)
  const go = async (url: string, cookie = '') => {
    const { statusCode, headers, body } = await door.http.inject({ url, headers: { cookie } })
    const cookies = [headers['set-cookie'] ?? []].flat()
    const to = headers.location ?? ''
    const isOut = cookies.every((one) => !/^zy_console_7000=[^;]/.test(one))
    return {
      status: statusCode,
      to,
      body,
      cookies,
      isOut,
      kept: cookies.map((one) => one.split(';')[0]).join('; '),
    }
  }
  const start = (back?: string) =>
    go(`${ROOT}/start${back === undefined ? '' : `?back=${encodeURIComponent(back)}`}`)
  /** The whole way there and back. */
  const signIn = async (claims: Record<string, unknown>, back?: string) => {
    const left = await start(back)
    const { pathname, search } = provider.signIn(left.to, claims)
    return go(pathname + search, left.kept)
  }
  const advance = (ms: number) => {
    clock.advance(ms)
    door.clock.advance(ms)
  }
  return { ...door, provider, go, start, signIn, advance }
}

const wang = { preferred_username: 'wang-03' }
const add = (room: Parameters<typeof addOperator>[0], loginName = 'wang-03') =>
  addOperator(room, { loginName, role: 'finance' })

describe('the way in', () => {
  test('is there only where it is set; half of it stops the start', async () => {
    const door = await openDoor(database)
    expect((await door.desk().ask('GET', '/session/oidc')).body).toEqual({ name: null })
    expect((await door.http.inject(`${ROOT}/start`)).statusCode).toBe(404)
    const { desk } = await openOidc()
    expect((await desk().ask('GET', '/session/oidc')).body).toEqual({ name: '市一统一登录' })
    expect(() => oidcSettings(loadSettings({ ZHANGYI_OIDC_ISSUER: ISSUER }))).toThrow('CLIENT_SECRET_FILE')
    expect(() => loadSettings({ ZHANGYI_OIDC_ISSUER: 'http://login.hospital.example' })).toThrow(
      'OIDC_ISSUER',
    )
  })

  test('leads to the provider with PKCE, state and nonce, and back into the account of that name', async () => {
    const { room, start, signIn, desk, logLines } = await openOidc()
    await add(room)
    const left = await start()
    const asked = new URL(left.to)
    expect(`${asked.origin}${asked.pathname}`).toBe(`${ISSUER}/authorize`)
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      ...{ client_id: CLIENT.id, response_type: 'code', code_challenge_method: 'S256' },
      redirect_uri: `http://127.0.0.1:7000${ROOT}/callback`,
    })
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(asked.searchParams.get(name)?.length, name).toBeGreaterThan(40)
    expect(left.cookies[0]).toMatch(/; HttpOnly; SameSite=Lax; Max-Age=600$/)
    expect(left.cookies[0]).not.toContain(asked.searchParams.get('state'))

    const back = await signIn({ preferred_username: 'WANG-03' }, '/calls?outcome=no')
    expect([back.status, back.to]).toEqual([303, '/console/calls?outcome=no'])
    expect(back.cookies).toContainEqual(
      expect.stringMatching(/^zy_console_7000=[\w-]{43}; .*SameSite=Strict/),
    )
    const { body } = await desk(back.kept).ask('GET', '/session')
    expect(body).toMatchObject({ stage: 'ready', account: { loginName: 'wang-03', role: 'finance' } })
    expect(await database.asOwner('SELECT action, subject, detail FROM audit_entry')).toEqual([
      { action: 'accounts.signed-in', subject: 'wang-03', detail: { through: 'provider' } },
    ])
    expect(logLines.join('')).not.toMatch(/client-secret|eyJ|code=/)
  })

  test('back to a page of the console, whatever the address asks for', async () => {
    const { room, signIn } = await openOidc()
    await add(room)
    for (const back of ['//evil.example', 'https://evil.example', '/\\evil.example', '/a\nb', '/x@evil'])
      expect((await signIn(wang, back)).to, back).toBe('/console/')
  })
})

describe('refused, with nobody in and no account made', () => {
  test.each(['waiting', 'disabled'])('an account that is %s', async (state) => {
    const { room, signIn } = await openOidc()
    await add(room)
    await database.asOwner(`UPDATE operator_account SET state = '${state}'`)
    const { to, isOut } = await signIn(wang)
    expect([to, isOut]).toEqual(['/console/sign-in?why=provider-refused', true])
  })

  test('one that is locked, until it is open again', async () => {
    const { room, signIn } = await openOidc()
    await add(room)
    await database.asOwner(`UPDATE operator_account SET locked_until_ms = ${room.clock.nowMs() + MINUTE_MS}`)
    expect(await signIn(wang)).toMatchObject({ to: '/console/sign-in?why=locked', isOut: true })
  })

  test('somebody without an account, without the claim, or with an address that nobody confirmed', async () => {
    const { room, signIn } = await openOidc()
    await add(room)
    for (const claims of [{ preferred_username: 'stranger' }, {}, { preferred_username: ['wang-03'] }])
      expect(await signIn(claims)).toMatchObject({ isOut: true })
    const byMail = await openOidc({ ZHANGYI_OIDC_CLAIM: 'email' })
    expect(await byMail.signIn({ email: 'wang-03', email_verified: false })).toMatchObject({ isOut: true })
    expect(await byMail.signIn({ email: 'wang-03', email_verified: true })).toMatchObject({ isOut: false })
    expect(await database.asOwner('SELECT login_name FROM operator_account')).toHaveLength(1)
  })

  test.each<[string, (claims: Record<string, unknown>) => Record<string, unknown>]>([
    ['of another issuer', (claims) => ({ ...claims, iss: 'https://evil.example' })],
    ['for another client', (claims) => ({ ...claims, aud: 'somebody-else' })],
    ['of another sign-in', (claims) => ({ ...claims, nonce: 'n'.repeat(43) })],
    ['without a nonce', ({ nonce: _, ...claims }) => claims],
    ['that is over', (claims) => ({ ...claims, exp: Number(claims['exp']) - 400 })],
  ])('a token %s', async (_name, change) => {
    const { room, signIn, provider } = await openOidc()
    await add(room)
    provider.faults.change = change
    expect(await signIn(wang)).toMatchObject({ to: '/console/sign-in?why=provider-refused', isOut: true })
  })

  test('a token that the provider did not sign', async () => {
    const { room, signIn, provider } = await openOidc()
    await add(room)
    provider.faults.hasForeignKey = true
    expect(await signIn(wang)).toMatchObject({ isOut: true })
  })

  test('an answer that this browser did not ask for, asked for too long ago, or that was used', async () => {
    const { room, start, go, provider, advance } = await openOidc()
    await add(room)
    const comeBack = (left: { to: string }) => {
      const { pathname, search } = provider.signIn(left.to, wang)
      return pathname + search
    }
    const [mine, theirs] = [await start(), await start()]
    expect(await go(comeBack(theirs), mine.kept), 'another state').toMatchObject({ isOut: true })
    expect(await go(comeBack(mine)), 'no cookie').toMatchObject({ isOut: true })
    expect(await go(comeBack(mine), 'zy_oidc_7000=forged'), 'a made-up cookie').toMatchObject({ isOut: true })
    const once = comeBack(mine)
    expect(await go(once, mine.kept)).toMatchObject({ isOut: false })
    expect(await go(once, mine.kept), 'again').toMatchObject({ isOut: true })
    const late = await start()
    advance(10 * MINUTE_MS)
    expect(await go(comeBack(late), late.kept), 'late').toMatchObject({ isOut: true })
    expect(await go(`${ROOT}/callback?error=access_denied&state=x`, late.kept)).toMatchObject({ isOut: true })
  })
})

test('a provider that is away leads back to the door; the next one who comes gets in', async () => {
  const { room, provider, start, signIn } = await openOidc()
  await add(room)
  provider.faults.isAway = true
  expect(await room.checks.run('calls')).toMatchObject([
    { ok: false, problem: expect.stringContaining('OIDC_ISSUER') },
  ])
  expect(await start()).toMatchObject({ to: '/console/sign-in?why=provider-away', isOut: true })
  provider.faults.isAway = false
  expect(await room.checks.run('calls')).toMatchObject([{ name: 'operators.oidc', ok: true }])
  expect(await signIn(wang)).toMatchObject({ to: '/console/', isOut: false })
})

describe('the second factor', () => {
  const ours = { ZHANGYI_OPERATOR_SECOND_FACTOR: 'true' }

  test('is asked for as after a password, and the password itself is not', async () => {
    const { room, signIn, desk } = await openOidc(ours)
    await add(room)
    await database.asOwner('UPDATE operator_account SET password_is_given = true')
    const { to, kept } = await signIn(wang, '/calls')
    expect(to).toBe('/console/sign-in?back=%2Fcalls')
    expect((await desk(kept).ask('GET', '/session')).body).toMatchObject({ stage: 'enrol', permissions: [] })
  })

  test('is left out where the provider asks for one', async () => {
    const { room, signIn, desk } = await openOidc({ ...ours, ZHANGYI_OIDC_SECOND_FACTOR: 'true' })
    await add(room)
    const { kept } = await signIn(wang)
    expect((await desk(kept).ask('GET', '/session')).body).toMatchObject({ stage: 'ready' })
  })
})
