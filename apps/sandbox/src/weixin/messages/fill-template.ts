import { WeixinRefusal } from '../errcodes.ts'
import type { SentMessage } from './inbox.ts'
import { TEMPLATES, type Template } from './templates.ts'
import { valueProblem } from './value-types.ts'

const MIN_ID_LENGTH = 20

/** Throws `WeixinRefusal` 40036 (length) or 40037 (unknown, deleted, of another appid). */
export function findTemplate(appid: string, templateId: string): Template {
  if (templateId.length < MIN_ID_LENGTH || templateId.length > 64) throw new WeixinRefusal(40036)
  const found = TEMPLATES.find((one) => one.templateId === templateId && one.appid === appid)
  if (!found) throw new WeixinRefusal(40037)
  return found
}

/** The lines of the message. Throws `WeixinRefusal` 47003 that names the first key at fault. */
export function fillTemplate(
  { fields }: Template,
  data: Readonly<Record<string, { readonly value?: unknown }>>,
): SentMessage['lines'] {
  return fields.map(({ key, label, approved }) => {
    const given = data[key]?.value
    // WeChat takes numbers, too, and shows them as texts.
    const value = typeof given === 'number' ? String(given) : given
    if (typeof value !== 'string' || value === '')
      throw new WeixinRefusal(47003, `data.${key}.value is empty`)
    if (valueProblem(key, value, approved) !== undefined)
      throw new WeixinRefusal(47003, `data.${key}.value invalid`)
    return { label, value }
  })
}
