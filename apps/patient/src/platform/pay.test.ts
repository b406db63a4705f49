import { afterEach, expect, test, vi } from 'vitest'
import { payment } from '../test-support/visit-views.ts'
import { allowWebHosts } from './allowed-hosts.ts'
import { openPayment } from './pay.ts'

// Here the H5's ways; the mini program's dialogue is in harness/visits-mini.test.ts.
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const CASHIER = 'http://127.0.0.1:9103/sandbox/cashier?prepay_id=1'
const back = () => 'http://127.0.0.1:9109/h5/pages-visit/order/order?id=1'

test.each(['get_brand_wcpay_request:ok', 'get_brand_wcpay_request:cancel', 'get_brand_wcpay_request:fail'])(
  'WeChat’s dialogue is over (%s), which says nothing about the money',
  async (err_msg) => {
    const invoke = vi.fn((_name: string, _args: object, done: (result: object) => void) => done({ err_msg }))
    vi.stubGlobal('window', { WeixinJSBridge: { invoke } })
    expect(await openPayment(payment, back)).toBe('ended')
    expect(invoke).toHaveBeenCalledWith('getBrandWCPayRequest', payment.payment, expect.any(Function))
  },
)

test('in another browser, where WeChat’s bridge never comes, nothing can be paid', async () => {
  vi.useFakeTimers()
  vi.stubGlobal('window', {})
  vi.stubGlobal('document', { addEventListener: vi.fn() })
  const end = openPayment(payment, back)
  await vi.runAllTimersAsync()
  expect(await end).toBe('unsupported')
})

test('in development the cashier’s page opens and leads back; no other host does', async () => {
  const assign = vi.fn()
  vi.stubGlobal('window', { location: { assign } })
  expect(await openPayment({ ...payment, cashierUrl: CASHIER }, back)).toBe('unsupported')
  allowWebHosts([], true)
  expect(await openPayment({ ...payment, cashierUrl: CASHIER }, back)).toBe('leaving')
  expect(assign).toHaveBeenCalledExactlyOnceWith(`${CASHIER}&return=${encodeURIComponent(back())}`)
  expect(await openPayment({ ...payment, cashierUrl: 'https://evil.example/' }, back)).toBe('unsupported')
})

test('without anything to pay no dialogue opens', async () => {
  expect(await openPayment({ payment: null, cashierUrl: null }, back)).toBe('ended')
})
