import { expect, test } from 'vitest'
import { fakePlatform, MINI } from '../testing/fake-platform.ts'
import { LI } from '../testing/people.ts'

const request = { healthCardId: 'c', idType: '01', idNumber: LI.idNumber, codeType: '0' }
const ask = (rsp: object) => fakePlatform(() => ({ rsp })).client.getDynamicQRCode(request, MINI)

test('the code; its colour under either name', async () => {
  expect(await ask({ qrCodeText: 'q', qrCodeImg: 'iVBO', codeColor: '1' })).toEqual({
    ...{ qrCodeText: 'q', qrCodeImg: 'iVBO', color: 1 },
  })
  await expect(ask({ qrCodeImg: 'iVBO' })).rejects.toMatchObject({ kind: 'unknown', code: 'malformed' })
})
