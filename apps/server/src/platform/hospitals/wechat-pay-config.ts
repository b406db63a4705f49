import { z } from 'zod'

const origin = z.url().transform((text) => text.replace(/\/+$/, ''))
const file = (what: string) => z.string().min(1).describe(what)

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
  })
  .refine(
    ({ publicKeys, platformCertificateFiles }) => publicKeys.length + platformCertificateFiles.length > 0,
    {
      error: '微信支付公钥和平台证书至少要有一个，否则微信的答复没有办法验签',
      path: ['publicKeys'],
    },
  )
