import { HOUR_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { fakePlatform } from '../testing/fake-platform.ts'

const answering = (rsp: object) =>
  fakePlatform(() => ({}), {
    fetch: async () => Response.json({ commonOut: { requestId: 'r', resultCode: 0, errMsg: '' }, rsp }),
  })

test('expiresIn as text, as number and not at all', async () => {
  for (const expiresIn of ['7200', 7_200, undefined]) {
    const { client, clock } = answering({ appToken: 't', expiresIn })
    expect(await client.getAppToken()).toEqual({ token: 't', expiresAtMs: clock.nowMs() + 2 * HOUR_MS })
  }
})

test('a reply without a token is unknown', async () => {
  await expect(answering({ appToken: '' }).client.getAppToken()).rejects.toMatchObject({
    kind: 'unknown',
    operation: 'getAppToken',
    code: 'malformed',
  })
})
