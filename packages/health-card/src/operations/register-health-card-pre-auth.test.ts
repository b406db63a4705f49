import { expect, test } from 'vitest'
import { fakePlatform, MINI } from '../testing/fake-platform.ts'
import { FORM } from '../testing/people.ts'

const { successRedirectUrl, failRedirectUrl, verifyFailRedirectUrl, faceUrl } = FORM
const targets = { successRedirectUrl, failRedirectUrl, verifyFailRedirectUrl, faceUrl }
const request = {
  wechatCode: 'w',
  patientType: 0 as const,
  userFormPageUrl: 'mini:/f?a=${authCode}',
  ...targets,
}

test('bindCardUrl; placeholders go out un-encoded, domainChannel by configuration', async () => {
  const { client, sent } = fakePlatform(() => ({ rsp: { bindCardUrl: 'https://p/b' } }))
  expect(await client.registerHealthCardPreAuth(request, MINI)).toEqual({
    kind: 'yes',
    value: { bindCardUrl: 'https://p/b' },
  })
  expect(sent[0]?.req).toEqual({ ...request, domainChannel: 3 })
  const other = fakePlatform(() => ({ rsp: {} }), { config: { domainChannel: 1 } })
  expect(await other.client.registerHealthCardPreAuth(request, MINI)).toMatchObject({ kind: 'unknown' })
  expect(other.sent[0]?.req['domainChannel']).toBe(1)
})
