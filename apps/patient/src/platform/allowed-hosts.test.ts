import { expect, test } from 'vitest'
import { webViewTarget } from '../pages/web-view/web-view-target.ts'
import { isAllowedUrl, parseHostList } from './allowed-hosts.ts'

const hosts = ['h5.example.cn', 'h5.example.cn:8443', '127.0.0.1:7002']

test.each([
  'https://h5.example.cn/a?b=1#c',
  'https://H5.example.cn',
  'https://h5.example.cn:8443/',
  'http://127.0.0.1:7002/x',
])('opens %s', (url) => expect(isAllowedUrl(url, hosts)).toBe(true))

test.each([
  'http://h5.example.cn/',
  'https://evil-h5.example.cn/',
  'https://h5.example.cn.evil.cn/',
  'https://h5.example.cn@evil.cn/',
  'https://evil.cn\\@h5.example.cn/',
  'https://evil.cn/https://h5.example.cn/',
  'https://h5.example.cn:9999/',
  'https:///h5.example.cn/',
  '//h5.example.cn/',
  ' https://h5.example.cn/',
  'https://h5.example.cn/\n',
  'javascript:alert(1)//h5.example.cn',
  'https://127.0.0.1:7003/',
  '',
])('refuses %j', (url) => expect(isAllowedUrl(url, hosts)).toBe(false))

test('a list in a setting may have blanks and capitals', () => {
  expect(parseHostList(' A.example.cn, b.example.cn:8443 ,')).toEqual(['a.example.cn', 'b.example.cn:8443'])
  expect(parseHostList(undefined)).toEqual([])
})

test('a web-view takes its address encoded or decoded, and decodes only once', () => {
  const may = (url: string) => isAllowedUrl(url, hosts)
  const url = 'https://h5.example.cn/a?u=mini%3A%2Fp'
  expect(webViewTarget(encodeURIComponent(url), may)).toBe(url)
  expect(webViewTarget(url, may)).toBe(url)
  expect(webViewTarget(encodeURIComponent(encodeURIComponent(url)), may)).toBeUndefined()
  expect(webViewTarget('%E0%A4%A', may)).toBeUndefined()
  expect(webViewTarget(undefined, may)).toBeUndefined()
})
