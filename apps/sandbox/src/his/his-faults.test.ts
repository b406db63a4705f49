import { describe, expect, test } from 'vitest'
import { testRestHis } from './rest/test-rest-his.ts'
import { envelopeOf, testSoapHis } from './soap/test-soap-his.ts'

const LI = 'P100001'
const HOLD = { patid: LI, amountFen: 500 }
const SOAP_HOLD = `<BRID>${LI}</BRID><JE>500</JE>`
const hold = (key: string) =>
  envelopeOf(
    '2101',
    `<![CDATA[<Request><YYDM>90003</YYDM><CZYH>ZYGZ01</CZYH><TransNo>${key}</TransNo>${SOAP_HOLD}</Request>]]>`,
  )

describe('REST', () => {
  const available = async ({ ask }: ReturnType<typeof testRestHis>) =>
    (await ask('balances/of', { patid: LI })).data.availableFen as number

  test('duplicate-answer: done, but answered DUPLICATE; the status tells the truth', async () => {
    const his = testRestHis()
    his.simulator.faults.order({ kind: 'duplicate-answer', operation: 'deposits.hold', times: 1 })
    expect(await his.ask('deposits/hold', HOLD, 'k1')).toMatchObject({ code: 'DUPLICATE' })
    expect((await his.ask('deposits/status', { forRequestKey: 'k1' })).data.state).toBe('held')
    expect(await available(his)).toBe(79_500)
  })

  test('a duplicate-answer waits for a change: a read does not use it up', async () => {
    const his = testRestHis()
    his.simulator.faults.order({ kind: 'duplicate-answer', times: 1 })
    expect(await available(his)).toBe(80_000)
    expect(await his.ask('deposits/hold', HOLD, 'k1')).toMatchObject({ code: 'DUPLICATE' })
  })

  test('busy: not done, and the same key is good afterwards', async () => {
    const his = testRestHis()
    his.simulator.faults.order({ kind: 'busy', operation: 'deposits.hold', times: 1 })
    expect(await his.ask('deposits/hold', HOLD, 'k1')).toMatchObject({ code: 'BUSY' })
    expect(await available(his)).toBe(80_000)
    expect(await his.ask('deposits/hold', HOLD, 'k1')).toMatchObject({ code: 'OK' })
  })

  test('slow-commit: answered and done in the end', async () => {
    const his = testRestHis()
    his.simulator.faults.order({ kind: 'slow-commit', operation: 'deposits.hold', delayMs: 1, times: 1 })
    expect(await his.ask('deposits/hold', HOLD, 'k1')).toMatchObject({ code: 'OK' })
    expect(await available(his)).toBe(79_500)
  })

  test('his-maintenance: a Chinese page with status 200, nothing done', async () => {
    const his = testRestHis()
    his.simulator.faults.order({ kind: 'his-maintenance', operation: 'deposits.hold', times: 1 })
    const body = JSON.stringify({ input: HOLD, requestKey: 'k1' })
    const reply = await his.send('POST', '/deposits/hold', body)
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(reply.body).toContain('系统维护中')
    expect(await available(his)).toBe(80_000)
    expect(his.simulator.calls[0]).toMatchObject({ result: 'his-maintenance' })
  })

  test('garbled-charset: done, the answer is not UTF-8', async () => {
    const his = testRestHis()
    his.simulator.faults.order({ kind: 'garbled-charset', times: 1 })
    const body = JSON.stringify({
      input: { idType: '01', idNumbers: ['330102199001012210'], name: '李明华' },
    })
    const reply = await his.send('POST', '/archives/find', body)
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(reply.rawPayload)).toThrow()
    expect(new TextDecoder('gbk').decode(reply.rawPayload)).toContain('李明华')
  })

  test.each([
    ['reply-lost', 79_500],
    ['http-500-after', 79_500],
    ['malformed-json', 79_500],
    ['http-500', 80_000],
    ['http-502', 80_000],
    ['reset', 80_000],
  ])('%s leaves %i fen available; asked again with the same key it acts once', async (kind, after) => {
    const his = testRestHis()
    his.simulator.faults.order({ kind, operation: 'deposits.hold', times: 1 })
    const answer = await his.ask('deposits/hold', HOLD, 'k1').catch(() => 'no usable answer')
    expect(answer).toBe('no usable answer')
    expect(await available(his)).toBe(after)
    expect(await his.ask('deposits/hold', HOLD, 'k1')).toMatchObject({ code: 'OK' })
    expect(await available(his)).toBe(79_500)
  })
})

describe('SOAP', () => {
  test('duplicate-answer and busy in the vendor’s words', async () => {
    const { trade, simulator } = testSoapHis()
    simulator.faults.order({ kind: 'duplicate-answer', operation: 'deposits.hold', times: 1 })
    const first = await trade('2101', `<TransNo>k1</TransNo>${SOAP_HOLD}`)
    expect(first).toMatchObject({ code: '-1', content: '流水号重复' })
    expect((await trade('2104', '<YLSH>k1</YLSH>')).data['ZT']).toBe('0')
    simulator.faults.order({ kind: 'duplicate-answer', operation: 'archives.create', times: 1 })
    const wang = `<XM>王芳</XM><ZJLX>01</ZJLX><ZJHM>330102199211084220</ZJHM><XB>2</XB><CSRQ>19921108</CSRQ><SJHM>13800000000</SJHM><SFSM>1</SFSM>`
    expect((await trade('1002', `<TransNo>k2</TransNo>${wang}`)).content).toBe('流水号重复')
    simulator.faults.order({ kind: 'busy', times: 1 })
    expect((await trade('2001', `<BRID>${LI}</BRID>`)).content).toBe('其他用户正在操作，请稍后再试')
  })

  test('busy does not use up the serial number, not even where repeats are refused', async () => {
    const { trade, simulator } = testSoapHis()
    simulator.faults.order({ kind: 'busy', operation: 'deposits.hold', times: 1 })
    const again = () => trade('2101', `<TransNo>k1</TransNo>${SOAP_HOLD}`, '?repeats=duplicate')
    expect((await again()).content).toMatch(/^其他用户正在操作/)
    expect((await again()).code).toBe('0')
    expect((await again()).content).toBe('流水号重复')
  })

  test('garbled-charset: UTF-8 bytes under a GBK declaration', async () => {
    const { post, simulator } = testSoapHis()
    simulator.faults.order({ kind: 'garbled-charset', times: 1 })
    const { bytes, contentType } = await post(hold('k1'))
    expect(contentType).toBe('text/xml; charset=gbk')
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    expect(text).toContain('encoding="GBK"')
    expect(text).toContain('成功')
  })

  test('his-maintenance: a page in GBK with status 200', async () => {
    const { post, trade, simulator } = testSoapHis()
    simulator.faults.order({ kind: 'his-maintenance', times: 1 })
    const reply = await post(hold('k1'))
    expect([reply.statusCode, reply.contentType]).toEqual([200, 'text/html; charset=gbk'])
    expect(new TextDecoder('gbk', { fatal: true }).decode(reply.bytes)).toContain('系统维护中')
    expect((await trade('2104', '<YLSH>k1</YLSH>')).code).toBe('1')
  })

  test('half an answer after it was done', async () => {
    const { post, trade, simulator } = testSoapHis()
    simulator.faults.order({ kind: 'malformed-json', times: 1 })
    const reply = await post(hold('k1'))
    expect(new TextDecoder('gbk').decode(reply.bytes)).not.toContain('</soap:Envelope>')
    expect((await trade('2104', '<YLSH>k1</YLSH>')).data['ZT']).toBe('0')
  })

  test('a HIS that does not know itself says 系统异常', async () => {
    const { trade, simulator } = testSoapHis()
    simulator.faults.order({ kind: 'system-error', times: 2 })
    expect((await trade('2101', `<TransNo>k1</TransNo>${SOAP_HOLD}`)).content).toMatch(/^系统异常/)
    expect((await trade('2104', '<YLSH>k1</YLSH>')).content).toMatch(/^系统异常/)
    expect((await trade('2104', '<YLSH>k1</YLSH>')).data['ZT']).toBe('0')
  })
})
