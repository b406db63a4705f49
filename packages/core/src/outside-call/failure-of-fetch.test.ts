import { expect, test } from 'vitest'
import { causeOf, wasNeverSent } from './failure-of-fetch.ts'

const failed = (cause: object) => new TypeError('fetch failed', { cause })

test('only a connection that was never made proves that nothing was sent', () => {
  for (const cause of [
    { code: 'ECONNREFUSED', syscall: 'connect' },
    { code: 'ENOTFOUND', syscall: 'getaddrinfo' },
    { code: 'UND_ERR_CONNECT_TIMEOUT' },
    {
      errors: [
        { code: 'ECONNREFUSED', syscall: 'connect' },
        { code: 'ETIMEDOUT', syscall: 'connect' },
      ],
    },
  ])
    expect(wasNeverSent(failed(cause)), JSON.stringify(cause)).toBe(true)
  for (const error of [
    failed({ code: 'EHOSTUNREACH', syscall: 'read' }),
    failed({ code: 'ECONNRESET', syscall: 'read' }),
    failed({ code: 'UND_ERR_SOCKET' }),
    failed({
      errors: [
        { code: 'ECONNREFUSED', syscall: 'connect' },
        { code: 'ECONNRESET', syscall: 'read' },
      ],
    }),
    new DOMException('aborted', 'AbortError'),
    'thrown text',
    undefined,
  ])
    expect(wasNeverSent(error), String(error)).toBe(false)
})

test('the cause is a code of the system, never words that may hold a token', () => {
  expect(causeOf(failed({ code: 'ECONNRESET' }))).toBe('ECONNRESET')
  expect(causeOf(failed({ code: 'https://api.example.org/?access_token=x' }))).toBe('connection-lost')
  expect(causeOf(new Error('access_token=x'))).toBe('connection-lost')
})
