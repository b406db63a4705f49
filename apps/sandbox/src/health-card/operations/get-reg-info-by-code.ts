import { z } from 'zod'
import { isSelf } from '../cards/card.ts'
import { operation, text } from '../operation.ts'
import { personReply } from './card-reply.ts'

/** 获取建档信息（卡管异常流程）. The verified person without a card: no healthCardId, no QR code. */
export const getRegInfoByCode = operation({
  name: 'getRegInfoByCode',
  zh: '获取建档信息（卡管异常流程）',
  req: z.object({ code: text }),
  rsp: ['name', 'gender', 'nation', 'birthday', 'idNumber', 'idType', 'address', 'phone1', 'phone2', 'patid'],
  carryOut: (platform, { code }) => {
    const info = platform.regInfoCodes.spend(code)
    return { ...personReply(info), patid: '', isSelf: isSelf(info), verifyStatus: info.verifyStatus }
  },
})
