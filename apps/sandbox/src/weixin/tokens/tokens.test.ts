import { DAY_MS, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MINI_PROGRAM, OFFICIAL_ACCOUNT } from '../credentials.ts'
import { testWeixin } from '../test-weixin.ts'
import { AccessTokens, CLASSIC_PER_DAY, FORCED_PER_DAY } from './access-tokens.ts'

const { appid, secret } = MINI_PROGRAM

function tokens() {
  const { clock } = testWeixin()
  const all = new AccessTokens(clock)
  const errcode = (token: string | undefined) => {
    try {
      return all.ownerOf(token) === appid ? 0 : -2
    } catch (error) {
      return (error as { errcode: number }).errcode
    }
  }
  return { clock, all, errcode }
}

test('normal mode gives one token for its whole life, and a new one in the last five minutes', () => {
  const { clock, all, errcode } = tokens()
  const first = all.stable(appid)
  expect(first.expires_in).toBe(7_200)
  clock.advance(7_200 * SECOND_MS - 5 * MINUTE_MS - SECOND_MS)
  expect(all.stable(appid)).toEqual({ access_token: first.access_token, expires_in: 301 })
  clock.advance(SECOND_MS)
  const second = all.stable(appid)
  expect(second.access_token).not.toBe(first.access_token)
  expect([second.expires_in, errcode(first.access_token), errcode(second.access_token)]).toEqual([
    7_200, 0, 0,
  ])
  clock.advance(5 * MINUTE_MS)
  expect([errcode(first.access_token), errcode(second.access_token)]).toEqual([40001, 0])
})

test('a token that nobody renewed ends by itself: 42001', () => {
  const { clock, all, errcode } = tokens()
  const { access_token: token } = all.stable(appid)
  clock.advance(7_200 * SECOND_MS)
  expect(errcode(token)).toBe(42001)
  all.stable(appid)
  expect(errcode(token)).toBe(42001)
})

test('two forced refreshes 30 seconds apart kill a leaked token; sooner ones refresh nothing; 20 a day', () => {
  const { clock, all, errcode } = tokens()
  const leaked = all.stable(appid).access_token
  const forced = all.forced(appid).access_token
  expect([forced === leaked, errcode(leaked)]).toEqual([false, 0])
  clock.advance(29 * SECOND_MS)
  expect(all.forced(appid).access_token).toBe(forced)
  clock.advance(SECOND_MS)
  all.forced(appid)
  expect([errcode(leaked), errcode(forced)]).toEqual([40001, 0])
  for (let count = 2; count < FORCED_PER_DAY; count++) {
    clock.advance(30 * SECOND_MS)
    all.forced(appid)
  }
  clock.advance(30 * SECOND_MS)
  expect(() => all.forced(appid)).toThrow('quota')
  expect(all.stable(appid).expires_in).toBeGreaterThan(300)
  clock.advance(DAY_MS)
  expect(all.forced(appid).expires_in).toBe(7_200)
})

test('the older family: each call a new token, the old one five more minutes; independent of the other family', () => {
  const { clock, all, errcode } = tokens()
  const stable = all.stable(appid).access_token
  const first = all.classic(appid).access_token
  const second = all.classic(appid).access_token
  expect([first === second, errcode(first), errcode(second)]).toEqual([false, 0, 0])
  clock.advance(5 * MINUTE_MS)
  expect([errcode(first), errcode(second), errcode(stable)]).toEqual([40001, 0, 0])
  for (let count = 2; count < CLASSIC_PER_DAY; count++) all.classic(appid)
  expect(() => all.classic(appid)).toThrow('quota')
})

test('whoever asks in normal mode holds a good token for five minutes at least', () => {
  const step = fc.record({
    waitMs: fc.integer({ min: 0, max: 130 * MINUTE_MS }),
    restMs: fc.integer({ min: 0, max: 299_999 }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const { clock, all, errcode } = tokens()
      for (const { waitMs, restMs } of steps) {
        clock.advance(waitMs)
        const { access_token: token, expires_in: seconds } = all.stable(appid)
        expect(seconds).toBeGreaterThanOrEqual(300)
        clock.advance(restMs)
        expect(errcode(token)).toBe(0)
      }
    }),
    { seed: 20261123, numRuns: 100 },
  )
})

test('wrong credentials and wrong tokens, each with its errcode', async () => {
  const { answered, stable, mini, clock, tokenOf, act } = testWeixin()
  await act('settings', { faceForOfficialAccount: false })
  const errcodes = async (...calls: Promise<{ errcode?: number }>[]) =>
    (await Promise.all(calls)).map(({ errcode }) => errcode)
  expect(
    await errcodes(
      stable(MINI_PROGRAM, { appid: 'wx-other' }),
      stable(MINI_PROGRAM, { secret: OFFICIAL_ACCOUNT.secret }),
      stable(MINI_PROGRAM, { grant_type: 'x' }),
      answered(`/cgi-bin/token?grant_type=client_credential&appid=${appid}&secret=no`),
      answered(`/cgi-bin/token?grant_type=client_credential&secret=${secret}`),
      answered('/cgi-bin/stable_token', 'not json'),
    ),
  ).toEqual([40013, 40125, 40002, 40125, 41002, 47001])
  const path = '/cityservice/face/identify/getverifyid'
  const old = await tokenOf(MINI_PROGRAM)
  clock.advance(DAY_MS)
  expect(
    await errcodes(
      answered(path, {}),
      answered(`${path}?access_token=short`, {}),
      answered(`${path}?access_token=97_${'x'.repeat(190)}`, {}),
      answered(`${path}?access_token=${old}`, {}),
      answered(`${path}?access_token=${await tokenOf(OFFICIAL_ACCOUNT)}`, {}),
      mini('/wxa/nothing', {}),
    ),
  ).toEqual([41001, 40014, 40001, 42001, 48001, 40066])
})

test('any errcode can be ordered; a revoked token is replaced by asking again', async () => {
  const { faults, stable, mini } = testWeixin()
  faults.order({ kind: 'errcode--1', operation: 'stable_token', times: 1 })
  expect((await stable(MINI_PROGRAM)).errcode).toBe(-1)
  faults.order({ kind: 'token-revoked', operation: 'generate_urllink', times: 1 })
  expect((await mini('/wxa/generate_urllink', {})).errcode).toBe(40001)
  expect((await mini('/wxa/generate_urllink', {})).errcode).toBe(0)
  faults.order({ kind: 'errcode-89503', operation: 'generate_urllink', times: 1 })
  expect(await mini('/wxa/generate_urllink', {})).toMatchObject({
    errcode: 89503,
    errmsg: expect.stringContaining('rid: '),
  })
})
