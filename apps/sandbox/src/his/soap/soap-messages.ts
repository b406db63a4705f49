import iconv from 'iconv-lite'
import type { DialectSettings } from './dialect-settings.ts'
import { parseXml, type XmlElement, XmlError } from './xml/parse-xml.ts'
import { cdata, escapeXml } from './xml/write-xml.ts'

const SOAP_11 = 'http://schemas.xmlsoap.org/soap/envelope/'

/** What a client of the simulator is configured with. */
export const HIS_SOAP = {
  namespace: 'http://his.sandbox.example/',
  method: 'HisTrade',
  soapAction: 'http://his.sandbox.example/HisTrade',
  hospitalCode: '90003',
  operator: 'ZYGZ01',
} as const

/** The message cannot be served at all; nothing was done. Answered as a SOAP Fault with HTTP 500. */
export class SoapFault extends Error {
  override readonly name = 'SoapFault'
}

export interface TradeCall {
  readonly tradeCode: string
  /** The root of the inner XML. */
  readonly request: XmlElement
  /** The inner XML as it came, for the list of calls. */
  readonly text: string
}

/** From the bytes of an envelope to the trade in it; throws `SoapFault`. */
export function readEnvelope(
  bytes: Buffer,
  charset: DialectSettings['charset'],
  soapAction: string | undefined,
): TradeCall {
  const action = soapAction?.replace(/^"(.*)"$/, '$1')
  if (action && action !== HIS_SOAP.soapAction) throw new SoapFault('SOAPAction 不正确')
  const envelope = parse('SOAP 信封', iconv.decode(bytes, charset))
  if (envelope.name !== 'Envelope' || envelope.namespace !== SOAP_11)
    throw new SoapFault('不是 SOAP 1.1 的信封')
  const method = child(child(envelope, 'Body'), HIS_SOAP.method)
  if (method.namespace !== HIS_SOAP.namespace) throw new SoapFault('命名空间不正确')
  const { text } = child(method, 'Request')
  const request = parse('Request 参数', text)
  if (request.name !== 'Request') throw new SoapFault('Request 参数的根应为 Request')
  return { tradeCode: child(method, 'TradeCode').text.trim(), request, text }
}

function parse(what: string, text: string): XmlElement {
  try {
    return parseXml(text)
  } catch (error) {
    if (error instanceof XmlError) throw new SoapFault(`${what}：${error.message}`)
    throw error
  }
}

function child({ name: parent, children }: XmlElement, name: string): XmlElement {
  const found = children.find((one) => one.name === name)
  if (!found) throw new SoapFault(`${parent} 里缺少 ${name}`)
  return found
}

/** The whole reply as text; `response` is the inner XML without declaration. */
export function writeReply(response: string, settings: DialectSettings): string {
  const inner = declarationOf(settings) + response
  const result = settings.inner === 'cdata' ? cdata(inner) : escapeXml(inner)
  const { method, namespace } = HIS_SOAP
  return envelope(
    `<${method}Response xmlns="${namespace}"><${method}Result>${result}</${method}Result></${method}Response>`,
    settings,
  )
}

export function writeFault(
  code: 'Client' | 'Server',
  faultString: string,
  settings: DialectSettings,
): string {
  return envelope(
    `<soap:Fault><faultcode>soap:${code}</faultcode><faultstring>${escapeXml(faultString)}</faultstring></soap:Fault>`,
    settings,
  )
}

function envelope(body: string, settings: DialectSettings): string {
  return `${declarationOf(settings)}<soap:Envelope xmlns:soap="${SOAP_11}"><soap:Body>${body}</soap:Body></soap:Envelope>`
}

function declarationOf({ charset, declaration }: DialectSettings): string {
  if (declaration === 'none') return ''
  const named = declaration === 'right' ? charset : otherCharset(charset)
  return `<?xml version="1.0" encoding="${named.toUpperCase()}"?>`
}

export function otherCharset(charset: DialectSettings['charset']): DialectSettings['charset'] {
  return charset === 'utf-8' ? 'gbk' : 'utf-8'
}
