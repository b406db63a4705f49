import { expect, test } from 'vitest'
import { fakeWechatPay, MAIN } from '../testing/fake-wechat-pay.ts'

const answer = {
  hash_type: 'SHA1',
  hash_value: '79BB0F45FC4C42234A918000B2668D689E2BDE04',
  download_url: `${MAIN}/v3/billdownload/file?token=t`,
}

test('both bills are asked for with day, selection and compression', async () => {
  const { client, sent } = fakeWechatPay(() => ({ json: answer }))
  expect(await client.requestTradeBill({ day: '2026-11-22' })).toEqual({
    kind: 'trade',
    compression: 'gzip',
    sha1: answer.hash_value.toLowerCase(),
    downloadUrl: answer.download_url,
  })
  await client.requestFundFlowBill({ day: '2026-11-22', account: 'OPERATION', compression: 'none' })
  expect(sent.map(({ path }) => path)).toEqual([
    '/v3/bill/tradebill?bill_date=2026-11-22&bill_type=ALL&tar_type=GZIP',
    '/v3/bill/fundflowbill?bill_date=2026-11-22&account_type=OPERATION',
  ])
})

test('an empty day and a bill in the making are answers, other codes are errors', async () => {
  const ask = (code: string) =>
    fakeWechatPay(() => ({ status: 400, json: { code, message: '' } })).client.requestTradeBill({
      day: '2026-11-22',
    })
  expect(await ask('NO_STATEMENT_EXIST')).toBe('none')
  expect(await ask('STATEMENT_CREATING')).toBe('creating')
  await expect(ask('INVALID_REQUEST')).rejects.toMatchObject({ code: 'INVALID_REQUEST' })
  const { client } = fakeWechatPay(() => ({ status: 500, json: { code: 'NO_STATEMENT_EXIST' } }))
  await expect(client.requestTradeBill({ day: '2026-11-22' })).rejects.toMatchObject({ httpStatus: 500 })
})

test('never a bill of today, nor of a day that does not exist', async () => {
  const { client } = fakeWechatPay(() => ({ json: answer }))
  await expect(client.requestTradeBill({ day: '2026-11-23' })).rejects.toThrow('bill_date')
  await expect(client.requestTradeBill({ day: '2026-11-31' })).rejects.toThrow('bill_date')
})

test('a bill without a hash that we can check is no answer', async () => {
  for (const wrong of [{ hash_type: 'MD5' }, { hash_value: 'zz' }, { download_url: '' }]) {
    const { client } = fakeWechatPay(() => ({ json: { ...answer, ...wrong } }))
    await expect(client.requestTradeBill({ day: '2026-11-22' })).rejects.toMatchObject({ code: 'malformed' })
  }
})
