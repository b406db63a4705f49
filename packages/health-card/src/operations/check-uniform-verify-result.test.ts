import { expect, test } from 'vitest'
import { fakePlatform, MINI } from '../testing/fake-platform.ts'
import { LI } from '../testing/people.ts'

const request = { verifyOrderId: 'v', verifyResult: 'r' }
const check = (rsp: object) => fakePlatform(() => ({ rsp })).client.checkUniformVerifyResult(request, MINI)

test('suc false under resultCode 0 is a normal answer', async () => {
  expect(await check({ suc: false, verifyType: '1', proxyVerifyName: '' })).toEqual({
    ...{ suc: false, verifyType: 1, healthCardId: undefined, ext: undefined, proxy: undefined },
  })
})

test('a proxy is told', async () => {
  const proxied = {
    ...{ suc: 'true', proxyVerifyName: '王秀英', proxyVerifyCardType: '01' },
    ...{ proxyVerifyIdCard: LI.idNumber, proxyVerifyExpiredTime: '2026-11-24 09:00:00', healthCardld: 'c' },
  }
  expect(await check(proxied)).toMatchObject({
    ...{ suc: true, healthCardId: 'c' },
    proxy: { name: '王秀英', cardType: '01', idCard: LI.idNumber, expiredTime: '2026-11-24 09:00:00' },
  })
})

test('a proxy half told is still a proxy; a document type alone is a filler', async () => {
  const half = { suc: true, proxyVerifyName: '', proxyVerifyExpiredTime: '2026-11-24 09:00:00' }
  expect(await check(half)).toMatchObject({ proxy: { name: undefined, expiredTime: '2026-11-24 09:00:00' } })
  expect((await check({ suc: true, proxyVerifyIdCard: LI.idNumber })).proxy).toBeDefined()
  expect((await check({ suc: true, proxyVerifyCardType: '01' })).proxy).toBeUndefined()
})

test('a reply that does not say suc is neither yes nor no', async () => {
  await expect(check({})).rejects.toMatchObject({ kind: 'unknown', code: 'malformed' })
  await expect(check({ suc: 'maybe' })).rejects.toMatchObject({ kind: 'unknown' })
})
