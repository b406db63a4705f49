import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadHisAdapter } from './load/load-his-adapter.ts'
import { parseMapping } from './mapping/parse-mapping.ts'
import { createSoapHis } from './soap/create-soap-his.ts'

const examples = new URL('../../examples/', import.meta.url)
const json = (name: string) =>
  JSON.parse(readFileSync(new URL(name, examples), 'utf8')) as Record<string, object>

test('own-module.mjs is a port', async () => {
  const port = await loadHisAdapter(new URL('own-module.mjs', examples))
  const card = { patid: 'none', healthCardId: 'C1', qrCodeText: 'C1:1' }
  expect(await port.cards.bind(card, 'k')).toMatchObject({ kind: 'no', code: 'patid-unknown' })
})

test('a mapping that does not say archives.update makes a port without it', () => {
  const mapping = json('his-soap.mapping.json')
  const { 'archives.update': _, ...operations } = mapping['operations'] as Record<string, unknown>
  const connect = (said: unknown) =>
    createSoapHis({
      ...{ endpoint: 'http://his.test/HisService.asmx', charset: 'gbk', mapping: said },
      style: { namespace: 'http://his.test/', method: 'HisTrade', responseRoot: 'Response' },
      settings: { hospitalCode: '90003', operator: 'ZY01' },
    })
  expect(Object.keys(connect(mapping).archives)).toEqual(['find', 'create', 'update'])
  expect(Object.keys(connect({ ...mapping, operations }).archives)).toEqual(['find', 'create'])
})

test('the mapping files are right', () => {
  const mapping = json('his-soap.mapping.json')
  const single = json('his-soap.deductions.json')
  const settings = ['hospitalCode', 'operator']
  expect(Object.keys(parseMapping(mapping, settings).operations)).toContain('deposits.hold')
  const operations = { ...mapping['operations'], ...single['operations'] }
  const merged = { ...mapping, records: { ...mapping['records'], ...single['records'] }, operations }
  expect(Object.keys(parseMapping(merged, settings).operations)).toContain('deductions.reverse')
})
