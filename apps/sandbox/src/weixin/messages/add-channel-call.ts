import { z } from 'zod'
import type { AddCall } from '../add-call.ts'
import { MINI_PROGRAM, OFFICIAL_ACCOUNT } from '../credentials.ts'
import { WeixinRefusal } from '../errcodes.ts'
import { personOfOpenid } from '../persons.ts'
import type { WeixinPlatform } from '../platform.ts'
import { channelStatus } from './channel-statuses.ts'

const pageSchema = z.union([
  z.looseObject({ page_type: z.literal('web'), url: z.url() }),
  z.looseObject({
    page_type: z.string().startsWith('mini'),
    appid: z.string().min(1),
    path: z.string().min(1),
  }),
])

const bodySchema = z.looseObject({
  status: z.number().int(),
  open_id: z.string().min(1),
  order_id: z.string().min(1).max(64),
  msg_id: z.string().min(1).max(64),
  app_id: z.string().min(1),
  business_id: z.literal(150),
  business_info: z.looseObject({ redirect_page: pageSchema, elder_redirect_page: pageSchema.optional() }),
})

/**
 * 微信就医助手: into 服务通知 of anybody with an openid of the official account or of its mini program, following or
 * not. `msg_id` is unique by person and order: the same again is answered alike and shown once.
 */
export function addChannelCall(addCall: AddCall, { inbox }: WeixinPlatform): void {
  addCall({
    operation: 'sendchannelmsg',
    method: 'POST',
    path: '/cityservice/sendchannelmsg',
    token: 'official-account',
    carryOut: ({ appid, parse }) => {
      const body = parse(bodySchema)
      if (body.app_id !== appid) throw new WeixinRefusal(40013)
      const person = [OFFICIAL_ACCOUNT.appid, MINI_PROGRAM.appid]
        .map((one) => personOfOpenid(one, body.open_id))
        .find((one) => one !== undefined)
      if (!person) throw new WeixinRefusal(40003)
      const status = channelStatus(body.status)
      if (!status) throw new WeixinRefusal(40097, 'status')
      const info: Readonly<Record<string, unknown>> = body.business_info
      const missing = status.required.find((key) => typeof info[key] !== 'string' || info[key] === '')
      if (missing !== undefined) throw new WeixinRefusal(40097, `business_info.${missing}`)
      const dedupeKey = `${body.open_id}/${body.order_id}/${body.msg_id}`
      if (inbox.earlier('channel', dedupeKey, 'ever')) return { errcode: 0, errmsg: 'ok' }
      const { redirect_page: page } = body.business_info
      inbox.add({
        channel: 'channel',
        person: person.id,
        openid: body.open_id,
        kind: String(body.status),
        title: status.title,
        lines: Object.entries(status.labels)
          .filter(([key]) => info[key] !== undefined)
          .map(([key, label]) => ({ label, value: String(info[key]) })),
        target: 'url' in page ? String(page.url) : String(page['path']),
        dedupeKey,
        delivered: true,
      })
      return { errcode: 0, errmsg: 'ok' }
    },
  })
}
