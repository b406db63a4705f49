import type { Fen } from '@zhangyi/core'
import { createRestHis, type HisGroup } from '@zhangyi/his'
import { describe, expect, test } from 'vitest'
import { buildHisRestSimulator } from './rest/build-his-rest-simulator.ts'
import type { RefundMode } from './shared-hospital.ts'
import { checkAdapter, openHis } from './through-test-support.ts'

interface Credentials {
  readonly keyId: string
  readonly secret: string
  readonly groups: readonly HisGroup[]
}

async function connect(refunds: RefundMode = 'two-phase', secret?: string) {
  const his = await openHis(buildHisRestSimulator, refunds)
  const credentials = his.simulator.credentials as unknown as Credentials
  const port = createRestHis({
    baseUrl: 'http://his.test',
    groups: credentials.groups,
    without: refunds === 'single-step-without-reversal' ? ['deductions.reverse'] : [],
    auth: { kind: 'hmac', keyId: credentials.keyId, secret: secret ?? credentials.secret },
    fetch: his.fetch,
    clock: his.clock,
  })
  return { ...his, port }
}

const hold = { patid: 'P100001', depositId: undefined, amount: 100 as Fen }

describe('the REST adapter against a HIS over the wire', () => {
  test.each(['http-500-after', 'malformed-json', 'garbled-charset'])(
    'passes the kit; replies lost by %s',
    async (lostBy) => {
      const his = await connect()
      const { failed, notOffered, passed } = await checkAdapter(his.port, his, lostBy)
      expect(failed).toEqual([])
      expect(notOffered.filter((name) => !name.startsWith('deductions.'))).toEqual([])
      expect(passed).toBeGreaterThan(60)
    },
  )

  test('passes the kit where the HIS deducts in one step', async () => {
    const his = await connect('single-step')
    const { failed, notOffered } = await checkAdapter(his.port, his, 'http-500-after')
    expect(failed).toEqual([])
    expect(notOffered.filter((name) => !name.startsWith('deposits.'))).toEqual([])
  })

  test('a deduction without a reversal is offered without one', async () => {
    const { port } = await connect('single-step-without-reversal')
    expect(Object.keys(port.deductions ?? {})).toEqual(['deduct', 'status'])
  })

  test('a wrong secret: nothing is done and nothing is concluded', async () => {
    const { port } = await connect('two-phase', 'wrong')
    expect(await port.deposits?.hold(hold, 'k')).toEqual({ kind: 'unknown', cause: 'http-401' })
    await expect(port.probe()).rejects.toMatchObject({ kind: 'unavailable', code: 'http-401' })
  })

  test.each([
    ['busy', { kind: 'unknown', cause: 'busy' }],
    ['his-maintenance', { kind: 'unknown', cause: 'malformed' }],
    ['http-502', { kind: 'unknown', cause: 'http-502' }],
    ['duplicate-answer', { kind: 'no', code: 'duplicate' }],
  ])('%s, then the same key again: held once', async (kind, outcome) => {
    const { port, simulator } = await connect()
    const [archive] = await port.archives.find({
      idType: '01',
      idNumbers: ['330102199001012210'],
      name: '李明华',
    })
    const request = { ...hold, patid: String(archive?.patid) }
    const before = await port.balances?.of(request.patid)
    simulator.faults.order({ kind, operation: 'deposits.hold', times: 1 })
    expect(await port.deposits?.hold(request, 'k-1')).toMatchObject(outcome)
    expect(await port.deposits?.hold(request, 'k-1')).toMatchObject({ kind: 'yes' })
    const after = await port.balances?.of(request.patid)
    expect(Number(before?.available) - Number(after?.available)).toBe(100)
  })
})
