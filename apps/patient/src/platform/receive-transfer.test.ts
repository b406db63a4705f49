import { afterEach, expect, test, vi } from 'vitest'
import { receiving } from '../test-support/refund-views.ts'
import { allowWebHosts } from './allowed-hosts.ts'
import { openReceiving } from './receive-transfer.ts'

// Here the H5's ways; the mini program's are in harness/refunds-mini.test.ts.
afterEach(() => void vi.unstubAllGlobals())

const PAGE = 'http://127.0.0.1:9103/sandbox/confirm-receipt?package=a%2Bb%3D'
const back = () => 'http://127.0.0.1:9109/h5/pages-refund/case/case?id=1'
const { bridgePage: _, ...transfer } = receiving

function weixin(err_msg: string) {
  const invoke = vi.fn((_name: string, _args: object, done: (result: object) => void) => done({ err_msg }))
  vi.stubGlobal('window', { WeixinJSBridge: { invoke } })
  return invoke
}

test.each(['requestMerchantTransfer:ok', 'requestMerchantTransfer:cancel', 'requestMerchantTransfer:fail'])(
  'WeChat’s page was shown and left (%s): that says nothing about the money',
  async (said) => {
    const invoke = weixin(said)
    expect(await openReceiving(receiving, true, back)).toBe('ended')
    expect(invoke).toHaveBeenCalledExactlyOnceWith('requestMerchantTransfer', transfer, expect.any(Function))
  },
)

test('a WeChat without the page is no end: the person is told what to do', async () => {
  weixin('system:function_not_exist')
  expect(await openReceiving(receiving, true, back)).toBe('unsupported')
})

test('in development the page in its place opens and leads back; elsewhere, and in production, none does', async () => {
  const replace = vi.fn()
  vi.stubGlobal('window', { location: { replace } })
  allowWebHosts([], true)
  const there = { ...receiving, bridgePage: PAGE }
  expect(await openReceiving(there, false, back)).toBe('unsupported')
  expect(await openReceiving({ ...there, bridgePage: 'https://evil.example/' }, true, back)).toBe(
    'unsupported',
  )
  expect(replace).not.toHaveBeenCalled()
  expect(await openReceiving(there, true, back)).toBe('leaving')
  expect(replace).toHaveBeenCalledExactlyOnceWith(`${PAGE}&return=${encodeURIComponent(back())}`)
})
