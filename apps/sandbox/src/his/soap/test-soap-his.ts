import { ManualClock } from '@zhangyi/core'
import iconv from 'iconv-lite'
import { memoryStore } from '../../kit/store.ts'
import { buildHisSoapSimulator } from './build-his-soap-simulator.ts'
import { parseXml, type XmlElement } from './xml/parse-xml.ts'
import { escapeXml } from './xml/write-xml.ts'

export const CALLER = '<YYDM>90003</YYDM><CZYH>ZYGZ01</CZYH>'

export function envelopeOf(tradeCode: string, request: string): string {
  return `<?xml version="1.0" encoding="GBK"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><HisTrade xmlns="http://his.sandbox.example/"><TradeCode>${tradeCode}</TradeCode><Request>${request}</Request></HisTrade></s:Body></s:Envelope>`
}

/** A hospital behind SOAP, spoken to in GBK bytes. */
export function testSoapHis() {
  const clock = new ManualClock()
  const store = memoryStore<unknown>()
  const simulator = buildHisSoapSimulator({ clock, baseUrl: 'http://his.test', origins: {}, store })

  const post = async (payload: Buffer | string, url = '/HisService.asmx', headers: object = {}) => {
    const {
      statusCode,
      rawPayload,
      headers: answered,
    } = await simulator.app.inject({
      ...{ method: 'POST', url },
      headers: { 'content-type': 'text/xml; charset=gbk', ...headers },
      payload: typeof payload === 'string' ? iconv.encode(payload, 'gbk') : payload,
    })
    return { statusCode, bytes: rawPayload, contentType: String(answered['content-type']) }
  }
  /** `fields` are the tags after those of the caller. */
  const trade = async (code: string, fields: string, query = '') => {
    const reply = await post(
      envelopeOf(code, escapeXml(`<Request>${CALLER}${fields}</Request>`)),
      `/HisService.asmx${query}`,
    )
    return readResult(new TextDecoder('gbk').decode(reply.bytes))
  }
  return { simulator, clock, post, trade }
}

/** The inner XML of a reply, as an element and as a flat object of its direct texts. */
export function readResult(envelope: string) {
  const result = find(parseXml(envelope), 'HisTradeResult')?.text ?? ''
  const response = parseXml(result)
  return {
    response,
    text: result,
    code: find(response, 'ResultCode')?.text,
    content: find(response, 'ResultContent')?.text,
    data: textsOf(find(response, 'Data')),
    rows: (find(response, 'Rows')?.children ?? []).map(textsOf),
  }
}

export function find(element: XmlElement, name: string): XmlElement | undefined {
  if (element.name === name) return element
  for (const child of element.children) {
    const found = find(child, name)
    if (found) return found
  }
  return undefined
}

function textsOf(element: XmlElement | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((element?.children ?? []).map(({ name, text }) => [name, text]))
}
