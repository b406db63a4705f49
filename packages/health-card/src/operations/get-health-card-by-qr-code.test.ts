import { expect, test } from 'vitest'
import { fakePlatform, MINI } from '../testing/fake-platform.ts'
import { CARD } from '../testing/people.ts'

const ask = (rsp: object) =>
  fakePlatform(() => ({ rsp })).client.getHealthCardByQRCode({ qrCodeText: 'q' }, MINI)

test('the card and the relation, wherever it stands', async () => {
  expect(await ask({ card: { ...CARD, relation: 1 } })).toMatchObject({ card: CARD, relation: '1' })
  expect((await ask({ card: CARD, relation: '本人' })).relation).toBe('本人')
  await expect(ask({})).rejects.toMatchObject({ kind: 'unknown', code: 'malformed' })
})
