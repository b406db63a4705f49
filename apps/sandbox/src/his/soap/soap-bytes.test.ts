import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { CALLER, envelopeOf, find, readResult, testSoapHis } from './test-soap-his.ts'
import { parseXml } from './xml/parse-xml.ts'

const LI = '<ZJLX>01</ZJLX><ZJHM>330102199001012210</ZJHM><XM>李明华</XM>'
const request = (fields = LI) => `<Request>${CALLER}${fields}</Request>`
const cdata = (text: string) => `<![CDATA[${text}]]>`

describe('bytes', () => {
  test('GBK by default: the bytes, both declarations and the header say the same', async () => {
    const reply = await testSoapHis().post(envelopeOf('1001', cdata(request())))
    expect(reply.contentType).toBe('text/xml; charset=gbk')
    // 李明华 in GBK.
    expect(reply.bytes.includes(Buffer.from('c0eec3f7bbaa', 'hex'))).toBe(true)
    const text = new TextDecoder('gbk', { fatal: true }).decode(reply.bytes)
    expect(text.match(/encoding=(&quot;|")GBK/g)).toHaveLength(2)
    expect(readResult(text)).toMatchObject({ code: '0', rows: [{ XM: '李明华', BRID: 'P100001' }] })
  })

  test.each(['/utf8/HisService.asmx', '/HisService.asmx?charset=utf-8'])('UTF-8 at %s', async (url) => {
    const { post } = testSoapHis()
    const reply = await post(Buffer.from(envelopeOf('1001', cdata(request()))), url)
    expect(reply.contentType).toBe('text/xml; charset=utf-8')
    const text = new TextDecoder('utf-8', { fatal: true }).decode(reply.bytes)
    expect(readResult(text).rows).toMatchObject([{ XM: '李明华' }])
  })

  test('GB18030 has the rare names that GBK lacks', async () => {
    const { post } = testSoapHis()
    const person = `<TransNo>k</TransNo><XM>𠮷田</XM><ZJLX>01</ZJLX><ZJHM>330102199211084220</ZJHM><XB>2</XB><CSRQ>19921108</CSRQ><SJHM>13800000000</SJHM><SFSM>1</SFSM>`
    const bytes = iconv.encode(envelopeOf('1002', cdata(request(person))), 'gb18030')
    const reply = await post(bytes, '/HisService.asmx?charset=gb18030')
    expect(reply.contentType).toBe('text/xml; charset=gb18030')
    expect(readResult(new TextDecoder('gb18030').decode(reply.bytes)).data).toMatchObject({ XM: '𠮷田' })
  })

  test('a name that GBK does not have comes back as a question mark, in UTF-8 as it is', async () => {
    const { post, trade } = testSoapHis()
    const person = `<TransNo>k</TransNo><XM>𠮷田</XM><ZJLX>01</ZJLX><ZJHM>330102199211084220</ZJHM><XB>2</XB><CSRQ>19921108</CSRQ><SJHM>13800000000</SJHM><SFSM>1</SFSM>`
    const created = await post(
      Buffer.from(envelopeOf('1002', cdata(request(person)))),
      '/utf8/HisService.asmx',
    )
    expect(readResult(created.bytes.toString()).data).toMatchObject({ XM: '𠮷田' })
    const found = await trade('1001', '<ZJLX>01</ZJLX><ZJHM>330102199211084220</ZJHM><XM>王芳</XM>')
    expect(found.rows[0]?.['XM']).toMatch(/^\?+田$/)
  })

  test('the declaration can lie or be missing; the bytes stay what they are', async () => {
    const { post } = testSoapHis()
    const text = async (declaration: string) => {
      const url = `/HisService.asmx?declaration=${declaration}`
      const { bytes } = await post(envelopeOf('1001', cdata(request())), url)
      return new TextDecoder('gbk', { fatal: true }).decode(bytes)
    }
    const wrong = await text('wrong')
    expect(wrong.startsWith('<?xml version="1.0" encoding="UTF-8"?>')).toBe(true)
    expect(readResult(wrong).rows).toMatchObject([{ XM: '李明华' }])
    expect(await text('none')).not.toContain('<?xml')
  })

  test('the action dialect changes it for good', async () => {
    const { simulator, trade, post } = testSoapHis()
    simulator.actions['dialect']?.({ inner: 'cdata', repeats: 'duplicate' })
    const { bytes } = await post(envelopeOf('1001', cdata(request())))
    expect(iconv.decode(bytes, 'gbk')).toContain('<HisTradeResult><![CDATA[<?xml')
    const hold = '<TransNo>k1</TransNo><BRID>P100001</BRID><JE>100</JE>'
    expect((await trade('2101', hold)).code).toBe('0')
    expect(await trade('2101', hold)).toMatchObject({ code: '-1', content: '流水号重复' })
    expect(() => simulator.actions['dialect']?.({ inner: 'base64' })).toThrow()
  })
})

describe('envelope', () => {
  test('inner XML is read escaped and in CDATA, with and without a declaration', async () => {
    const { trade, post } = testSoapHis()
    expect((await trade('1001', LI)).rows).toHaveLength(1)
    const declared = `<?xml version="1.0" encoding="GBK"?>${request()}`
    const { bytes } = await post(envelopeOf('1001', cdata(declared)))
    expect(readResult(iconv.decode(bytes, 'gbk')).rows).toHaveLength(1)
  })

  const good = envelopeOf('1001', cdata(request()))
  test.each([
    ['an unknown trade code', envelopeOf('9998', cdata(request())), '未知的交易代码：9998'],
    ['an envelope that is cut off', good.replace('</s:Envelope>', ''), 'SOAP 信封：XML 不完整'],
    ['inner XML that is cut off', envelopeOf('1001', cdata('<Request><XM>李')), 'Request 参数：XML 不完整'],
    ['no inner XML', envelopeOf('1001', ''), 'Request 参数：XML 不完整'],
    ['another namespace', good.replace('his.sandbox.example', 'other.example'), '命名空间不正确'],
    ['another method', good.replaceAll('HisTrade', 'HisOther'), 'Body 里缺少 HisTrade'],
    ['SOAP 1.2', good.replace(/http:[^"]*envelope\//, 'http://www.w3.org/2003/05/soap-envelope'), 'SOAP 1.1'],
    ['a DTD', good.replace('<s:Env', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><s:Env'), '合法'],
    ['an empty body', '', 'XML 不完整'],
  ])('%s is answered with a Fault and HTTP 500', async (_name, envelope, faultString) => {
    const { post, simulator } = testSoapHis()
    const reply = await post(envelope)
    expect([reply.statusCode, reply.contentType]).toEqual([500, 'text/xml; charset=gbk'])
    const fault = parseXml(iconv.decode(reply.bytes, 'gbk'))
    expect(find(fault, 'faultcode')?.text).toBe('soap:Client')
    expect(find(fault, 'faultstring')?.text).toContain(faultString)
    expect(simulator.calls).toMatchObject([{ operation: 'fault' }])
  })

  test('a SOAPAction may be absent or right, in quotes or not', async () => {
    const { post } = testSoapHis()
    const statusOf = async (soapaction: string) => (await post(good, undefined, { soapaction })).statusCode
    const action = 'http://his.sandbox.example/HisTrade'
    expect([await statusOf(`"${action}"`), await statusOf(action), await statusOf('""')]).toEqual([
      200, 200, 200,
    ])
    expect(await statusOf('"http://his.sandbox.example/Other"')).toBe(500)
  })

  test('the WSDL names the service, the home page its trades', async () => {
    const { simulator } = testSoapHis()
    const wsdl = parseXml((await simulator.app.inject({ url: '/HisService.asmx?wsdl' })).body)
    expect(find(wsdl, 'types')).toBeDefined()
    expect((await simulator.app.inject({ url: '/' })).body).toContain('deposits.hold')
  })
})
