import { isRealDate } from '@zhangyi/core'
import { z } from 'zod'
import { isQrCodeText } from '../codes/dynamic-qr-codes.ts'
import { operation, text } from '../operation.ts'
import { Refusal } from '../result-codes.ts'

const DEPARTMENT_SCENES: readonly string[] = ['0101011', '0101012']
const COST_SCENES: readonly string[] = ['010105', '0101051', '0101053']

/**
 * 用卡数据监测. One event a call. The QR text is checked by its form only: cards of other provinces' platforms
 * are used in hospitals, too.
 */
export const reportHISData = operation({
  name: 'reportHISData',
  zh: '用卡数据监测',
  req: z.object({
    qrCodeText: z.string().refine(isQrCodeText, '不是健康卡二维码内容'),
    idCardNumber: text.optional(),
    name: text.optional(),
    time: z.string().refine(isLocalTime, '须为 yyyy-MM-dd HH:mm:ss'),
    hospitalCode: text,
    subHospitalCode: text.optional(),
    scene: z.string().regex(/^\d{6,8}$/, '用卡环节为 6 至 8 位数字'),
    serviceId: text.optional(),
    department: text.optional(),
    cardType: text,
    cardChannel: z.string().regex(/^\d{4}$/, '用卡渠道为 4 位数字'),
    cardCostTypes: text.optional(),
  }),
  rsp: ['none'],
  carryOut: (_platform, { scene, department, cardCostTypes }) => {
    if (DEPARTMENT_SCENES.includes(scene) && department === undefined)
      throw new Refusal('fieldMissing', 'department')
    if (COST_SCENES.includes(scene) && cardCostTypes === undefined)
      throw new Refusal('fieldMissing', 'cardCostTypes')
    return { none: '' }
  },
})

function isLocalTime(time: string): boolean {
  return isRealDate(time.slice(0, 10)) && /^ ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(time.slice(10))
}
