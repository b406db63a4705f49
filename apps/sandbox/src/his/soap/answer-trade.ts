import { BoundedMap } from '../../kit/bounded-map.ts'
import { DUPLICATE, type HisAnswer, type HisAnswerer, kindOf } from '../answer-operation.ts'
import { SERVED_OPERATIONS } from '../served-operations.ts'
import type { DialectSettings } from './dialect-settings.ts'
import { type Fields, InputProblem, readFields, writeFields } from './fields.ts'
import { resultText, SERIAL_REPEATED, SYSTEM_ERROR } from './result-texts.ts'
import { HIS_SOAP, SoapFault, type TradeCall } from './soap-messages.ts'
import { TRADES } from './trades/all-trades.ts'
import type { Reply, Trade } from './trades/trade.ts'
import type { XmlElement } from './xml/parse-xml.ts'
import { escapeXml, tag } from './xml/write-xml.ts'

const MAX_SERIALS_KEPT = 10_000
const MAX_SERIAL_LENGTH = 64

/** One per simulator: remembers the serial numbers that it carried out. */
export class TradeDesk {
  readonly #answerer: HisAnswerer
  readonly #serials = new BoundedMap<string, true>(MAX_SERIALS_KEPT)

  constructor(answerer: HisAnswerer) {
    this.#answerer = answerer
  }

  /** The inner XML of the reply and its ResultCode. */
  async answer(trade: Trade, call: TradeCall, { repeats }: DialectSettings): Promise<TradeReply> {
    try {
      checkCaller(call.request)
      const requestKey = serialOf(trade, call.request)
      const input = inputOf(trade, call.request)
      const serial = `${trade.operation} ${requestKey}`
      if (repeats === 'duplicate' && this.#serials.has(serial)) return failed(SERIAL_REPEATED)
      const answer = await this.#answerer.answer({ operation: trade.operation, input, requestKey })
      if (requestKey !== '' && !(answer.kind === 'no' && answer.code === 'busy'))
        this.#serials.set(serial, true)
      return replyOf(trade, answer)
    } catch (error) {
      if (error instanceof InputProblem) return failed(`入参错误：${error.message}`)
      if (error instanceof CallerUnknown) return failed('医院代码或操作员无效')
      throw error
    }
  }
}

export interface TradeReply {
  readonly resultCode: '0' | '1' | '-1'
  readonly xml: string
}

class CallerUnknown extends Error {
  override readonly name = 'CallerUnknown'
}

/** The trade that a call means; throws `SoapFault` for a code that the dialect does not know. */
export function findTrade({ tradeCode, request }: TradeCall): Trade {
  const named = TRADES.filter(({ code }) => code === tradeCode)
  const [first] = named
  if (!first) throw new SoapFault(`未知的交易代码：${tradeCode}`)
  return named.find(({ when }) => when && textOf(request, when[0]) === when[1]) ?? first
}

function checkCaller(request: XmlElement): void {
  const { hospitalCode, operator } = HIS_SOAP
  if (textOf(request, 'YYDM') !== hospitalCode || textOf(request, 'CZYH') !== operator)
    throw new CallerUnknown()
}

function serialOf({ operation }: Trade, request: XmlElement): string {
  if (kindOf(operation) === 'read') return ''
  const serial = textOf(request, 'TransNo')
  if (serial === '' || serial.length > MAX_SERIAL_LENGTH) throw new InputProblem('TransNo 应为 1 至 64 位')
  return serial
}

function inputOf({ operation, request: fields, when }: Trade, request: XmlElement): unknown {
  if (operation === 'probe') return undefined
  // The first trade of a code stands for those that name none of its branches.
  if (when && textOf(request, when[0]) !== when[1]) throw new InputProblem(`${when[0]} 不正确`)
  const parsed = SERVED_OPERATIONS[operation].input.safeParse(readFields(fields, request))
  if (parsed.success) return parsed.data
  const path = (parsed.error.issues[0]?.path ?? []).filter((step) => typeof step === 'string').join('.')
  throw new InputProblem(`${tagOf(fields, path)} 不正确或不能为空`)
}

// A whole group of tags may be missing (`payment`): then the first of them is named.
function tagOf(fields: Fields, member: string): string {
  return fields.find((one) => one.member === member || one.member.startsWith(`${member}.`))?.tag ?? member
}

function textOf({ children }: XmlElement, name: string): string {
  return children.find((one) => one.name === name)?.text.trim() ?? ''
}

function replyOf({ operation, reply }: Trade, answer: HisAnswer): TradeReply {
  if (answer.kind === 'silent') return failed(SYSTEM_ERROR)
  if (answer === DUPLICATE) return failed(SERIAL_REPEATED)
  if (answer.kind === 'no') return failed(resultText(operation, answer.code))
  return succeeded(reply, answer.value)
}

function succeeded(reply: Reply, value: unknown): TradeReply {
  switch (reply.kind) {
    case 'none':
      return response('0', '成功')
    case 'data':
      if (value === undefined) return response('1', '没有数据')
      return response('0', '成功', tag('Data', writeFields(reply.fields, value as object)))
    case 'rows':
      return rowsOf(reply.fields, value as readonly object[])
    case 'page': {
      const { rows, next = '' } = value as { readonly rows: readonly object[]; readonly next?: string }
      return rowsOf(reply.fields, rows, tag('XYBJ', escapeXml(next)))
    }
  }
}

function rowsOf(fields: Fields, rows: readonly object[], before = ''): TradeReply {
  const written = rows.map((row) => tag('Row', writeFields(fields, row))).join('')
  // The author of the list trades and the one of the page trades did not agree on what nothing looks like.
  if (rows.length === 0) return response('1', '没有数据', before && `${before}<Rows></Rows>`)
  return response('0', '成功', before + tag('Rows', written))
}

function failed(text: string): TradeReply {
  return response('-1', text)
}

function response(resultCode: TradeReply['resultCode'], content: string, rest = ''): TradeReply {
  const head = tag('ResultCode', resultCode) + tag('ResultContent', escapeXml(content))
  return { resultCode, xml: tag('Response', head + rest) }
}
