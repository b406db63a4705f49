import { expect, test } from 'vitest'
import { fakePlatform, MINI } from '../testing/fake-platform.ts'
import { CARD } from '../testing/people.ts'

const exchange = (rsp: object) =>
  fakePlatform(() => ({ rsp })).client.getHealthCardByHealthCode({ healthCode: 'H' }, MINI)

test('the card, and whose it is', async () => {
  expect(await exchange({ card: CARD, isSelf: 'true' })).toMatchObject({
    kind: 'yes',
    value: { card: CARD, isSelf: true },
  })
  expect(await exchange({ card: CARD })).toMatchObject({ kind: 'yes', value: { isSelf: undefined } })
})

test('resultCode 0 without a usable card: the code may be spent, so unknown', async () => {
  expect(await exchange({ card: '' })).toEqual({ kind: 'unknown', cause: 'malformed' })
})
