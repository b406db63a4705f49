import { describe, expect, test } from 'vitest'
import { FakeHis } from '../testing/fake-his.ts'
import { vendorMapping } from '../testing/vendor-dialect.ts'
import { createSoapHis, type SoapHisOptions } from './create-soap-his.ts'

const STYLE = { namespace: 'urn:v', method: 'Trade', parameters: { code: '{code}', xml: '{xml}' } }

type Operations = Record<string, { call: Record<string, string>; request: Record<string, unknown> }>

function connect(
  style: Partial<SoapHisOptions['style']>,
  changed: (operations: Operations) => void = () => {},
) {
  const mapping = vendorMapping()
  changed(mapping['operations'] as Operations)
  const { fetch } = new FakeHis()
  const endpoint = 'http://his.test/x'
  return createSoapHis({ endpoint, charset: 'gbk', style: { ...STYLE, ...style }, mapping, fetch })
}

describe('what cannot be written as SOAP is refused at start, with its place', () => {
  test.each<[string, Partial<SoapHisOptions['style']>, string]>([
    [
      'a setting that is not given',
      { parameters: { xml: '{xml}', pass: '{settings.password}' } },
      'style.parameters.pass：没有名为「settings.password」的值',
    ],
    ['a brace alone', { soapAction: 'urn:{code' }, 'style.soapAction：花括号没有成对'],
    [
      'no place for the request',
      { parameters: { code: '{code}' } },
      'style.parameters：要有一个参数带 {xml}',
    ],
    ['the request in an address', { soapAction: '{xml}' }, 'style.soapAction：没有名为「xml」的值'],
  ])('%s', (_, style, problem) => {
    expect(() => connect(style)).toThrow(problem)
  })

  test('a tag that is no element name: every such question would be "nothing sent"', () => {
    const changed = (operations: Operations) => {
      const hold = operations['deposits.hold']
      if (hold) hold.request['病人 ID'] = { '1x': '{patid}' }
    }
    expect(() => connect({}, changed)).toThrow(
      'operations.deposits.hold.request.病人 ID：不是有效的 XML 元素名',
    )
    expect(() => connect({}, changed)).toThrow('operations.deposits.hold.request.病人 ID.1x')
  })

  test('an operation without its trade code', () => {
    const changed = (operations: Operations) => {
      const hold = operations['deposits.hold']
      if (hold) delete hold.call['code']
    }
    expect(() => connect({}, changed)).toThrow('operations.deposits.hold.call.code：缺少交易代码')
  })

  test('a code that is no method', () => {
    const changed = (operations: Operations) => {
      for (const [name, { call }] of Object.entries(operations))
        call['code'] = name === 'probe' ? '9000' : 'T1'
    }
    expect(() => connect({ method: '{code}' }, changed)).toThrow(
      'operations.probe.call.code：不能作为方法的元素名',
    )
  })
})
