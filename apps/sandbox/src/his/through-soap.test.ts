import { readFileSync } from 'node:fs'
import type { Fen } from '@zhangyi/core'
import { createSoapHis, type SoapHisOptions } from '@zhangyi/his'
import { describe, expect, test } from 'vitest'
import type { RefundMode } from './shared-hospital.ts'
import { buildHisSoapSimulator } from './soap/build-his-soap-simulator.ts'
import { checkAdapter, openHis } from './through-test-support.ts'

interface Json {
  readonly [name: string]: unknown
}

const EXAMPLES = new URL('../../../../packages/his/examples/', import.meta.url)
const example = (name: string) => JSON.parse(readFileSync(new URL(name, EXAMPLES), 'utf8')) as Json

/** The example mapping; for a HIS that deducts in one step with `deductions` in the place of `deposits`. */
function mappingFor(refunds: RefundMode): Json {
  const mapping = example('his-soap.mapping.json')
  if (refunds === 'two-phase') return mapping
  const single = example('his-soap.deductions.json')
  const kept = Object.entries(mapping['operations'] as Json).filter(([name]) => !name.startsWith('deposits.'))
  return {
    ...mapping,
    records: { ...(mapping['records'] as Json), ...(single['records'] as Json) },
    operations: { ...Object.fromEntries(kept), ...(single['operations'] as Json) },
  }
}

interface Variant {
  readonly charset?: 'gbk' | 'utf-8'
  readonly query?: string
  readonly inner?: 'escaped' | 'cdata'
  readonly refunds?: RefundMode
}

async function connect({
  charset = 'gbk',
  query = '',
  inner = 'escaped',
  refunds = 'two-phase',
}: Variant = {}) {
  const his = await openHis(buildHisSoapSimulator, refunds)
  const credentials = his.simulator.credentials as Readonly<Record<string, string>>
  const { endpoint = '', endpointUtf8 = '', namespace = '', method = '' } = credentials
  const { hospitalCode = '', operator = '' } = credentials
  const options: SoapHisOptions = {
    endpoint: `${charset === 'gbk' ? endpoint : endpointUtf8}${query}`,
    charset,
    style: {
      ...{ namespace, method, inner, responseRoot: 'Response' },
      parameters: { TradeCode: '{code}', Request: '{xml}' },
    },
    mapping: mappingFor(refunds),
    settings: { hospitalCode, operator },
    fetch: his.fetch,
    clock: his.clock,
  }
  return { ...his, port: createSoapHis(options) }
}

// A GBK HIS cannot keep 𠮷: the adapter refuses before the call, and the kit says so.
const GBK_LACKS = ['archives.keep-rare-names']

describe('the SOAP adapter against a vendor’s dialect over the wire', () => {
  test.each<[string, Variant, readonly string[], string]>([
    ['UTF-8', { charset: 'utf-8' }, [], 'http-500-after'],
    ['UTF-8, replies lost in a wrong charset', { charset: 'utf-8' }, [], 'garbled-charset'],
    ['GBK', {}, GBK_LACKS, 'http-500-after'],
    ['GBK, replies lost in a wrong charset', {}, GBK_LACKS, 'garbled-charset'],
    [
      'GBK, CDATA both ways, wrong declarations',
      { query: '?inner=cdata&declaration=wrong', inner: 'cdata' },
      GBK_LACKS,
      'http-500-after',
    ],
    ['GBK, no declarations', { query: '?declaration=none' }, GBK_LACKS, 'http-500-after'],
  ])('passes the kit: %s', async (_, variant, lacking, lostBy) => {
    const his = await connect(variant)
    const { failed, notOffered, passed } = await checkAdapter(his.port, his, lostBy)
    expect(failed).toEqual(lacking)
    expect(notOffered.filter((name) => !name.startsWith('deductions.'))).toEqual([])
    expect(passed).toBeGreaterThan(60)
  })

  test('passes the kit where the HIS deducts in one step', async () => {
    const his = await connect({ charset: 'utf-8', refunds: 'single-step' })
    const { failed, notOffered } = await checkAdapter(his.port, his, 'http-500-after')
    expect(failed).toEqual([])
    expect(notOffered.filter((name) => !name.startsWith('deposits.'))).toEqual([])
  })

  test('where a repetition is answered "duplicate", the status says what became of it', async () => {
    const { port } = await connect({ query: '?repeats=duplicate' })
    const [archive] = await port.archives.find({
      idType: '01',
      idNumbers: ['330102199001012210'],
      name: '李明华',
    })
    const request = { patid: String(archive?.patid), depositId: undefined, amount: 100 as Fen }
    const held = await port.deposits?.hold(request, 'k-1')
    expect(held).toMatchObject({ kind: 'yes', value: { amount: 100, state: 'held' } })
    expect(await port.deposits?.hold(request, 'k-1')).toMatchObject({ kind: 'no', code: 'duplicate' })
    expect(await port.deposits?.status('k-1')).toMatchObject({ amount: 100, state: 'held' })
    expect(await port.deposits?.status('k-2')).toBeUndefined()
  })

  test.each([
    ['busy', 'busy'],
    ['his-maintenance', 'malformed'],
    ['garbled-charset', 'malformed'],
    ['http-502', 'http-502'],
  ])('%s is unknown for money and no answer for a read', async (kind, code) => {
    const { port, simulator } = await connect()
    const request = { patid: 'P100001', depositId: undefined, amount: 100 as Fen }
    simulator.faults.order({ kind, times: 2 })
    expect(await port.deposits?.hold(request, 'k-1')).toEqual({ kind: 'unknown', cause: code })
    await expect(port.balances?.of('P100001')).rejects.toMatchObject({ kind: 'unavailable', code })
  })
})
