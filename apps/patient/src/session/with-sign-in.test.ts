import { expect, test, vi } from 'vitest'
import type { ApiResult } from '../platform/api-error.ts'
import type { RequestClient } from '../platform/request-client.ts'
import { refused } from '../test-support/views.ts'
import { cleanPath } from './clean-path.ts'
import type { SignedIn } from './sign-in.ts'
import { withSignIn } from './with-sign-in.ts'

function client(options: { answers: ApiResult<string>[]; signIn?: SignedIn; signedOut?: boolean }) {
  const asked = vi.fn(async () => options.answers.shift() ?? refused('no answer left'))
  const signIn = vi.fn(async (): Promise<SignedIn> => options.signIn ?? 'signed-in')
  const request = withSignIn({
    request: asked as unknown as RequestClient,
    signIn,
    isSignedOut: () => options.signedOut ?? false,
    forgetSession: () => undefined,
    wait: async () => {},
  })
  return { asked, signIn, get: () => request('/api/v1/x', { read: String }) }
}
const done: ApiResult<string> = { ok: true, data: 'done' }

test('signed in: nothing is added', async () => {
  const { get, signIn } = client({ answers: [done] })
  expect(await get()).toEqual(done)
  expect(signIn).not.toHaveBeenCalled()
})

test('the session is over: signs in and repeats, once', async () => {
  const { get, asked } = client({ answers: [refused('not-signed-in'), done] })
  expect(await get()).toEqual(done)
  expect(asked).toHaveBeenCalledTimes(2)
  const circle = client({ answers: [refused('not-signed-in'), refused('not-signed-in'), done] })
  expect(await circle.get()).toMatchObject({ error: { code: 'not-signed-in' } })
})

test('two requests at once sign in once', async () => {
  const { get, signIn } = client({
    answers: [refused('not-signed-in'), refused('not-signed-in'), done, done],
  })
  await Promise.all([get(), get()])
  expect(signIn).toHaveBeenCalledOnce()
})

test('where no session is kept the gateway is not asked first', async () => {
  const { get, asked } = client({ answers: [done], signedOut: true })
  await get()
  expect(asked).toHaveBeenCalledOnce()
})

test('a sign-in that fails is the answer', async () => {
  const { error } = refused('wechat-unavailable')
  const { get } = client({ answers: [refused('not-signed-in')], signIn: error })
  expect(await get()).toEqual({ ok: false, error })
})

test('the way back from signing in carries no one-time code and only plain characters', () => {
  const query = {
    flow: 'flow_1a',
    healthCode: 'secret',
    wechatCode: 'w',
    orderId: 'o',
    intent: 'register',
    id: '<b>',
  }
  expect(cleanPath('/h5/pages/enrolment/return', query)).toBe(
    '/h5/pages/enrolment/return?flow=flow_1a&intent=register',
  )
  expect(cleanPath('/h5/', {})).toBe('/h5/')
  expect(cleanPath('//evil.example/h5/', {})).toBe('/h5/')
})
