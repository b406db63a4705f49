import { type Fen, ManualClock } from '@zhangyi/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ALL_OPERATIONS } from '../../operations.ts'
import { HisConfigError } from '../config-error.ts'
import { SEED } from '../testing/arbitrary-of.ts'
import { FakeHis } from '../testing/fake-his.ts'
import { createRestHis, type RestHisOptions } from './create-rest-his.ts'

const hold = { patid: 'P1', depositId: undefined, amount: 1_250 as Fen }

function connect(options: Partial<RestHisOptions> = {}) {
  const his = new FakeHis()
  const port = createRestHis({
    baseUrl: 'http://his.test/api',
    groups: ['archives', 'cards', 'deposits', 'balances', 'reports'],
    auth: { kind: 'none' },
    fetch: his.fetch,
    clock: new ManualClock(),
    ...options,
  })
  return { his, port, say: (reply: unknown) => his.answer(() => JSON.stringify(reply)) }
}

describe('our own wire', () => {
  test('amounts say their unit, absent fields are left out, the request key stands beside the input', async () => {
    const { his, port, say } = connect()
    say({ code: 'OK', data: { holdId: 'H1', patid: 'P1', amountFen: 1_250, state: 'held', more: 1 } })
    expect(await port.deposits?.hold(hold, 'key-1')).toEqual({
      kind: 'yes',
      value: { holdId: 'H1', patid: 'P1', amount: 1_250, state: 'held' },
    })
    expect(his.last).toMatchObject({ method: 'POST', url: 'http://his.test/api/deposits/hold' })
    expect(JSON.parse(his.last.body.toString())).toEqual({
      input: { patid: 'P1', amountFen: 1_250 },
      requestKey: 'key-1',
    })
    expect(his.last.headers['content-type']).toBe('application/json; charset=utf-8')
  })

  test('a repetition by the caller sends the same bytes under the same key', async () => {
    const { his, port } = connect({ auth: { kind: 'hmac', keyId: 'k', secret: 's' } })
    await port.deposits?.hold(hold, 'key-1')
    await port.deposits?.hold(hold, 'key-1')
    const [first, second] = his.seen
    expect(first?.body).toEqual(second?.body)
    expect(first?.headers['x-zhangyi-nonce']).not.toBe(second?.headers['x-zhangyi-nonce'])
  })

  test('probe is a signed GET', async () => {
    const { his, port, say } = connect({
      auth: { kind: 'hmac', keyId: 'k', secret: 's' },
      headers: { 'x-site': '1' },
    })
    say({ code: 'OK' })
    await port.probe()
    expect(his.last).toMatchObject({ method: 'GET', url: 'http://his.test/api/probe' })
    expect(his.last.headers).toMatchObject({ 'x-zhangyi-key': 'k', 'x-site': '1' })
    say({ code: 'BUSY' })
    await expect(port.probe()).rejects.toMatchObject({ kind: 'unavailable', code: 'busy' })
  })

  test.each([
    [{ code: 'DUPLICATE' }, { kind: 'no', code: 'duplicate' }],
    [{ code: 'KEY_REUSED' }, { kind: 'no', code: 'key-reused' }],
    [
      { code: 'REFUSED', detailCode: 'insufficient', reason: '王芳余额不足' },
      { kind: 'no', code: 'insufficient' },
    ],
    [
      { code: 'REFUSED', detailCode: '王芳' },
      { kind: 'no', code: 'refused' },
    ],
    [{ code: 'NOT_FOUND' }, { kind: 'no', code: 'not-found' }],
    [{ code: 'BUSY' }, { kind: 'unknown', cause: 'busy' }],
    [{ code: 'SOMETHING' }, { kind: 'unknown', cause: 'unmapped-error' }],
    [{ code: 'ok' }, { kind: 'unknown', cause: 'unmapped-error' }],
    [{ code: 0 }, { kind: 'unknown', cause: 'malformed' }],
    [{ code: 'OK' }, { kind: 'unknown', cause: 'malformed-reply' }],
    [{ code: 'OK', data: { holdId: 'H1', patid: 'P1', amount: 1_250, state: 'held' } }, { kind: 'unknown' }],
    [
      { code: 'OK', data: { holdId: 'H1', patid: 'P1', amountFen: 12.5, state: 'held' } },
      { kind: 'unknown' },
    ],
    [
      { code: 'OK', data: { holdId: 'H1', patid: 'P1', amountFen: '1250', state: 'held' } },
      { kind: 'unknown' },
    ],
    [
      { code: 'OK', data: { holdId: 'H1', patid: 'P9', amountFen: 1_250, state: 'held' } },
      { kind: 'unknown' },
    ],
  ])('%j on a change', async (reply, outcome) => {
    const { port, say } = connect()
    say(reply)
    const seen = await port.deposits?.hold(hold, 'k')
    expect(seen).toMatchObject(outcome)
    expect(JSON.stringify(seen)).not.toContain('王芳')
  })

  test.each([400, 401, 404, 409, 422, 429, 500, 502, 503, 302])(
    'HTTP %d is unknown, whatever it says: a proxy may have answered',
    async (status) => {
      const { his, port } = connect()
      his.answer(() => ({ status, body: JSON.stringify({ code: 'REFUSED' }) }))
      expect(await port.deposits?.hold(hold, 'k')).toEqual({ kind: 'unknown', cause: `http-${status}` })
      await expect(port.balances?.of('P1')).rejects.toMatchObject({
        kind: 'unavailable',
        code: `http-${status}`,
      })
    },
  )

  test('a status is "never received" only if the HIS says null', async () => {
    const { port, say } = connect()
    say({ code: 'OK', data: null })
    expect(await port.deposits?.status('k')).toBeUndefined()
    say({ code: 'OK' })
    await expect(port.deposits?.status('k')).rejects.toMatchObject({ kind: 'unavailable', code: 'malformed' })
    say({ code: 'NOT_FOUND' })
    await expect(port.deposits?.status('k')).rejects.toMatchObject({ kind: 'refused', code: 'not-found' })
  })

  test.each([
    ['amount', { amountFen: 125 }],
    ['paymentNumber', { paymentNumber: 'ZF2' }],
  ])('a posting of another %s than was paid is not believed', async (field, other) => {
    const { port, say } = connect({ groups: ['archives', 'cards', 'fees'] })
    const paidAt = '2026-11-20T10:15:00+08:00'
    const posting = { postingId: 'J1', patid: 'P1', billIds: ['B1'], title: '药费', departmentName: '内科' }
    const paid = { amountFen: 12_500, paymentNumber: 'ZF1', paidAt, items: [] }
    const payment = { paymentNumber: 'ZF1', channelNumber: '42', amount: 12_500 as Fen, paidAt }
    const request = { patid: 'P1', billIds: ['B1'], payment }
    say({ code: 'OK', data: { ...posting, ...paid } })
    expect(await port.fees?.post(request, 'k')).toMatchObject({ kind: 'yes' })
    say({ code: 'OK', data: { ...posting, ...paid, ...other } })
    expect(await port.fees?.post(request, 'k')).toEqual({ kind: 'unknown', cause: `contradiction-${field}` })
  })

  test.each(['held', 'released'])('a confirmation that leaves the hold %s is not believed', async (state) => {
    const { port, say } = connect()
    const paidAt = '2026-11-20T10:15:00+08:00'
    const request = { holdId: 'H1', amount: 1_250 as Fen, refundNumber: 'R1', paidAt }
    say({ code: 'OK', data: { holdId: 'H1', patid: 'P1', amountFen: 1_250, state } })
    expect(await port.deposits?.confirm(request, 'k')).toEqual({
      kind: 'unknown',
      cause: 'contradiction-state',
    })
    say({ code: 'OK', data: { holdId: 'H1', patid: 'P1', amountFen: 1_250, state: 'confirmed' } })
    expect(await port.deposits?.confirm(request, 'k')).toMatchObject({ kind: 'yes' })
  })

  test('a report of another patient is not handed out', async () => {
    const { port, say } = connect()
    const row = { kind: 'lab', reportId: 'R1', title: '血常规', reportedAt: '2026-11-20T10:15:00+08:00' }
    const query = { kind: 'lab', patid: 'P1', from: '2026-01-01', to: '2026-12-31' } as const
    say({
      code: 'OK',
      data: [
        { ...row, patid: 'P1' },
        { ...row, patid: 'P2' },
      ],
    })
    await expect(port.reports?.list(query)).rejects.toMatchObject({ code: 'contradiction-patid' })
  })

  test('a time-out is unknown for a change and unavailable for a read', async () => {
    const ended = () => AbortSignal.abort()
    const { port, his } = connect({ startTimeout: ended })
    his.answer(() => new Promise(() => {}))
    expect(await port.deposits?.hold(hold, 'k')).toEqual({ kind: 'unknown', cause: 'timeout' })
    await expect(port.balances?.of('P1')).rejects.toMatchObject({ kind: 'unavailable', code: 'timeout' })
  })

  test('a lost connection is unknown; its error, with the address in it, goes nowhere', async () => {
    const fetch = async () => {
      throw new TypeError('connect ECONNREFUSED http://10.0.0.1/王芳')
    }
    const { port } = connect({ fetch })
    expect(await port.deposits?.hold(hold, 'k')).toEqual({ kind: 'unknown', cause: 'connection-lost' })
    const error = await port.balances?.of('P1').catch((one: unknown) => one)
    expect(String(error)).toBe('HisError: balances.of: no usable answer (connection-lost)')
  })

  test('what onCall throws changes nothing', async () => {
    const { port, say } = connect({
      onCall: () => {
        throw new Error('log')
      },
    })
    say({ code: 'DUPLICATE' })
    expect(await port.deposits?.hold(hold, 'k')).toMatchObject({ kind: 'no', code: 'duplicate' })
  })

  test(`any bytes: a change never throws and never says no, a read throws HisError (seed ${SEED})`, async () => {
    const { his, port } = connect()
    const json = fc.json().map((text) => Buffer.from(text))
    const nested = fc.constantFrom(1_000, 100_000).map((depth) => Buffer.from('['.repeat(depth)))
    const bytes = fc.uint8Array({ maxLength: 300 }).map((all) => Buffer.from(all))
    await fc.assert(
      fc.asyncProperty(fc.oneof(json, bytes, nested), async (reply) => {
        his.answer(() => reply)
        expect(await port.deposits?.hold(hold, 'k')).toMatchObject({ kind: 'unknown' })
        await expect(port.balances?.of('P1')).rejects.toMatchObject({ name: 'HisError', kind: 'unavailable' })
      }),
      { seed: SEED, numRuns: 150 },
    )
  })
})

describe('what is offered', () => {
  test('a group that is not configured is not there', () => {
    const { port } = connect({ groups: ['archives', 'cards', 'bills'] })
    expect(Object.keys(port).toSorted()).toEqual(['archives', 'bills', 'cards', 'probe'])
  })

  test('archives and cards alone when nothing is said', () => {
    const his = new FakeHis()
    const port = createRestHis({ baseUrl: 'http://h.test', auth: { kind: 'none' }, fetch: his.fetch })
    expect(Object.keys(port).toSorted()).toEqual(['archives', 'cards', 'probe'])
  })

  test('holds and deductions exclude each other; a deduction may lack its reversal', () => {
    expect(() => connect({ groups: ['archives', 'cards', 'deposits', 'deductions'] })).toThrow('只能提供一种')
    const { port } = connect({ groups: ['archives', 'cards', 'deductions'], without: ['deductions.reverse'] })
    expect(Object.keys(port.deductions ?? {})).toEqual(['deduct', 'status'])
  })

  test('a change of phone or address is offered unless it is left out; absent fields are not sent', async () => {
    const { his, port, say } = connect()
    const archive = { patid: 'P1', name: '王芳', idType: '01', idNumber: '330102199211084220' }
    say({ code: 'OK', data: { ...archive, phone: '13800000001', address: null } })
    const change = { patid: 'P1', phone: '13800000001' }
    const answer = await port.archives.update?.(change, 'key-1')
    expect(answer).toMatchObject({ kind: 'yes', value: { phone: '13800000001', address: undefined } })
    expect(his.last.url).toBe('http://his.test/api/archives/update')
    expect(JSON.parse(his.last.body.toString())).toEqual({ input: change, requestKey: 'key-1' })
    say({ code: 'OK', data: { ...archive, patid: 'P2' } })
    expect(await port.archives.update?.(change, 'key-1')).toMatchObject({ cause: 'contradiction-patid' })
    const { port: without } = connect({ without: ['archives.update'] })
    expect(Object.keys(without.archives)).toEqual(['find', 'create'])
  })

  test('a group with a hole is refused at start', () => {
    expect(() => connect({ without: ['deposits.status'] })).toThrow(HisConfigError)
    expect(() => connect({ groups: ['cards'] })).toThrow('operations.archives.find')
  })

  test('a mapped operation comes before the wire’s', async () => {
    const { his, port } = connect({
      mapping: {
        reply: { code: 'errcode', ok: ['0'] },
        operations: {
          'cards.bind': {
            call: { path: '/legacy/bindCard', method: 'PUT' },
            request: { id: '{patid}', no: '{requestKey}' },
          },
        },
      },
    })
    his.answer(() => '{"errcode":0}')
    const bound = await port.cards.bind({ patid: 'P1', healthCardId: 'C', qrCodeText: 'C:1' }, 'k')
    expect(bound).toEqual({ kind: 'yes', value: undefined })
    expect(his.last).toMatchObject({ method: 'PUT', url: 'http://his.test/api/legacy/bindCard' })
    expect(JSON.parse(his.last.body.toString())).toEqual({ id: 'P1', no: 'k' })
  })

  test('every operation of the port can be offered', () => {
    const groups = [...new Set(ALL_OPERATIONS.map(([name]) => name.split('.')[0] as 'archives'))]
    const all = groups.filter((group) => !['probe', 'deductions'].includes(group))
    const { port } = connect({ groups: all })
    expect(Object.keys(port).toSorted()).toEqual([...all, 'probe'].toSorted())
  })
})
