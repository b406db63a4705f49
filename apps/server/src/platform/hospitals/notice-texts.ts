import { type Fen, fen, formatYuan, maskCardNumber } from '@zhangyi/core'
import { formatValue, momentValue, valueTypeOf, WechatInputError } from '@zhangyi/wechat'
import type {
  NoticeChannel,
  NoticeFact,
  NoticeField,
  NoticeKind,
  NoticesConfig,
  TemplateMessageConfig,
} from './notices-config.ts'

export interface NoticeFacts {
  readonly patientName: string
  readonly cardNumber: string | undefined
  readonly balanceFen: Fen | undefined
  readonly amountFen: Fen | undefined
  readonly atMs: number
}

type Texts = Pick<NoticesConfig, 'kinds' | 'mask'>

/**
 * What a field may show, the best first: what does not fit whole gives way to what tells less. Nothing is ever cut.
 * Empty where nobody knows it.
 */
export function candidatesOf(
  { kinds, mask }: Texts,
  kind: NoticeKind,
  field: NoticeField,
  facts: NoticeFacts,
): readonly string[] {
  if (typeof field !== 'string') return [field.fixed]
  switch (field) {
    case 'title':
    case 'remark':
      return [kinds[kind][field]]
    case 'patientName':
      return [...(mask.patientName ? [] : [facts.patientName]), shortMask(facts.patientName), '就诊人']
    case 'cardNumber':
      if (facts.cardNumber === undefined) return ['无', '-']
      return [...(mask.cardNumber ? [] : [facts.cardNumber]), maskCardNumber(facts.cardNumber), '****']
    case 'balance':
      return amountTexts(facts.balanceFen, mask.balance)
    case 'amount':
      return amountTexts(facts.amountFen, mask.amount)
    case 'time':
      return [momentValue(facts.atMs)]
  }
}

function amountTexts(amount: Fen | undefined, isMasked: boolean): readonly string[] {
  // No number may stand for one that is not known: a field that takes numbers only is then not sent at all.
  if (amount === undefined) return ['见详情', '-']
  return isMasked ? ['****'] : [`${formatYuan(amount)}元`]
}

/** `李明华` → `李*华`. A long name keeps three stars, so that it fits where a whole one would not. */
function shortMask(name: string): string {
  const characters = Array.from(name)
  if (characters.length <= 1) return '*'
  if (characters.length === 2) return `${characters[0]}*`
  return `${characters[0]}${'*'.repeat(Math.min(3, characters.length - 2))}${characters.at(-1)}`
}

/** Why WeChat would refuse a text under a key of a template, or show less of it; undefined if it shows all of it. */
export function fitProblem(
  key: string,
  text: string,
  { approved }: Pick<TemplateMessageConfig, 'approved'>,
): string | undefined {
  const type = valueTypeOf(key)
  if (type === undefined) return 'unknown-type'
  const list = Object.hasOwn(approved, key) ? approved[key] : undefined
  try {
    return formatValue(type, key, text, list ? { approved: list } : {}) === text ? undefined : 'too-long'
  } catch (error) {
    if (error instanceof WechatInputError) return error.problem
    throw error
  }
}

// As long as they get: a balance of ten digits is the most that an amount takes.
const SAMPLE: NoticeFacts = {
  patientName: '阿卜杜热合曼·买买提',
  cardNumber: '33010219900101221700000000000000',
  balanceFen: fen(9_999_999_999),
  amountFen: fen(9_999_999_999),
  atMs: Date.parse('2026-12-31T23:59:00+08:00'),
}

export interface Unfitting {
  readonly path: readonly string[]
  readonly problem: string
}

/** Every field of every message whose text does not fit, with its place. */
export function unfittingFields(notices: NoticesConfig): readonly Unfitting[] {
  return [
    ...templateProblems(notices, 'template', notices.template?.messages ?? {}),
    ...templateProblems(notices, 'subscribe', notices.subscribe?.messages ?? {}),
    ...assistantProblems(notices),
  ]
}

function templateProblems(
  notices: NoticesConfig,
  channel: NoticeChannel,
  messages: NonNullable<NoticesConfig['template']>['messages'],
): readonly Unfitting[] {
  return usesOf(notices, messages).flatMap(({ name, kind, message }) =>
    Object.entries(message.fields).flatMap(([key, field]) => {
      const texts = candidatesOf(notices, kind, field, SAMPLE)
      const problems = texts.map((text) => fitProblem(key, text, message))
      if (problems.includes(undefined)) return []
      const path = [channel, 'messages', name, 'fields', key]
      return [{ path, problem: wordsOf(kind, field, texts[0] ?? '', problems[0] ?? '') }]
    }),
  )
}

function assistantProblems(notices: NoticesConfig): readonly Unfitting[] {
  return usesOf(notices, notices.assistant?.messages ?? {}).flatMap(({ name, kind, message }) =>
    Object.entries(message.fields).flatMap(([member, { show, limit }]) => {
      const texts = candidatesOf(notices, kind, show, SAMPLE)
      if (texts.some((text) => fitsLimit(text, limit))) return []
      const path = ['assistant', 'messages', name, 'fields', member]
      return [{ path, problem: wordsOf(kind, show, texts[0] ?? '', 'too-long') }]
    }),
  )
}

export function fitsLimit(text: string, limit: number | undefined): boolean {
  return limit === undefined || Array.from(text).length <= limit
}

/** Each kind that is sent, with the message that it would use. */
function usesOf<M>(
  { kinds }: NoticesConfig,
  messages: Partial<Record<NoticeKind | 'default', M>>,
): readonly { readonly name: string; readonly kind: NoticeKind; readonly message: M }[] {
  return (Object.keys(kinds) as NoticeKind[]).flatMap((kind) => {
    const name = messages[kind] ? kind : 'default'
    const message = messages[name]
    return message && kinds[kind].send ? [{ name, kind, message }] : []
  })
}

const PROBLEMS: Readonly<Record<string, string>> = {
  'too-long': '太长，微信会拒绝或截断',
  'unknown-type': '没有这种字段类型',
  'not-approved': '不在审核通过的值里',
}

function wordsOf(kind: NoticeKind, field: NoticeField, text: string, problem: string): string {
  const what: NoticeFact | '固定文字' = typeof field === 'string' ? field : '固定文字'
  return `${kind} 的 ${what}“${text}”放不进这个字段：${PROBLEMS[problem] ?? '这个字段类型不接受这样的文字'}`
}
