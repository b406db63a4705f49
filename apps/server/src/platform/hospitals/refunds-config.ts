import { z } from 'zod'
import { offlineSchema } from './offline-config.ts'

const text = (max: number) => z.string().min(1).max(max)
const notes = z.array(text(200)).max(10)
const capFen = z.number().int().min(1).optional()
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, '时刻，如 08:00')

const pattern = text(200).refine((source) => {
  try {
    return new RegExp(source, 'u') !== undefined
  } catch {
    return false
  }
}, '不是正确的正则表达式')

/** 门诊预交金退款. What differs between hospitals, with the customer's own words as defaults. */
export const refundsSchema = z.strictObject({
  original: z
    .strictObject({
      open: z.boolean().default(true),
      name: text(20).default('预交金退费'),
      introduction: text(200).default(
        '一年内通过微信掌医充值的订单，可以直接退回原来的付款账户，无需额外核验。',
      ),
      notes: notes.default([
        '钱按原来的付款方式退回：零钱一般 5 分钟内到账，银行卡 1–3 个工作日到账。',
        '一笔充值可以分几次退，每次间隔 1 分钟以上。',
      ]),
      maxDays: z.number().int().min(1).max(365).default(365).describe('付款之后多少天内可以原路退回'),
      rechargeMatch: pattern
        .optional()
        .describe(
          '正则表达式：导入交易账单时，商户订单号或商品名称符合的才是预交金充值；不填则商户号的每一笔都是',
        ),
    })
    .prefault({}),
  face: z
    .strictObject({
      open: z.boolean().default(true).describe('还需要 wechatPay.transfer 和 HIS 的退款接口'),
      name: text(20).default('人脸核验退款'),
      introduction: text(200).default('任一渠道充值的余额，通过人脸识别核验本人身份后，退到您的微信零钱。'),
      notes: notes.default([
        '接收退款的微信必须是患者本人实名认证的微信，否则微信不会付款。',
        '提交之后请点“接收退款”，并在微信页面点“确认收款”，没有确认钱不会到账。',
        '24 小时内没有确认，这次退款会失效。',
      ]),
      partial: z.boolean().default(false).describe('患者能不能只退一部分'),
      splitOriginal: z.boolean().default(false).describe('能够原路退回的充值单独成为一笔，走原路；其余转账'),
      zeroBalanceBlocks: z.boolean().default(true).describe('查到多份档案时，余额为零的那份是否也要先合并'),
      belowNamed: z
        .enum(['counter', 'transfer'])
        .default('counter')
        .describe('0.10–0.29 元微信不核对收款人姓名：counter 到窗口办理，transfer 仍然转账'),
      aboveLimit: z
        .enum(['split', 'counter'])
        .default('split')
        .describe('超过单笔上限：split 分成几笔，患者逐笔确认；counter 到窗口办理'),
      retryHours: z
        .number()
        .int()
        .min(0)
        .max(72)
        .default(24)
        .describe('商户号余额不足之后，多少小时内再次申请不必重新做人脸核验'),
      unclaimedDays: z
        .number()
        .int()
        .min(1)
        .max(90)
        .default(7)
        .describe('失效多少天仍没有人处理，成为财务的待办：重新发起或退回余额'),
    })
    .prefault({}),
  mergePhone: text(40).optional().describe('合并档案的电话；不填用医院电话'),
  caps: z
    .strictObject({
      merchantDayFen: capFen.describe('整个商户号每天退出的上限（分）'),
      patientDayFen: capFen.describe('每位患者每天的上限（分）'),
      openidDayFen: capFen.describe('每个微信每天的上限（分）'),
      openidDayCases: z.number().int().min(1).max(100).default(10).describe('每个微信每天最多申请几次'),
    })
    .prefault({}),
  hours: z
    .strictObject({ from: timeOfDay.default('00:00'), to: timeOfDay.default('24:00') })
    .prefault({})
    .describe('每天接受申请的时间（北京时间）'),
  secondPersonFromFen: z
    .number()
    .int()
    .min(1)
    .default(100_000)
    .describe('生成新订单号退款：这个金额（分）以上要第二个人复核'),
  offline: offlineSchema.prefault({}),
  lowFundsFen: z
    .number()
    .int()
    .min(0)
    .default(1_000_000)
    .describe('运营账户低于这个数（分），或低于当天预计需要，就报警'),
})
