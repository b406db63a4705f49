import { expect, test } from 'vitest'
import { checkChange } from './check-change.ts'

const problemsOf = (input: Parameters<typeof checkChange>[0]) => {
  try {
    checkChange(input)
    return []
  } catch (error) {
    return (error as { fields: readonly { field: string; message: string }[] }).fields
  }
}

test('what was typed comes back trimmed, and only what was given', () => {
  expect(checkChange({ phone: ' 13900001234 ' })).toEqual({ phone: '13900001234' })
  expect(checkChange({ address: ' 杭州市西湖区文三路 9 号 ' })).toEqual({
    address: '杭州市西湖区文三路 9 号',
  })
})

test.each([
  [{}, 'phone', '请填写要修改的手机号码或现住址'],
  [{ phone: ' ' }, 'phone', '请填写手机号码'],
  [{ phone: '1390000123' }, 'phone', '手机号码应为 11 位数字，请检查'],
  [{ phone: '12900001234' }, 'phone', '手机号码应为 11 位数字，请检查'],
  [{ phone: '0571-88888888' }, 'phone', '手机号码应为 11 位数字，请检查'],
  [{ address: '  ' }, 'address', '请填写现住址'],
  [{ address: '杭州' }, 'address', '现住址太短，请写到门牌号'],
  [{ address: '杭州市\n西湖区' }, 'address', '现住址里有不能使用的字符，请写成一行'],
])('%o is refused with a clear message', (input, field, message) => {
  expect(problemsOf(input)).toEqual([{ field, message }])
})

test('every wrong field is named at once, and nothing typed is repeated', () => {
  const problems = problemsOf({ phone: '1390', address: '杭' })
  expect(problems.map(({ field }) => field)).toEqual(['phone', 'address'])
  expect(JSON.stringify(problems)).not.toMatch(/1390|杭/)
})
