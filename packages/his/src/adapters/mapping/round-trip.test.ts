import { ManualClock } from '@zhangyi/core'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { ALL_OPERATIONS } from '../../operations.ts'
import type { HisPort } from '../../port.ts'
import { FINAL_STATES, findContradiction } from '../call/contradiction.ts'
import { createRestHis } from '../rest/create-rest-his.ts'
import { encodeValue } from '../shapes/encode-value.ts'
import { OPERATION_SHAPES, type ShapedOperation } from '../shapes/operation-shapes.ts'
import { CHARSETS, type Charset } from '../soap/charset.ts'
import { createSoapHis } from '../soap/create-soap-his.ts'
import { arbitraryOf, SEED } from '../testing/arbitrary-of.ts'
import { FakeHis } from '../testing/fake-his.ts'
import { escapeText, sayEnvelope } from '../testing/say-xml.ts'
import { sayAnswer, sayValue, vendorMapping } from '../testing/vendor-dialect.ts'

const clock = new ManualClock()
const operations = ALL_OPERATIONS.filter(([name]) => name !== 'probe') as [
  ShapedOperation,
  'read' | 'change',
][]

/** Calls an operation with its question as one record, and gives what a change says yes to. */
async function call(port: HisPort, name: ShapedOperation, kind: string, input: Record<string, unknown>) {
  const [group = '', member = ''] = name.split('.')
  const names = OPERATION_SHAPES[name].argumentNames
  const args = names === undefined ? [input] : names.map((one) => input[one])
  const method = (
    port as unknown as Record<string, Record<string, (...args: unknown[]) => Promise<unknown>>>
  )[group]?.[member]
  const answer = await method?.(...args, ...(kind === 'change' ? ['key-1'] : []))
  if (kind === 'read') return answer
  expect(answer).toMatchObject({ kind: 'yes' })
  return (answer as { readonly value: unknown }).value
}

/** A question and an answer that speak of the same patient and amount. */
function exchangeOf(name: ShapedOperation, rare: boolean) {
  const { input, output } = OPERATION_SHAPES[name]
  return fc.tuple(arbitraryOf(input, rare), arbitraryOf(output, rare)).map(([asked, answered]) => {
    const question = asked as Record<string, unknown>
    for (const row of (Array.isArray(answered) ? answered : [answered]) as Record<string, unknown>[])
      for (let field = findContradiction(question, row); field; field = findContradiction(question, row))
        row[field] = question[field] ?? (question['payment'] as Record<string, unknown>)[field]
    const state = FINAL_STATES[name]
    if (state !== undefined) (answered as Record<string, unknown>)['state'] = state
    return { question, answered }
  })
}

describe(`any value of the port goes out and comes back (seed ${SEED})`, () => {
  describe.each(CHARSETS)('through SOAP in %s', (charset: Charset) => {
    const his = new FakeHis()
    const port = createSoapHis({
      endpoint: 'http://his.test/x',
      charset,
      style: { namespace: 'urn:v', method: 'Trade', parameters: { code: '{code}', xml: '{xml}' } },
      mapping: vendorMapping(),
      fetch: his.fetch,
      clock,
    })
    test.each(operations.filter(([name]) => !name.startsWith('deductions.')))('%s', async (name, kind) => {
      await fc.assert(
        fc.asyncProperty(exchangeOf(name, charset !== 'gbk'), async ({ question, answered }) => {
          his.answer(() => sayEnvelope(sayAnswer(name, answered), { charset }))
          expect(await call(port, name, kind, question)).toEqual(answered)
          const sent = iconv.decode(his.last.body, charset)
          // Escaped twice: in the inner XML, and as a text of the envelope.
          for (const text of leaves(sayValue(OPERATION_SHAPES[name].input, question)))
            expect(sent).toContain(quoted(quoted(text.trim())))
        }),
        { seed: SEED, numRuns: 12 },
      )
    })
  })

  test.each(operations)('through our own REST wire: %s', async (name, kind) => {
    const his = new FakeHis()
    const other = name.startsWith('deductions.') ? 'deductions' : 'deposits'
    const port = createRestHis({
      baseUrl: 'http://his.test/api/',
      groups: [
        'archives',
        'cards',
        other,
        'balances',
        'bills',
        'schedules',
        'appointments',
        'fees',
        'reports',
      ],
      auth: { kind: 'none' },
      fetch: his.fetch,
      clock,
    })
    await fc.assert(
      fc.asyncProperty(exchangeOf(name, true), async ({ question, answered }) => {
        const { input, output } = OPERATION_SHAPES[name]
        his.answer(() => JSON.stringify({ code: 'OK', data: encodeValue(output, answered) }))
        expect(await call(port, name, kind, question)).toEqual(answered)
        expect(his.last.url).toBe(`http://his.test/api/${name.replace('.', '/')}`)
        const requestKey = kind === 'change' ? { requestKey: 'key-1' } : {}
        expect(JSON.parse(his.last.body.toString())).toEqual({
          input: encodeValue(input, question),
          ...requestKey,
        })
      }),
      { seed: SEED, numRuns: 15 },
    )
  })

  test.each(operations.filter(([name]) => !name.startsWith('deductions.')))(
    'through mapped JSON: %s',
    async (name, kind) => {
      const his = new FakeHis()
      const port = createRestHis({
        baseUrl: 'http://his.test',
        mapping: vendorMapping(),
        auth: { kind: 'bearer', token: 't' },
        fetch: his.fetch,
        clock,
      })
      await fc.assert(
        fc.asyncProperty(exchangeOf(name, true), async ({ question, answered }) => {
          his.answer(() => JSON.stringify(sayAnswer(name, answered)))
          expect(await call(port, name, kind, question)).toEqual(answered)
          expect(his.last.url).toBe(`http://his.test/v/${name.replace('.', '/')}`)
        }),
        { seed: SEED, numRuns: 10 },
      )
    },
  )
})

function quoted(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;').replaceAll("'", '&apos;')
}

function leaves(tree: unknown): readonly string[] {
  if (typeof tree === 'string') return tree === '' ? [] : [tree]
  return Object.values(tree as object).flatMap(leaves)
}
