import { HOUR_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { ManualOffsetClock } from '../../kit/sandbox-clock.ts'
import { memoryStore } from '../../kit/store.ts'
import { buildWeixinSimulator } from '../build-weixin-simulator.ts'

const person = { name: '李明华', idNumber: '330102199001012210', openid: 'o-mini-lihua' }

function weixin() {
  const clock = new ManualOffsetClock()
  const baseUrl = 'http://127.0.0.1:9102'
  const { app, calls } = buildWeixinSimulator({ clock, baseUrl, origins: {}, store: memoryStore() })
  const start = (outSeqNo: string, change: object = {}) =>
    app.inject({ method: 'POST', url: '/sandbox/face-checks', payload: { outSeqNo, ...person, ...change } })
  const state = async (verifyId: string, outSeqNo: string) =>
    (await app.inject(`/sandbox/face-checks/${verifyId}?outSeqNo=${outSeqNo}`)).json().state
  const decide = (verifyId: string, result: string, back?: string) =>
    app.inject({
      method: 'POST',
      url: `/sandbox/face/${verifyId}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ result, ...(back && { return: back }) }).toString(),
    })
  return { app, clock, calls, start, state, decide }
}

test('a check is decided once on its page and leads back to this machine only', async () => {
  const { app, start, state, decide, calls } = weixin()
  const { verifyId, page } = (await start('seq-0001')).json()
  expect(page).toBe(`http://127.0.0.1:9102/sandbox/face/${verifyId}`)
  expect(await state(verifyId, 'seq-0001')).toBe('pending')
  expect(await state(verifyId, 'seq-0002')).toBeUndefined()
  const shown = await app.inject(`/sandbox/face/${verifyId}?return=http%3A%2F%2F127.0.0.1%3A8080%2Fface`)
  expect(shown.body).toContain('模拟：本人，通过')
  expect(shown.body).not.toContain(person.idNumber)
  expect((await app.inject(`/sandbox/face/${verifyId}?return=https%3A%2F%2Fevil.example`)).statusCode).toBe(
    403,
  )
  expect((await decide(verifyId, 'pass', 'https://evil.example')).statusCode).toBe(403)
  const done = await decide(verifyId, 'fail', 'http://127.0.0.1:8080/face?x=1')
  expect([done.statusCode, done.headers.location]).toEqual([303, 'http://127.0.0.1:8080/face?x=1'])
  await decide(verifyId, 'pass')
  expect(await state(verifyId, 'seq-0001')).toBe('failed')
  expect((await app.inject(`/sandbox/face/${verifyId}`)).body).toContain('未通过')
  expect(calls.map(({ operation }) => operation)).toContain('face-checks')
})

test('passed, cancelled, timed out; a number is used once', async () => {
  const { clock, start, state, decide } = weixin()
  const ids = await Promise.all(
    ['seq-1', 'seq-2', 'seq-3'].map(async (no) => (await start(no)).json().verifyId),
  )
  await decide(ids[0], 'pass')
  await decide(ids[1], 'cancel')
  clock.advance(HOUR_MS)
  await decide(ids[2], 'pass')
  expect(await Promise.all(ids.map((id, index) => state(id, `seq-${index + 1}`)))).toEqual([
    ...['passed', 'cancelled', 'cancelled'],
  ])
  expect((await start('seq-1')).statusCode).toBe(400)
  expect((await start('seq-9', { name: '' })).statusCode).toBe(400)
})
