import { expect, test } from 'vitest'
import { fakePlatform, MINI } from '../testing/fake-platform.ts'

test('the fieldCode, if there is one', async () => {
  const save = (rsp: object) =>
    fakePlatform(() => ({ rsp })).client.saveScanQrField({ healthCardId: 'c', outpatientNum: 'MZ-1' }, MINI)
  expect(await save({ fieldCode: 'f' })).toEqual({ kind: 'yes', value: { fieldCode: 'f' } })
  expect(await save({})).toEqual({ kind: 'yes', value: { fieldCode: undefined } })
})
