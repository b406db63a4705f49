import { type Fen, ManualClock } from '@zhangyi/core'
import { describe, expect, test } from 'vitest'
import type { HisPort } from '../../port.ts'
import { createRestHis } from '../rest/create-rest-his.ts'
import { FakeHis } from '../testing/fake-his.ts'
import { vendorMapping } from '../testing/vendor-dialect.ts'

const hold = { patid: 'P1', depositId: undefined, amount: 1_250 as Fen }

function connect(change: (mapping: Record<string, unknown>) => void = () => {}) {
  const mapping = structuredClone(vendorMapping())
  change(mapping)
  const his = new FakeHis()
  const say = (reply: unknown) => his.answer(() => JSON.stringify(reply))
  const port: HisPort = createRestHis({
    baseUrl: 'http://his.test',
    mapping,
    auth: { kind: 'none' },
    fetch: his.fetch,
    clock: new ManualClock(),
  })
  return { his, port, say }
}

describe('what an answer means', () => {
  test.each([
    ['a code that no rule knows', { Code: '-7', Text: '余额不足，请到窗口' }],
    ['a text that no rule knows', { Code: '-1', Text: '操作失败' }],
    ['no text', { Code: '-1' }],
    ['maintenance in words', { Code: '-1', Text: '系统维护' }],
  ])('%s: for money unknown, never no', async (_, reply) => {
    const { port, say } = connect()
    say(reply)
    expect(await port.deposits?.hold(hold, 'k')).toEqual({ kind: 'unknown', cause: 'unmapped-error' })
    await expect(port.deposits?.status('k')).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'unmapped-error',
    })
  })

  test('somebody else’s lock is unknown with "busy": ask again with the same key', async () => {
    const { port, say } = connect()
    say({ Code: '-1', Text: '其他用户正在操作' })
    expect(await port.deposits?.hold(hold, 'k')).toEqual({ kind: 'unknown', cause: 'busy' })
    await expect(port.balances?.of('P1')).rejects.toMatchObject({ kind: 'unavailable', code: 'busy' })
  })

  test('a duplicate is no("duplicate"): query', async () => {
    const { port, say } = connect()
    say({ Code: '-1', Text: '流水号重复' })
    expect(await port.deposits?.hold(hold, 'k')).toMatchObject({ kind: 'no', code: 'duplicate' })
  })

  test('without a code, or with several, nothing is believed', async () => {
    const { port, say } = connect()
    for (const reply of [{}, { Text: 'ok' }, { Code: ['0', '0'] }, { Code: { x: 1 } }, [], null, 'x', 7]) {
      say(reply)
      expect(await port.deposits?.hold(hold, 'k')).toMatchObject({ kind: 'unknown' })
    }
  })

  test('"ok" without the hold is not "never received": that would pay the money back twice', async () => {
    const { port, say } = connect()
    for (const Data of [undefined, '', null, ' ']) {
      say({ Code: '0', Data })
      await expect(port.deposits?.status('k')).rejects.toMatchObject({
        kind: 'unavailable',
        code: 'malformed',
      })
    }
    say({ Code: '1' })
    expect(await port.deposits?.status('k')).toBeUndefined()
  })

  test('two answers where one is expected are none: nobody can say which is meant', async () => {
    const { port, say } = connect()
    const data = { V_holdId: 'H1', V_patid: 'P1', V_amount: '12.50', V_state: 'held' }
    say({ Code: '0', Data: [data] })
    expect(await port.deposits?.hold(hold, 'k')).toMatchObject({ kind: 'yes' })
    say({ Code: '0', Data: [data, { ...data, V_holdId: 'H2' }] })
    expect(await port.deposits?.hold(hold, 'k')).toEqual({ kind: 'unknown', cause: 'malformed' })
  })

  test('one row without a list, a list of one, an empty container, none: all are lists', async () => {
    const { port, say } = connect()
    const row = { V_departmentId: 'D1', V_name: ' 内科 ', V_parentId: ' ', V_campus: '', V_location: null }
    const department = { departmentId: 'D1', name: '内科' }
    for (const Rows of [{ Row: row }, { Row: [row] }, [{ Row: row }]]) {
      say({ Code: '0', Rows })
      expect(await port.schedules?.departments()).toEqual([
        { ...department, parentId: undefined, campus: undefined, location: undefined },
      ])
    }
    for (const Rows of ['', null, undefined, { Row: '' }, { Row: [] }, {}]) {
      say({ Code: 0, Rows })
      expect(await port.schedules?.departments()).toEqual([])
    }
  })

  test('a number as a number is read, one that JSON has rounded is not', async () => {
    const { port, say } = connect()
    const data = { V_patid: 4711, V_total: 12.5, V_available: '12.5000', V_refundable: 0 }
    say({ Code: '0', Data: data })
    expect(await port.balances?.of('4711')).toMatchObject({ patid: '4711', total: 1_250, available: 1_250 })
    his53(say, data)
    await expect(port.balances?.of('9007199254740993')).rejects.toMatchObject({ code: 'malformed' })
  })

  test('a lookup that takes one number is asked once for each, and no archive comes twice', async () => {
    const { his, port } = connect((mapping) => {
      const find = (mapping['operations'] as Record<string, Record<string, unknown>>)['archives.find'] ?? {}
      Object.assign(find, { each: 'idNumbers', distinctBy: 'patid', request: { No: '{each}' } })
    })
    const row = (patid: string, number: string) => ({
      V_patid: patid,
      V_name: '王芳',
      V_idType: '01',
      V_idNumber: number,
    })
    const rows: Record<string, unknown> = { a: [row('P1', 'a'), row('P2', 'a')], b: row('P2', 'a') }
    his.answer(({ body }) => {
      const { No } = JSON.parse(body.toString()) as { readonly No: string }
      return JSON.stringify({ Code: '0', Rows: { Row: rows[No] } })
    })
    const found = await port.archives.find({ idType: '01', idNumbers: ['a', 'b'], name: '王芳' })
    expect(found.map(({ patid }) => patid)).toEqual(['P1', 'P2'])
    expect(his.seen).toHaveLength(2)
    // Half an answer would make the gateway file the person a second time.
    his.answer(({ body }) =>
      body.toString().includes('"b"') ? { status: 500 } : JSON.stringify({ Code: '1' }),
    )
    const half = port.archives.find({ idType: '01', idNumbers: ['a', 'b'], name: '王芳' })
    await expect(half).rejects.toMatchObject({ kind: 'unavailable', code: 'http-500' })
    his.answer(({ body }) =>
      JSON.stringify(body.toString().includes('"a"') ? { Code: '-1', Text: '正在操作' } : { Code: '1' }),
    )
    const busy = port.archives.find({ idType: '01', idNumbers: ['a', 'b'], name: '王芳' })
    await expect(busy).rejects.toMatchObject({ kind: 'unavailable', code: 'busy' })
  })
})

function his53(say: (reply: unknown) => void, data: object): void {
  // 2^53 + 1 becomes 2^53 when JSON is read.
  say({ Code: '0', Data: { ...data, V_patid: 2 ** 53 } })
}
