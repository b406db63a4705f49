import { maskCardNumber, maskName } from '@zhangyi/core'
import { z } from 'zod'
import type { Cipher } from '../../platform/crypto/cipher.ts'
import type { Hospital } from '../../platform/hospitals/hospitals.ts'
import type { NoticeField, NoticeKind } from '../../platform/hospitals/notices-config.ts'
import { REQUEST_CONTEXT } from '../delivery/send-stored.ts'
import type { NoticeContent } from '../notice-content.ts'
import type { SendingRow } from '../tables.ts'
import type { NoticeDetail } from './console-views.ts'
import { FACT_NAMES } from './words.ts'

type Line = NoticeDetail['texts'][number]['lines'][number]

const storedSchema = z.object({ body: z.string() })
const templateSchema = z.object({ data: z.record(z.string(), z.object({ value: z.string() })) })
const assistantSchema = z.object({ business_info: z.record(z.string(), z.unknown()) })

/** The words that went to WeChat, without who they went to; name and card number masked whatever the hospital sends. */
export function sentLines(
  cipher: Cipher,
  hospital: Hospital,
  kind: NoticeKind,
  { channel, request }: SendingRow,
  { patientName, cardNumber }: NoticeContent,
): Line[] {
  if (request === null) return []
  const { body } = storedSchema.parse(JSON.parse(cipher.open(request, REQUEST_CONTEXT).reveal()))
  const fields = fieldsOf(hospital, kind, channel)
  const masked = (text: string) => {
    const named = patientName === '' ? text : text.replaceAll(patientName, maskName(patientName))
    return cardNumber ? named.replaceAll(cardNumber, maskCardNumber(cardNumber)) : named
  }
  return textsOf(channel, JSON.parse(body)).map(([key, value]) => ({
    ...{ name: nameOf(fields[key]) ?? key, value: masked(value) },
  }))
}

function textsOf(channel: SendingRow['channel'], body: unknown): readonly (readonly [string, string])[] {
  if (channel === 'assistant')
    return Object.entries(assistantSchema.parse(body).business_info).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, value] as const] : [],
    )
  return Object.entries(templateSchema.parse(body).data).map(([key, { value }]) => [key, value] as const)
}

/** What each field shows by the configuration of now; it may have been another when this was sent. */
function fieldsOf(
  { notices }: Hospital,
  kind: NoticeKind,
  channel: SendingRow['channel'],
): Readonly<Record<string, NoticeField>> {
  if (channel === 'assistant') {
    const messages = notices.assistant?.messages
    const fields = (messages?.[kind] ?? messages?.default)?.fields ?? {}
    return Object.fromEntries(Object.entries(fields).map(([key, { show }]) => [key, show]))
  }
  const messages = notices[channel]?.messages
  return (messages?.[kind] ?? messages?.default)?.fields ?? {}
}

function nameOf(field: NoticeField | undefined): string | undefined {
  return typeof field === 'string' ? FACT_NAMES[field] : undefined
}
