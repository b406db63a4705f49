import { z } from 'zod'

const origin = z.url().transform((text) => text.replace(/\/+$/, ''))
const file = (what: string) => z.string().min(1).describe(what)

/** 商家转账: what WeChat granted this merchant, word for word, and how its 运营账户 is watched. */
const transferSchema = z.strictObject({
  appid: z
    .string()
    .min(1)
    .optional()
    .describe('患者在哪个应用里确认收款；不填用本院小程序。转账单按这个应用的 openid 开'),
  sceneId: z.string().min(1).max(36).describe('转账场景 ID，商户平台批准后取得'),
  perception: z.string().min(1).max(32).optional().describe('用户收款感知，须是该场景允许的文字'),
  reportInfos: z
    .array(
      z.strictObject({
        type: z.string().min(1).max(15).describe('信息类型，须与该场景要求的文字完全一致'),
        content: z.string().min(1).max(32).describe('信息内容'),
      }),
    )
    .min(1)
    .max(10)
    .describe('转账场景报备信息，须完整'),
  remark: z.string().min(1).max(32).default('门诊预交金退款').describe('转账备注，患者看得到'),
  limitFen: z
    .number()
    .int()
    .min(30)
    .default(2_000_000)
    .describe('单笔上限（分），以商户平台“转账额度”为准；超过的走窗口'),
  probe: z
    .array(z.enum(['api', 'ledger', 'attempt']))
    .min(1)
    .max(3)
    .default(['api', 'ledger', 'attempt'])
    .describe('怎样判断运营账户够不够，依次尝试：查询接口、本地台账、直接发起'),
  equalIsEnough: z
    .boolean()
    .default(false)
    .describe('余额正好等于退款金额算不算够；功能清单写“大于”，默认不算'),
  receiptsKept: z.boolean().default(true).describe('付成之后取回并保存电子回单'),
})

/** 微信支付商户. A hospital without it takes no money. */
export const wechatPaySchema = z
  .strictObject({
    mchid: z
      .string()
      .regex(/^\d{8,12}$/)
      .describe('商户号'),
    merchantSerial: z
      .string()
      .regex(/^[0-9A-Fa-f]{16,64}$/)
      .describe('商户 API 证书的序列号'),
    merchantPrivateKeyFile: file('存有商户 API 证书私钥（PEM）的文件'),
    apiV3KeyFile: file('存有 APIv3 密钥（32 位）的文件'),
    publicKeys: z
      .array(
        z.strictObject({
          id: z.string().regex(/^PUB_KEY_ID_[0-9A-Za-z_]{1,64}$/),
          file: file('存有微信支付公钥（PEM）的文件'),
        }),
      )
      .max(5)
      .default([])
      .describe('微信支付公钥；换用期间和平台证书同时填写'),
    platformCertificateFiles: z
      .array(z.string().min(1))
      .max(5)
      .default([])
      .describe('微信支付平台证书（PEM）的文件'),
    origins: z
      .array(origin)
      .min(1)
      .max(2)
      .optional()
      .describe('接口地址，依次为主、备；不填用微信的 api.mch.weixin.qq.com 和 api2.mch.weixin.qq.com'),
    timeoutMs: z.number().int().min(1_000).max(30_000).default(15_000).describe('一次调用的时限（毫秒）'),
    notifyOrigin: origin
      .optional()
      .describe('微信把支付和退款结果通知到哪里（公网 https）；不填用患者访问的地址'),
    transfer: transferSchema.optional().describe('商家转账（人脸核验退款用）；不填则不开通人脸核验退款'),
  })
  .refine(
    ({ publicKeys, platformCertificateFiles }) => publicKeys.length + platformCertificateFiles.length > 0,
    {
      error: '微信支付公钥和平台证书至少要有一个，否则微信的答复没有办法验签',
      path: ['publicKeys'],
    },
  )
