import { expect, test } from 'vitest'
import { hashPassword, isPassword, oneTimePassword, problemWith } from './password.ts'

test('a hash is of one password, salted, and says what it cost', async () => {
  const [one, two] = [await hashPassword('Wei-Xin 2026'), await hashPassword('Wei-Xin 2026')]
  expect(one).not.toBe(two)
  expect(one).toMatch(/^scrypt\$65536\$8\$1\$/)
  expect(await isPassword('Wei-Xin 2026', one)).toBe(true)
  expect(await isPassword('Wei-Xin 2027', one)).toBe(false)
  await expect(isPassword('x', 'md5$abc')).rejects.toThrow(/kind/)
})

test.each([
  ['short1A!', '至少 10 个字符'],
  ['alllowercaseletters', '至少要有 3 种'],
  ['Xy7-wang-03-qz', '不能含有登录名'],
  ['Aaaaa-7bcdef-Z', '连续出现 4 次'],
  ['Summer-1234-Z', '容易猜'],
  ['My-Passw0rd-77', '容易猜'],
])('%s is refused: %s', (password, why) => {
  expect(problemWith(password, 'wang-03')).toContain(why)
})

test('a good one is taken, in Chinese too', () => {
  expect(problemWith('Green-Lake-77', 'wang-03')).toBeUndefined()
  expect(problemWith('掌医后台的口令A7b再加几个字', 'wang-03')).toBeUndefined()
})

test('one-time passwords differ and are easily read from paper', () => {
  const made = Array.from({ length: 200 }, oneTimePassword)
  expect(new Set(made).size).toBe(200)
  for (const one of made) expect(one).toMatch(/^[a-zA-Z2-9]{4}(-[a-zA-Z2-9]{4}){3}$/)
  expect(made.join('')).not.toMatch(/[0O1lIio]/)
})
