import { describe, expect, test } from 'vitest'
import { isAllowedUrl } from '../platform/allowed-hosts.ts'
import { allowedRedirect, orderOf, readFaceErrand, redirectWithResult } from './face-errand.ts'

const production = (url: string) => isAllowedUrl(url, ['health.tengmed.com'])
const development = (url: string) => isAllowedUrl(url, ['health.tengmed.com'], true)

describe('the address to return to', () => {
  const platform = 'https://health.tengmed.com/open/verify/face-return?orderId=1'
  test('of the platform, also encoded once more', () => {
    expect(allowedRedirect(platform, production)).toBe(platform)
    expect(allowedRedirect(encodeURIComponent(platform), production)).toBe(platform)
  })

  test.each([
    'https://evil.example/open/verify?orderId=1',
    'https://health.tengmed.com.evil.example/',
    'https://health.tengmed.com@evil.example/',
    'http://health.tengmed.com/',
    'javascript:alert(1)',
    '/pages/home/home',
    '%E0%A4%A',
    '',
    encodeURIComponent('https://evil.example/'),
  ])('refuses %j', (url) => expect(allowedRedirect(url, production)).toBeUndefined())

  test('this very machine only in development', () => {
    expect(allowedRedirect('http://127.0.0.1:9101/open/verify', production)).toBeUndefined()
    expect(allowedRedirect('http://127.0.0.1:9101/open/verify', development)).toBe(
      'http://127.0.0.1:9101/open/verify',
    )
    expect(allowedRedirect('http://127.0.0.1.evil.example/', development)).toBeUndefined()
  })
})

test('the result is appended; none is -1', () => {
  expect(redirectWithResult('https://h/x?a=1', 'v/1')).toBe('https://h/x?a=1&verify_order_id=v%2F1')
  expect(redirectWithResult('https://h/x', null)).toBe('https://h/x?verify_order_id=-1')
})

test('what the platform sends', () => {
  const query = { orderId: 'o', redirectUrl: 'https://h/', verifyType: '1' }
  expect(readFaceErrand(query)).toEqual({ orderId: 'o', redirectUrl: 'https://h/', verifyType: 1 })
  expect(readFaceErrand({ orderId: 'o' })).toBeUndefined()
})

test('a new check of the same order forgets the old one', () => {
  const order = { orderId: 'o', redirectUrl: 'https://h/', verifyType: 1 }
  expect(orderOf({ ...order, checkId: 'c' })).toEqual(order)
})
