import { expect, test } from 'vitest'
import { fakePlatform, MINI } from '../testing/fake-platform.ts'
import { FORM } from '../testing/people.ts'

test('parents lie flat on the wire, beside what belongs to the child', async () => {
  const { client, sent } = fakePlatform(() => ({ rsp: { verifyUrl: 'https://p/v' } }))
  const childInfo = {
    mother: { name: '王秀英', birthDay: '1965-01-01' },
    father: { phone: '1' },
    parity: '2',
  }
  const outcome = await client.registerHealthCardPreFill({ ...FORM, childInfo }, MINI)
  expect(outcome).toEqual({ kind: 'yes', value: { verifyUrl: 'https://p/v' } })
  expect(sent[0]?.req).toEqual({
    ...FORM,
    domainChannel: 3,
    childInfo: { motherName: '王秀英', motherBirthDay: '1965-01-01', fatherPhone: '1', parity: '2' },
  })
})

test('an empty verifyUrl is a refusal with the words of the platform', async () => {
  const { client } = fakePlatform(() => ({ rsp: { verifyUrl: '' }, errMsg: '请核对后重新提交' }))
  expect(await client.registerHealthCardPreFill(FORM, MINI)).toEqual({
    kind: 'no',
    code: 'empty-verify-url',
    reason: '请核对后重新提交',
  })
})
