import type { ByteRequest } from '../call/send-bytes.ts'
import { fillText, type Scope } from '../mapping/fill-template.ts'
import type { MappedQuestion } from '../mapping/mapped-plan.ts'
import { parseTemplate } from '../mapping/parse-template.ts'
import { type Charset, encodeText } from './charset.ts'
import type { SoapStyle } from './soap-style.ts'
import { cdata, escapeXml, writeXml } from './write-xml.ts'

const ENVELOPES = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const

export interface SoapAddress {
  readonly endpoint: string
  readonly charset: Charset
  readonly style: SoapStyle
  readonly settings: Readonly<Record<string, string>>
}

/** The bytes of one question. Throws `ExchangeFailure('not-encodable')`. */
export function writeEnvelope(
  address: SoapAddress,
  { call, body }: MappedQuestion,
): Omit<ByteRequest, 'operation'> {
  const { endpoint, charset, style, settings } = address
  const declaration = `<?xml version="1.0" encoding="${charset.toUpperCase()}"?>`
  const xml = `${style.innerDeclaration ? declaration : ''}${writeXml(style.requestRoot, body)}`
  const code = call.code ?? ''
  const method = methodOf(style, code)
  const parameters = Object.entries(style.parameters).map(([name, template]) => {
    const tag = style.prefix !== undefined && style.qualified ? `${style.prefix}:${name}` : name
    const unqualified = style.prefix === undefined && !style.qualified ? ' xmlns=""' : ''
    const value = fill(template, { code, xml, settings })
    // Only what carries XML is a matter of taste; a code is a plain text everywhere.
    const text = style.inner === 'cdata' && template.includes('{xml}') ? cdata(value) : escapeXml(value)
    return `<${tag}${unqualified}>${text}</${tag}>`
  })
  const tag = style.prefix === undefined ? method : `${style.prefix}:${method}`
  const xmlns = style.prefix === undefined ? 'xmlns' : `xmlns:${style.prefix}`
  const envelope =
    `${declaration}<soap:Envelope xmlns:soap="${ENVELOPES[style.version]}"><soap:Body>` +
    `<${tag} ${xmlns}="${escapeXml(style.namespace)}">${parameters.join('')}</${tag}></soap:Body></soap:Envelope>`
  const action = call.soapAction ?? fill(style.soapAction ?? defaultAction(style, method), { code, settings })
  return {
    url: endpoint,
    method: 'POST',
    headers: headersOf(style, charset, action),
    body: encodeText(envelope, charset),
  }
}

export function methodOf({ method }: SoapStyle, code: string): string {
  return fill(method, { code })
}

function defaultAction({ namespace }: SoapStyle, method: string): string {
  return `${namespace}${/[/#:]$/.test(namespace) ? '' : '/'}${method}`
}

function headersOf(
  { version }: SoapStyle,
  charset: Charset,
  action: string,
): Readonly<Record<string, string>> {
  if (version === '1.2')
    return { 'content-type': `application/soap+xml; charset=${charset}; action="${action}"` }
  return { 'content-type': `text/xml; charset=${charset}`, soapaction: `"${action}"` }
}

function fill(template: string, scope: Scope): string {
  return String(fillText(parseTemplate(template), scope) ?? '')
}
