import { readFileSync } from 'node:fs'
import { ManualClock } from '@zhangyi/core'
import { describe, expect, test } from 'vitest'
import { FakeHis } from '../testing/fake-his.ts'
import { createHis } from './create-his.ts'

const example = new URL('../../../examples/his-soap.mapping.json', import.meta.url)
const clock = new ManualClock()
const readSecret = (file: string) => `<${file}>`

const rest = {
  kind: 'rest',
  baseUrl: 'https://his.example.org/api',
  auth: { kind: 'hmac', keyId: 'gateway', secretFile: 'his-secret' },
}
const soap = {
  kind: 'soap',
  endpoint: 'https://his.example.org/HisService.asmx',
  charset: 'gbk',
  style: { namespace: 'urn:x', method: 'HisTrade', parameters: { TradeCode: '{code}', Request: '{xml}' } },
  mappingFile: 'his-soap.mapping.json',
  settings: { hospitalCode: '90003' },
  settingFiles: { operator: 'operator-file' },
}

describe('one entry for the hospitals’ file', () => {
  test('REST with its secret from a file', async () => {
    const his = new FakeHis(() => '{"code":"OK"}')
    const port = await createHis(
      { ...rest, groups: ['archives', 'cards', 'bills'] },
      { clock, fetch: his.fetch, readSecret },
    )
    await port.probe()
    expect(Object.keys(port).toSorted()).toEqual(['archives', 'bills', 'cards', 'probe'])
    expect(his.last.headers['x-zhangyi-key']).toBe('gateway')
  })

  test('a bearer token from a file', async () => {
    const his = new FakeHis(() => '{"code":"OK"}')
    const config = { ...rest, auth: { kind: 'bearer', tokenFile: 'token' } }
    await (await createHis(config, { clock, fetch: his.fetch, readSecret })).probe()
    expect(his.last.headers['authorization']).toBe('Bearer <token>')
  })

  test('SOAP with the example mapping; a setting from a file', async () => {
    const his = new FakeHis(() => '')
    const readText = () => readFileSync(example, 'utf8')
    const port = await createHis(soap, { clock, fetch: his.fetch, readSecret, readText })
    await expect(port.probe()).rejects.toMatchObject({ kind: 'unavailable', code: 'malformed' })
    expect(his.last.body.toString('latin1')).toContain(
      '&lt;CZYH&gt;&amp;lt;operator-file&amp;gt;&lt;/CZYH&gt;',
    )
  })

  test.each([
    ['an unknown kind', { kind: 'hl7' }, 'kind'],
    ['no address', { ...rest, baseUrl: 'his' }, 'baseUrl'],
    ['a secret in the file itself', { ...rest, auth: { kind: 'hmac', keyId: 'k', secret: 's' } }, 'auth'],
    ['an unknown group', { ...rest, groups: ['archive'] }, 'groups.0'],
    ['SOAP without a mapping', { ...soap, mappingFile: undefined }, '要写且只写一个'],
    ['an unknown charset', { ...soap, charset: 'big5' }, 'charset'],
    ['a setting that the mapping names', { ...soap, settings: {} }, '没有给出设置「hospitalCode」'],
    ['a mapping file that is not JSON', { ...soap, mappingFile: 'broken' }, '不是有效的 JSON'],
  ])('%s stops the start with its place', async (_, config, message) => {
    const readText = (file: string) => (file === 'broken' ? '{' : readFileSync(example, 'utf8'))
    await expect(createHis(config, { clock, readSecret, readText })).rejects.toMatchObject({
      name: 'HisConfigError',
      message: expect.stringContaining(message),
    })
  })
})
