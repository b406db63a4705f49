import { z } from 'zod'
import { operation, text } from '../operation.ts'
import { Refusal } from '../result-codes.ts'
import { newHex } from '../verification/order.ts'

const optional = text.optional()

/** 保存展码页字段: what the platform's code page shows beside the code when opened with the fieldCode. */
export const saveScanQrField = operation({
  name: 'saveScanQrField',
  zh: '保存展码页字段',
  req: z.object({
    healthCardId: text,
    registerCardNum: optional,
    registerId: optional,
    outpatientNum: optional,
    registerQrCode: optional,
    registerBarCode: optional,
    caregiverName: optional,
    caregiverPhone: optional,
    caregiverCardNumber: optional,
    visitCodeFirst: z.union([text, z.number(), z.boolean()]).optional(),
  }),
  rsp: ['fieldCode'],
  carryOut: (platform, { healthCardId, ...fields }) => {
    if (!platform.cards.byId(healthCardId)) throw new Refusal('cardNotFound')
    const fieldCode = newHex()
    const given = Object.entries(fields).filter(([, value]) => value !== undefined)
    platform.pageFields.set(fieldCode, {
      healthCardId,
      ...Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
    })
    return { fieldCode }
  },
})
