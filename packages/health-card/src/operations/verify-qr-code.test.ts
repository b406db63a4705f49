import { expect, test } from 'vitest'
import { fakePlatform, MINI } from '../testing/fake-platform.ts'
import { LI } from '../testing/people.ts'

test('whose code it is; members that the platform leaves out are undefined', async () => {
  const { client, sent } = fakePlatform(() => ({ rsp: { name: LI.name, idNumber: LI.idNumber, phone: '' } }))
  const request = { qrCodeText: 'q', medicalStep: '010101', terminalId: 'T1' }
  expect(await client.verifyQRCode(request, MINI)).toMatchObject({
    ...{ name: LI.name, idNumber: LI.idNumber, idType: '01', phone: undefined, phid: undefined },
  })
  expect(sent[0]?.req).toEqual(request)
})
