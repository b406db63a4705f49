import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HOUR_MS, ManualClock, MINUTE_MS } from '@zhangyi/core'
import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../../../../../tests/setup/test-database.ts'
import { parseHospitals } from '../hospitals/hospitals.ts'
import { buildHttp } from '../http/build-http.ts'
import type { Platform } from '../platform.ts'
import { loadSettings } from '../settings/settings.ts'
import { registerLoginRoutes } from './login-routes.ts'
import { sessionOf } from './session-of.ts'

const ORIGIN = 'https://patient.example.org'
const COOKIE = 'zy_session_443'
const SECRET = 'app-secret-42'
const START = '/api/v1/sessions/official-account'
const CALLBACK = `${START}/callback`

const FOREIGN_TARGETS = [
  '//evil.example',
  'https://evil.example',
  '/\\evil.example',
  '/h5/../..//evil.example',
  '/h5//evil.example',
  '/h5/@evil',
  '/h5/%2f%2fevil',
  '/h5/#//evil',
  'javascript:alert(1)',
  '/h5/x\n',
  '/api/v1/me',
  '',
]

type WechatReply = Record<string, unknown> | 'away'

/** Login routes over a real database and a WeChat that answers what the test says. */
async function rig() {
  const at = await testDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'zhangyi-login-'))
  const secretFile = join(folder, 'secret')
  writeFileSync(secretFile, SECRET)
  const lines: string[] = []
  const http = await buildHttp({ logLevel: 'debug', logStream: { write: (line) => lines.push(line) } })
  onTestFinished(async () => {
    await http.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const replies = new Map<string, WechatReply>()
  const clock = new ManualClock()
  const hospital = {
    name: '市第一人民医院',
    phone: '0571-0000000',
    counter: '门诊一楼',
    healthCard: { baseUrl: ORIGIN, h5Origin: ORIGIN, appId: 'a', appSecretFile: secretFile, hospitalId: '1' },
    wechat: {
      miniProgram: { appid: 'wxmini', secretFile },
      officialAccount: { appid: 'wxofficial', secretFile },
    },
    his: { kind: 'rest', baseUrl: 'https://his.example.org', auth: { kind: 'none' } },
  }
  const platform = {
    settings: loadSettings({}),
    clock,
    database: at.database,
    hospitals: parseHospitals(
      {
        hospitals: [
          { id: 'first', ...hospital },
          { id: 'second', ...hospital },
        ],
      },
      'test',
    ),
    publicOrigin: ORIGIN,
    log: http.log,
    fetch: async (input: string | URL | Request) => {
      const { searchParams } = new URL(String(input))
      const reply = replies.get(searchParams.get('js_code') ?? searchParams.get('code') ?? '')
      if (reply === 'away') throw new TypeError('fetch failed')
      return Response.json(reply ?? { errcode: 40029, errmsg: 'invalid code' })
    },
  } as unknown as Platform
  registerLoginRoutes(http, platform)
  http.get('/who', async (request) => sessionOf(platform, request))
  const post = (body: object) =>
    http.inject({ method: 'POST', url: '/api/v1/sessions/mini-program', payload: body })
  const signIn = async (code: string, hospitalId = 'first'): Promise<string> =>
    (await post({ hospital: hospitalId, code })).json().token
  const who = (token: string) => http.inject({ url: '/who', headers: { authorization: `Bearer ${token}` } })
  const begin = async (query = '?hospital=first') => {
    const reply = await http.inject(START + query)
    const location = new URL(String(reply.headers.location))
    const cookie = String(reply.headers['set-cookie']).split(';')[0] ?? ''
    return { reply, location, cookie, state: location.searchParams.get('state') ?? '' }
  }
  const callback = (state: string, cookie: string, code = 'c1') =>
    http.inject({ url: `${CALLBACK}?code=${code}&state=${encodeURIComponent(state)}`, headers: { cookie } })
  return { ...at, http, lines, replies, clock, post, signIn, who, begin, callback }
}

describe('mini-program login', () => {
  test('gives a token of which the database holds only a hash, and the log nothing', async () => {
    const { replies, post, who, ownerUrl, lines } = await rig()
    replies.set('code-42', { openid: 'o1', session_key: 'key-42' })
    const { token, expiresAt } = (await post({ hospital: 'first', code: 'code-42' })).json()
    expect(token).toMatch(/^first\.[\w-]{43}$/)
    expect(expiresAt).toBe('2026-11-30T01:00:00.000Z')
    expect((await who(token)).json()).toMatchObject({
      hospitalId: 'first',
      openid: 'o1',
      channel: 'mini-program',
    })
    const client = new pg.Client({ connectionString: ownerUrl })
    await client.connect()
    const { rows } = await client.query('SELECT s.*, s::text AS whole FROM session s')
    await client.end()
    expect(rows).toHaveLength(1)
    expect(rows[0].token_hash).toEqual(createHash('sha256').update(token).digest())
    expect(rows[0].whole).not.toContain(token.split('.')[1])
    for (const secret of [token, 'code-42', 'key-42', SECRET]) expect(lines.join('')).not.toContain(secret)
  })

  test('a token ends with its time, not a moment before', async () => {
    const { replies, signIn, who, clock } = await rig()
    replies.set('c1', { openid: 'o1' })
    const token = await signIn('c1')
    clock.advance(168 * HOUR_MS - 1)
    expect((await who(token)).statusCode).toBe(200)
    clock.advance(1)
    expect((await who(token)).json().error.code).toBe('not-signed-in')
  })

  test('a token of one hospital is none of another, nor is anything that only looks like one', async () => {
    const { replies, signIn, who } = await rig()
    replies.set('c1', { openid: 'o1' })
    const token = await signIn('c1')
    const secret = token.split('.')[1]
    for (const other of [
      `second.${secret}`,
      `nowhere.${secret}`,
      `first.${'A'.repeat(43)}`,
      'first.',
      `'.${secret}`,
    ])
      expect((await who(other)).statusCode, other).toBe(401)
  })

  test('the same person is the same user; unionid joins mini program and official account', async () => {
    const { replies, signIn, who, begin, callback, http } = await rig()
    replies.set('c1', { openid: 'o1', unionid: 'u1' })
    replies.set('c2', { openid: 'o2' })
    replies.set('c3', { openid: 'o3', unionid: 'u1' })
    const user = async (token: string) => (await who(token)).json().userId
    const [first, again, other] = [await signIn('c1'), await signIn('c1'), await signIn('c2')]
    expect(await user(again)).toBe(await user(first))
    expect(await user(other)).not.toBe(await user(first))
    expect(await user(await signIn('c1', 'second'))).not.toBe(await user(first))
    const { state, cookie } = await begin()
    const done = await callback(state, cookie, 'c3')
    const session = String(done.headers['set-cookie']).split(';')[0]
    const seen = (await http.inject({ url: '/who', headers: { cookie: session } })).json()
    expect(seen).toMatchObject({ userId: await user(first), channel: 'official-account', openid: 'o3' })
  })

  test('two first logins at the same moment make one user', async () => {
    const { replies, signIn, who } = await rig()
    replies.set('c1', { openid: 'o1' })
    const tokens = await Promise.all(Array.from({ length: 5 }, () => signIn('c1')))
    const users = await Promise.all(tokens.map(async (token) => (await who(token)).json().userId))
    expect(new Set(users).size).toBe(1)
  })

  test('what cannot sign anybody in is refused with its reason', async () => {
    const { replies, post } = await rig()
    replies.set('away', 'away').set('strange', { hello: 1 })
    for (const errcode of [40163, 40226, 45011, 40164])
      replies.set(`e${errcode}`, { errcode, errmsg: 'refused' })
    const refused: [object, string][] = [
      [{ hospital: 'first', code: 'used' }, 'login-refused'],
      [{ hospital: 'first', code: 'away' }, 'wechat-unavailable'],
      [{ hospital: 'first', code: 'strange' }, 'wechat-unavailable'],
      [{ hospital: 'first', code: 'e40163' }, 'login-refused'],
      [{ hospital: 'first', code: 'e40226' }, 'login-blocked'],
      [{ hospital: 'first', code: 'e45011' }, 'too-many-requests'],
      [{ hospital: 'first', code: 'e40164' }, 'wechat-unavailable'],
      [{ hospital: 'third', code: 'c1' }, 'not-found'],
      [{ code: 'c1' }, 'not-found'],
      // The client never names its own openid.
      [{ hospital: 'first', code: 'c1', openid: 'o9' }, 'bad-input'],
      [{ hospital: 'first' }, 'bad-input'],
    ]
    for (const [body, code] of refused) expect((await post(body)).json().error.code).toBe(code)
  })
})

describe('official-account login', () => {
  test('leads to WeChat and back to the page that was asked for, with a cookie that scripts cannot read', async () => {
    const { replies, begin, callback } = await rig()
    replies.set('c1', { openid: 'o1' })
    const { reply, location, cookie, state } = await begin('?hospital=first&return=/h5/pages/cards?from=x')
    expect(reply.statusCode).toBe(302)
    expect(location.origin + location.pathname).toBe('https://open.weixin.qq.com/connect/oauth2/authorize')
    expect(location.searchParams.get('redirect_uri')).toBe(ORIGIN + CALLBACK)
    const done = await callback(state, cookie)
    expect(done.headers.location).toBe('/h5/pages/cards?from=x')
    expect(String(done.headers['set-cookie'])).toMatch(
      new RegExp(`^${COOKIE}=first\\.[\\w-]{43}; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800; Secure$`),
    )
  })

  test('a target that is not a page of ours is refused', async () => {
    const { http } = await rig()
    for (const target of FOREIGN_TARGETS) {
      const reply = await http.inject(`${START}?hospital=first&return=${encodeURIComponent(target)}`)
      expect(reply.statusCode, target).toBe(400)
      expect(reply.headers.location, target).toBeUndefined()
      expect(reply.headers['set-cookie'], target).toBeUndefined()
    }
  })

  test('without the state cookie, with a foreign one, or a second time, nobody is signed in', async () => {
    const { replies, begin, callback } = await rig()
    replies.set('c1', { openid: 'o1' })
    const mine = await begin()
    const foreign = await begin()
    const refused = async (state: string, cookie: string) => {
      const reply = await callback(state, cookie)
      expect(reply.json().error.code).toBe('login-refused')
      expect(String(reply.headers['set-cookie'] ?? '')).not.toContain(`${COOKIE}=`)
    }
    await refused(mine.state, '')
    await refused(mine.state, foreign.cookie)
    await refused('first.guessed', `${COOKIE}_state=first.guessed`)
    await refused('nowhere.guessed', `${COOKIE}_state=nowhere.guessed`)
    expect((await callback(mine.state, mine.cookie)).statusCode).toBe(302)
    await refused(mine.state, mine.cookie)
  })

  test('a state that is too old, or a person who declined, is refused', async () => {
    const { replies, begin, callback, clock, http } = await rig()
    replies.set('c1', { openid: 'o1' })
    const late = await begin()
    const declined = await begin()
    const url = `${CALLBACK}?state=${encodeURIComponent(declined.state)}`
    expect((await http.inject({ url, headers: { cookie: declined.cookie } })).statusCode).toBe(401)
    clock.advance(10 * MINUTE_MS)
    expect((await callback(late.state, late.cookie)).json().error.code).toBe('login-refused')
  })

  test('a snapshot-page user is no user', async () => {
    const { replies, begin, callback } = await rig()
    replies.set('c1', { openid: 'o1', is_snapshotuser: 1 })
    const { state, cookie } = await begin()
    expect((await callback(state, cookie)).json().error.code).toBe('login-refused')
  })
})

describe('signing out', () => {
  test('by cookie only from our own pages; by bearer from anywhere; afterwards the token is dead', async () => {
    const { replies, signIn, who, http } = await rig()
    replies.set('c1', { openid: 'o1' })
    const signOut = (headers: Record<string, string>) =>
      http.inject({ method: 'DELETE', url: '/api/v1/session', headers })
    const token = await signIn('c1')
    const cookie = `${COOKIE}=${token}`
    const foreign: Record<string, string>[] = [
      { cookie },
      { cookie, origin: 'https://evil.example' },
      { cookie, origin: 'null' },
      { cookie, origin: `${ORIGIN}.evil.example` },
      { cookie, origin: 'http://patient.example.org' },
    ]
    for (const headers of foreign) expect((await signOut(headers)).json().error.code).toBe('foreign-origin')
    expect((await who(token)).statusCode).toBe(200)
    const done = await signOut({ cookie, origin: ORIGIN })
    expect(done.statusCode).toBe(204)
    expect(String(done.headers['set-cookie'])).toMatch(new RegExp(`^${COOKIE}=; .*Max-Age=0`))
    expect((await who(token)).statusCode).toBe(401)
    const second = await signIn('c1')
    expect((await signOut({ authorization: `Bearer ${second}` })).statusCode).toBe(204)
    expect((await who(second)).statusCode).toBe(401)
  })

  test('without a session there is nothing to sign out of', async () => {
    const { http } = await rig()
    const headers = { origin: ORIGIN }
    expect((await http.inject({ method: 'DELETE', url: '/api/v1/session', headers })).statusCode).toBe(401)
  })
})
