import { expect, test } from 'vitest'
import { fakePlatform, MINI } from '../testing/fake-platform.ts'

const bind = (rsp: object) =>
  fakePlatform(() => ({ rsp, errMsg: '未绑定' })).client.bindCardRelation(
    { patid: 'P', qrCodeText: 'q' },
    MINI,
  )

test('done, unless the platform says result false', async () => {
  expect((await bind({ result: 'true' })).kind).toBe('yes')
  expect((await bind({})).kind).toBe('yes')
  expect(await bind({ result: 0 })).toEqual({ kind: 'no', code: 'result-false', reason: '未绑定' })
})
