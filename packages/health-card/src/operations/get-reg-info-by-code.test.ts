import { expect, test } from 'vitest'
import { fakePlatform, MINI } from '../testing/fake-platform.ts'
import { LI } from '../testing/people.ts'

const exchange = (rsp: object) => fakePlatform(() => ({ rsp })).client.getRegInfoByCode({ code: 'R' }, MINI)

test('the person lies directly in rsp, without a card', async () => {
  expect(await exchange({ ...LI, isSelf: 0, verifyStatus: '1', patid: '' })).toMatchObject({
    kind: 'yes',
    value: { ...LI, isSelf: false, verifyStatus: true, patid: undefined },
  })
  expect(await exchange({ name: '' })).toEqual({ kind: 'unknown', cause: 'malformed' })
})
