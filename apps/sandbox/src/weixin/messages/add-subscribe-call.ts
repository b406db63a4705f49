import { z } from 'zod'
import type { AddCall } from '../add-call.ts'
import { WeixinRefusal } from '../errcodes.ts'
import { checkPage } from '../links/check-page.ts'
import { personOfOpenid } from '../persons.ts'
import type { WeixinPlatform } from '../platform.ts'
import { dataSchema } from './add-template-call.ts'
import { fillTemplate, findTemplate } from './fill-template.ts'

const bodySchema = z.looseObject({
  touser: z.string().default(''),
  template_id: z.string().default(''),
  page: z.string().optional(),
  data: dataSchema,
  miniprogram_state: z.enum(['developer', 'trial', 'formal']).optional(),
  lang: z.enum(['zh_CN', 'en_US', 'zh_HK', 'zh_TW']).optional(),
})

/** 订阅消息 of the mini program: each accept of the person is good for one message, then 43101. */
export function addSubscribeCall(addCall: AddCall, { phones, inbox, settings }: WeixinPlatform): void {
  addCall({
    operation: 'message/subscribe/send',
    method: 'POST',
    path: '/cgi-bin/message/subscribe/send',
    token: 'mini-program',
    carryOut: ({ appid, parse }) => {
      const body = parse(bodySchema)
      const person = personOfOpenid(appid, body.touser)
      if (!person) throw new WeixinRefusal(40003)
      const template = findTemplate(appid, body.template_id)
      if (body.page !== undefined) checkPage(settings, body.page.split('?')[0] ?? '')
      const lines = fillTemplate(template, body.data)
      // Last, because a message that is refused for its form does not use up an accept.
      if (phones.of(person.id).refusedTemplates.includes(template.templateId)) throw new WeixinRefusal(43101)
      if (!phones.useAccept(person.id, template.templateId)) throw new WeixinRefusal(43101)
      const { msgId } = inbox.add({
        channel: 'subscribe',
        person: person.id,
        openid: body.touser,
        kind: template.templateId,
        title: template.title,
        lines,
        target: body.page,
        dedupeKey: undefined,
        delivered: true,
      })
      return { errcode: 0, errmsg: 'ok', msgid: msgId }
    },
  })
}
