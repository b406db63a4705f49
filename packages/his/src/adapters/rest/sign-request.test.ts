import { ManualClock } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { authHeaders, signature } from './sign-request.ts'

const body = Buffer.from('{"input":{"patid":"P1"}}')
const request = { method: 'POST', path: '/his/balances/of', body }

test('the signature is the one that openssl makes of the five lines', () => {
  // printf '1795395600\nnonce-1\nPOST\n/his/balances/of\n%s' "$(printf '%s' "$BODY" | sha256sum | cut -d' ' -f1)" \
  //   | openssl dgst -sha256 -hmac secret-1
  expect(signature('secret-1', '1795395600', 'nonce-1', request)).toBe(
    'be01c939cba46180acab0985dacb47fb0b0105e16f9ad88e76c0a7ca2be9dbf3',
  )
})

test('headers carry seconds, a fresh nonce and the key, never the secret', () => {
  const clock = new ManualClock('2026-11-23T09:00:00.900+08:00')
  const auth = { kind: 'hmac', keyId: 'k1', secret: 'secret-1' } as const
  const [first, second] = [authHeaders(auth, request, clock), authHeaders(auth, request, clock)]
  expect(first).toMatchObject({ 'x-zhangyi-timestamp': '1795395600', 'x-zhangyi-key': 'k1' })
  expect(first['x-zhangyi-nonce']).not.toBe(second['x-zhangyi-nonce'])
  expect(first['x-zhangyi-signature']).not.toBe(second['x-zhangyi-signature'])
  expect(JSON.stringify(first)).not.toContain('secret-1')
})

test('bearer and none', () => {
  const clock = new ManualClock()
  expect(authHeaders({ kind: 'bearer', token: 't' }, request, clock)).toEqual({ authorization: 'Bearer t' })
  expect(authHeaders({ kind: 'none' }, request, clock)).toEqual({})
})
