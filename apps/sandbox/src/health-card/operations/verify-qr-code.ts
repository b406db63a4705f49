import { z } from 'zod'
import { operation, text } from '../operation.ts'
import { cardOfQrCode } from './card-of-qr-code.ts'
import { personReply } from './card-reply.ts'

const ABOUT_THE_SCAN = [
  ...['terminalId', 'time', 'medicalStep', 'channelCode', 'channelName', 'useCityCode', 'useCityName'],
  ...['hospitalCode', 'hospitalName', 'orgId', 'name', 'idCard', 'useType', 'useChannel', 'qrCodeType'],
]

/** 校验动态二维码. The static code is accepted as well. */
export const verifyQRCode = operation({
  name: 'verifyQRCode',
  zh: '校验动态二维码',
  req: z.object({
    qrCodeText: text,
    ...Object.fromEntries(ABOUT_THE_SCAN.map((field) => [field, text.optional()])),
  }),
  rsp: [
    'name',
    'gender',
    'nation',
    'birthday',
    'phone',
    'address',
    'idType',
    'idNumber',
    'healthCardId',
    'phid',
  ],
  carryOut: (platform, { qrCodeText }) => {
    const card = cardOfQrCode(platform, qrCodeText)
    const { name, gender, nation, birthday, address, idType, idNumber } = personReply(card)
    const { healthCardId, phid, phone1: phone = '' } = card
    return { name, gender, nation, birthday, phone, address, idType, idNumber, healthCardId, phid }
  },
})
