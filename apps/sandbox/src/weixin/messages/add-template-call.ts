import { startOfShanghaiDay } from '@zhangyi/core'
import { z } from 'zod'
import type { AddCall } from '../add-call.ts'
import { templateFinished } from '../callbacks/events.ts'
import { MINI_PROGRAM } from '../credentials.ts'
import { WeixinRefusal } from '../errcodes.ts'
import { personOfOpenid } from '../persons.ts'
import type { WeixinPlatform } from '../platform.ts'
import { fillTemplate, findTemplate } from './fill-template.ts'

export const dataSchema = z.record(z.string(), z.looseObject({ value: z.unknown() }))

const bodySchema = z.looseObject({
  touser: z.string().default(''),
  template_id: z.string().default(''),
  url: z.string().max(2_000).optional(),
  miniprogram: z.object({ appid: z.string(), pagepath: z.string().optional() }).optional(),
  data: dataSchema,
  client_msg_id: z.string().max(32).optional(),
})

/** 模板消息: accepted here; whether it arrived is told later by the event TEMPLATESENDJOBFINISH. */
export function addTemplateCall(addCall: AddCall, platform: WeixinPlatform): void {
  const { phones, inbox, clock, settings, pushes, faults } = platform
  addCall({
    operation: 'message/template/send',
    method: 'POST',
    path: '/cgi-bin/message/template/send',
    token: 'official-account',
    carryOut: ({ appid, parse }) => {
      const body = parse(bodySchema)
      const person = personOfOpenid(appid, body.touser)
      if (!person) throw new WeixinRefusal(40003)
      const template = findTemplate(appid, body.template_id)
      const phone = phones.of(person.id)
      if (!phone.follows) throw new WeixinRefusal(43004)
      if (phone.blacklisted) throw new WeixinRefusal(43019)
      if (phone.refusedTemplates.includes(template.templateId)) throw new WeixinRefusal(43101)
      const lines = fillTemplate(template, body.data)
      if (body.miniprogram && body.miniprogram.appid !== MINI_PROGRAM.appid)
        throw new WeixinRefusal(40013, 'miniprogram is not linked to this account')
      const dedupeKey = body.client_msg_id && `${body.touser}/${body.client_msg_id}`
      const earlier = dedupeKey && inbox.earlier('template', dedupeKey, 'ten-minutes')
      if (earlier) return accepted(earlier.msgId)
      if (inbox.count('template', startOfShanghaiDay(clock.nowMs())) >= settings.templateMessagesPerDay)
        throw new WeixinRefusal(45009)
      const failed = faults.take('template-delivery-failed', 'message/template/send') !== undefined
      const sent = inbox.add({
        channel: 'template',
        person: person.id,
        openid: body.touser,
        kind: template.templateId,
        title: template.title,
        lines,
        target: body.miniprogram ? (body.miniprogram.pagepath ?? '首页') : body.url,
        dedupeKey: dedupeKey || undefined,
        delivered: !failed && !phone.blocks,
      })
      const status = phone.blocks ? 'failed:user block' : failed ? 'failed: system failed' : 'success'
      pushes.add(templateFinished(sent, status, clock.nowMs()))
      return accepted(sent.msgId)
    },
  })
}

function accepted(msgId: number): object {
  return { errcode: 0, errmsg: 'ok', msgid: msgId }
}
