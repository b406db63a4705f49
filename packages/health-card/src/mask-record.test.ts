import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskRecord, maskWords } from './mask-record.ts'
import { CARD, FORM, LI } from './testing/people.ts'

test('what helps an operator stays, what names a person does not', () => {
  const address = { verifyUrl: 'https://p.example/v?orderId=O1', faceUrl: '/pages/face/face' }
  expect(maskRecord({ ...LI, scene: '0101081', resultCode: -1, suc: false, ...address })).toEqual({
    ...{ name: '李*华', idNumber: '330102********2210', phone1: '138****0210', address: '[已隐藏]' },
    ...{ gender: '男', idType: '01', scene: '0101081', resultCode: -1, suc: false },
    ...{ verifyUrl: 'https://p.example/v', faceUrl: '/pages/face/face' },
  })
})

test('an unknown member is hidden, and an open name does not let an object or a long text through', () => {
  expect(maskRecord({ surprise: LI.name, score: 5 })).toEqual({ surprise: '[已隐藏]', score: '[已隐藏]' })
  expect(maskRecord({ result: { name: LI.name } })).toEqual({ result: { name: '李*华' } })
  expect(maskRecord({ result: 'x'.repeat(65) })).toEqual({ result: '[已隐藏]' })
})

test('a short number does not come through whole', () => {
  expect(maskRecord({ phone1: '8888123', idNumber: '1234567' })).toEqual({
    phone1: '*****23',
    idNumber: '*****67',
  })
})

test('a nested reply of any depth is masked without harm', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(5_000)}"${LI.name}"${'}'.repeat(5_000)}`)
  expect(JSON.stringify(maskRecord(deep))).not.toContain(LI.name)
})

const personal = fc.string({
  minLength: 10,
  maxLength: 30,
  unit: fc.constantFrom(...'赵钱孙李周吴郑王ABCX0123456789'),
})

test('no personal value of a request survives, wherever it stands', () => {
  const names = [
    'name',
    'idNumber',
    'idCard',
    'phone1',
    'address',
    'healthCode',
    'code',
    'appToken',
    'sign',
    'x',
  ]
  fc.assert(
    fc.property(fc.constantFrom(...names), personal, personal, (name, value, other) => {
      const kept = JSON.stringify(maskRecord({ [name]: value, childInfo: { motherName: other, l: [value] } }))
      expect(kept).not.toContain(value)
      expect(kept).not.toContain(other)
    }),
    { seed: 20261123, numRuns: 500 },
  )
})

test("the platform's words lose what request and reply hold, and numbers of any person", () => {
  const words = `${LI.name}的证件${LI.idNumber}已绑定手机13911112222，卡${CARD.healthCardId}，代码-10044`
  expect(maskWords(words, FORM as object as Record<string, unknown>)).toBe(
    '[已隐藏]的证件[已隐藏]已绑定手机[已隐藏]，卡[已隐藏]，代码-10044',
  )
  expect(maskWords('信息校验未通过，请核对后重新提交', { name: LI.name })).toBe(
    '信息校验未通过，请核对后重新提交',
  )
  expect(maskWords('长'.repeat(1_000))).toHaveLength(200)
})
