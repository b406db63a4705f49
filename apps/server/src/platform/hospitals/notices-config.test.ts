import { fen } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { candidatesOf, fitProblem } from './notice-texts.ts'
import { noticesSchema } from './notices-config.ts'

const TEMPLATE = {
  templateId: 't'.repeat(43),
  fields: { name1: 'patientName', character_string2: 'cardNumber', amount3: 'balance', thing4: 'remark' },
}
const LONG = '请在微信里打开医院小程序，再进入我的退款页面，点接收退款'

const problemsOf = (notices: object) =>
  (noticesSchema.safeParse(notices).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}：${message}`,
  )

test('what the function list asks for fits the usual types with the texts as they come', () => {
  expect(problemsOf({ template: { messages: { default: TEMPLATE } } })).toEqual([])
  expect(problemsOf({})).toEqual([])
})

test('a text that is too long for its type is refused where it is configured, with its place', () => {
  const [problem, ...rest] = problemsOf({
    kinds: { waiting: { remark: LONG } },
    subscribe: { messages: { default: TEMPLATE } },
  })
  expect(rest).toEqual([])
  expect(problem).toContain('subscribe.messages.default.fields.thing4：waiting 的 remark')
  expect(problem).toContain('太长，微信会拒绝或截断')
  const assistant = {
    messages: { paid: { status: 1501001, fields: { remark: { show: { fixed: LONG }, limit: 20 } } } },
  }
  expect(problemsOf({ assistant })).toEqual([
    expect.stringContaining('assistant.messages.paid.fields.remark'),
  ])
})

test('a long text of a kind that is not sent, or is sent by another message, is nobody’s problem', () => {
  const messages = { default: TEMPLATE, waiting: { ...TEMPLATE, fields: { name1: 'patientName' } } }
  expect(problemsOf({ kinds: { waiting: { remark: LONG } }, template: { messages } })).toEqual([])
  const off = { waiting: { remark: LONG, send: false } }
  expect(problemsOf({ kinds: off, template: { messages: { default: TEMPLATE } } })).toEqual([])
})

test('what a field can never show is refused: a masked amount as an amount, a key of no type, an unapproved value', () => {
  const bad = { amount3: 'balance', remark: 'remark', const5: { fixed: '退费成功' } }
  const messages = { balance: { templateId: TEMPLATE.templateId, fields: bad } }
  expect(problemsOf({ mask: { balance: true }, template: { messages } })).toEqual([
    expect.stringContaining('amount3'),
    expect.stringContaining('没有这种字段类型'),
    expect.stringContaining('不在审核通过的值里'),
  ])
})

test('a name or card that does not fit whole gives way to a shorter mask, and is never cut', () => {
  const notices = noticesSchema.parse({ mask: { patientName: false, cardNumber: false } })
  const facts = {
    ...{ patientName: '阿卜杜热合曼·买买提江·艾力', cardNumber: '门诊一部0931', atMs: 0 },
    ...{ balanceFen: fen(1), amountFen: fen(1) },
  }
  const shown = (key: string, field: 'patientName' | 'cardNumber') =>
    candidatesOf(notices, 'paid', field, facts).find((text) => !fitProblem(key, text, { approved: {} }))
  expect(shown('thing1', 'patientName')).toBe(facts.patientName)
  expect(shown('name1', 'patientName')).toBe('阿***力')
  expect(shown('character_string2', 'cardNumber')).toBe('****0931')
})

test('hours that end before they begin, and a channel twice, are refused', () => {
  expect(problemsOf({ campaigns: { from: '21:00', to: '08:00' } })).toHaveLength(1)
  expect(problemsOf({ order: ['template', 'template'] })).toHaveLength(1)
})
