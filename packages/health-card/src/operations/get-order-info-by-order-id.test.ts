import { expect, test } from 'vitest'
import { fakePlatform, MINI } from '../testing/fake-platform.ts'
import { LI } from '../testing/people.ts'

const asked = { orderId: 'o', verifyType: 1 }
const info = (rsp: object) => fakePlatform(() => ({ rsp })).client.getOrderInfoByOrderId(asked, MINI)

test('whose face it is', async () => {
  const person = { name: LI.name, idCard: LI.idNumber, cardType: '01' }
  expect(await info(person)).toEqual(person)
  expect(await info({ name: LI.name, idNumber: LI.idNumber })).toEqual(person)
})

test('a document of unknown kind is not called a resident ID card', async () => {
  await expect(info({ name: LI.name, idCard: 'E12345678' })).rejects.toMatchObject({ kind: 'unknown' })
})
