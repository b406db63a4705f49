import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@zhangyi/core'
import { expect, test } from 'vitest'
import {
  callbackReceiver,
  isGenuine,
  openResource,
  type TestMerchant,
  testMerchant,
  transferBody,
} from '../test-merchant.ts'

const BILLS = '/v3/fund-app/mch-transfer/transfer-bills'

function transfers(merchant: TestMerchant) {
  const { call, me } = merchant
  const create = (no: string, change: object = {}) =>
    call('POST', BILLS, transferBody(me, no, change), { headers: { 'wechatpay-serial': me.publicKeyId } })
  const query = (no: string) => call('GET', `${BILLS}/out-bill-no/${no}`)
  const state = async (no: string) => (await query(no)).json().state
  const cancel = (no: string) => call('POST', `${BILLS}/out-bill-no/${no}/cancel`)
  const confirmPage = (packageInfo: string, person?: string, change: object = {}) => ({
    open: () => merchant.page('GET', '/sandbox/confirm-receipt', form(packageInfo, change), person),
    press: (choice: string) =>
      merchant.page('POST', '/sandbox/confirm-receipt', { ...form(packageInfo, change), choice }, person),
  })
  const form = (packageInfo: string, change: object) => ({
    ...{ package: packageInfo, mchId: me.mchid, appId: me.appid },
    ...change,
  })
  return { create, query, state, cancel, confirmPage }
}

test('created, confirmed by the patient, paid, told', async () => {
  const merchant = testMerchant()
  const { me, act, clock, decrypt, encrypt } = merchant
  const { create, query, state, confirmPage } = transfers(merchant)
  const { url, received } = await callbackReceiver()
  const reply = await create('T1', { user_name: encrypt('李明华'), notify_url: url })
  expect(reply.statusCode).toBe(200)
  const created = reply.json()
  expect(created).toMatchObject({ out_bill_no: 'T1', state: 'WAIT_USER_CONFIRM' })
  expect(created.create_time).toBe('2026-11-23T10:00:00+08:00')
  expect(await act('accounts')).toMatchObject({ OPERATION: 5_000_000 - 12_345, locked: 12_345 })

  const asked = (await query('T1')).json()
  expect(asked).toMatchObject({
    ...{ mch_id: me.mchid, out_bill_no: 'T1', appid: me.appid, openid: me.openid },
    ...{ transfer_amount: 12_345, transfer_remark: '门诊预交金退款', state: 'WAIT_USER_CONFIRM' },
  })
  expect(asked).not.toHaveProperty('package_info')
  expect(decrypt(asked.user_name)).toBe('李明华')
  const byId = await merchant.call('GET', `${BILLS}/transfer-bill-no/${created.transfer_bill_no}`)
  expect(byId.json().out_bill_no).toBe('T1')

  const { open, press } = confirmPage(created.package_info)
  expect((await open()).body).toContain('￥123.45')
  expect((await press('back')).body).toContain('尚未收款')
  await press('confirm')
  expect(await state('T1')).toBe('TRANSFERING')
  clock.advance(SECOND_MS)
  expect(await state('T1')).toBe('SUCCESS')
  expect(await act('accounts')).toMatchObject({ OPERATION: 5_000_000 - 12_345, locked: 0 })
  expect((await open()).body).toContain('你已收款')

  await act('deliver-due')
  const [told] = received
  expect(received).toHaveLength(1)
  if (!told) throw new Error('no callback')
  expect(isGenuine(me, told.headers, told.body)).toBe(true)
  expect(told.envelope.event_type).toBe('MCHTRANSFER.BILL.FINISHED')
  expect(told.envelope.resource.original_type).toBe('mch_payment')
  expect(JSON.parse(openResource(told.envelope.resource, me.apiV3Key))).toMatchObject({
    ...{ mch_id: me.mchid, out_bill_no: 'T1', state: 'SUCCESS', transfer_amount: 12_345, openid: me.openid },
  })
  expect(await act('prove')).toMatchObject({ paidPerOutBillNo: { T1: 12_345 }, violations: [] })
})

test('the same number: idempotent with a fresh package, refused with other data', async () => {
  const merchant = testMerchant()
  const { create, confirmPage } = transfers(merchant)
  const named = () => ({ user_name: merchant.encrypt('李明华') })
  const first = (await create('T2', named())).json()
  const second = (await create('T2', named())).json()
  expect(second).toEqual({ ...first, package_info: expect.any(String) })
  expect(second.package_info).not.toBe(first.package_info)
  expect((await confirmPage(first.package_info).open()).body).toContain('信息有误')
  expect((await confirmPage(second.package_info).open()).statusCode).toBe(200)
  for (const change of [{ transfer_amount: 12_346, ...named() }, { user_name: merchant.encrypt('王芳') }]) {
    const reply = await create('T2', change)
    expect(reply.json()).toMatchObject({
      code: 'INVALID_REQUEST',
      message: expect.stringContaining('不一致'),
    })
  }
  merchant.fault('retry-expired')
  expect((await create('T2', named())).json().message).toContain('已过重试有效期')
  expect(await merchant.act('accounts')).toMatchObject({ locked: 12_345 })
})

test.each([
  ['an unknown field', { transfer_sence_id: '1011' }, 'PARAM_ERROR'],
  ['a null', { notify_url: null }, 'PARAM_ERROR'],
  ['a hyphen in the number', { out_bill_no: 'a-b' }, 'PARAM_ERROR'],
  ['9 fen', { transfer_amount: 9 }, 'INVALID_REQUEST'],
  ["more than the console's limit", { transfer_amount: 2_000_001 }, 'INVALID_REQUEST'],
  ['2,000 yuan without a name', { transfer_amount: 200_000 }, 'INVALID_REQUEST'],
  ['an unknown scene', { transfer_scene_id: '9999' }, 'INVALID_REQUEST'],
  ['another perception', { user_recv_perception: '工资' }, 'INVALID_REQUEST'],
  [
    'a report text that is not exact',
    { transfer_scene_report_infos: [{ info_type: '赔付原因 ', info_content: 'x' }] },
    'PARAM_ERROR',
  ],
  ["another app's openid", { openid: 'o-mpac-lihua' }, 'INVALID_REQUEST'],
  ['a name that was not encrypted', { user_name: '李明华' }, 'PARAM_ERROR'],
])('%s is refused and nothing is locked', async (_what, change, code) => {
  const merchant = testMerchant()
  const { create, query } = transfers(merchant)
  const reply = await create('T3', change)
  expect([reply.statusCode, reply.json().code]).toEqual([400, code])
  expect((await query('T3')).json().code).toBe('NOT_FOUND')
  expect(await merchant.act('accounts')).toMatchObject({ locked: 0, OPERATION: 5_000_000 })
})

test('a name needs 30 fen, and the header that names its key', async () => {
  const merchant = testMerchant()
  const { create } = transfers(merchant)
  const user_name = merchant.encrypt('李明华')
  expect((await create('T4', { transfer_amount: 29, user_name })).json().code).toBe('INVALID_REQUEST')
  expect((await create('T5', { transfer_amount: 30, user_name })).statusCode).toBe(200)
  const body = transferBody(merchant.me, 'T6', { user_name })
  const serial = String(merchant.me.platformCertificates[0]?.serial)
  for (const headers of [{}, { 'wechatpay-serial': serial }]) {
    const reply = await merchant.call('POST', BILLS, body, { headers })
    expect(reply.json()).toMatchObject({
      code: 'PARAM_ERROR',
      message: expect.stringContaining('Wechatpay-Serial'),
    })
  }
})

test('another WeChat, a wrong merchant and a wrong name do not get the money', async () => {
  const merchant = testMerchant()
  const { create, query, confirmPage } = transfers(merchant)
  const { package_info } = (await create('T7', { user_name: merchant.encrypt('王小明') })).json()
  expect((await confirmPage(package_info, 'wangfang').open()).body).toContain(
    '你的微信号与商家指定的收款微信号不一致',
  )
  expect((await confirmPage(package_info, 'lihua', { mchId: '1' }).open()).body).toContain('商户号错误')
  expect((await confirmPage(package_info, 'lihua', { appId: 'wx1' }).open()).body).toContain('转账单号错误')
  const mangled = package_info.replaceAll('+', ' ')
  expect((await confirmPage(mangled).open()).body).toContain('信息有误')
  expect((await confirmPage(package_info).press('confirm')).body).toContain('姓名不一致')
  expect((await query('T7')).json()).toMatchObject({ state: 'FAIL', fail_reason: 'NAME_NOT_CORRECT' })
  expect(await merchant.act('accounts')).toMatchObject({ OPERATION: 5_000_000, locked: 0 })
})

test('closing comes later than 24 hours, and the patient may confirm until then', async () => {
  const merchant = testMerchant()
  const { create, state, query } = transfers(merchant)
  await create('T8')
  await create('T9')
  merchant.clock.advance(24 * HOUR_MS + 47 * MINUTE_MS)
  expect(await state('T8')).toBe('WAIT_USER_CONFIRM')
  await merchant.act('confirm-transfer', { outBillNo: 'T9' })
  merchant.clock.advance(MINUTE_MS)
  expect((await query('T8')).json()).toMatchObject({
    ...{ state: 'FAIL', fail_reason: 'OVERDUE_CLOSE', update_time: '2026-11-24T10:48:00+08:00' },
  })
  expect(await state('T9')).toBe('SUCCESS')
  expect(await merchant.act('accounts')).toMatchObject({ OPERATION: 5_000_000 - 12_345, locked: 0 })
})

test('cancel and confirm race: the first one counts, and the fault lets the confirm win late', async () => {
  const merchant = testMerchant()
  const { create, cancel, state } = transfers(merchant)
  const confirm = (outBillNo: string) => merchant.act('confirm-transfer', { outBillNo })
  for (const no of ['C1', 'C2', 'C3']) await create(no)

  expect((await cancel('C1')).json()).toMatchObject({ out_bill_no: 'C1', state: 'CANCELING' })
  expect(await confirm('C1')).toEqual({ result: 'not-waiting', state: 'CANCELING' })
  await confirm('C2')
  expect((await cancel('C2')).json().code).toBe('INVALID_REQUEST')
  merchant.fault('confirm-wins', 'cancel-transfer')
  expect((await cancel('C3')).json().state).toBe('CANCELING')
  merchant.clock.advance(SECOND_MS)
  expect([await state('C1'), await state('C2'), await state('C3')]).toEqual([
    ...['CANCELLED', 'SUCCESS', 'TRANSFERING'],
  ])
  merchant.clock.advance(SECOND_MS)
  expect(await state('C3')).toBe('SUCCESS')
  expect((await cancel('C1')).json().state).toBe('CANCELLED')
  expect((await cancel('C9')).json().code).toBe('NOT_FOUND')
  expect(await merchant.act('accounts')).toMatchObject({ OPERATION: 5_000_000 - 2 * 12_345, locked: 0 })
})

test('no funds: refused, or accepted and stuck until a top-up', async () => {
  const merchant = testMerchant()
  const { create, state, query, cancel } = transfers(merchant)
  await merchant.act('set-balance', { account: 'OPERATION', amountFen: 100 })
  const refused = await create('N1')
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'NOT_ENOUGH'])
  expect((await query('N1')).json().code).toBe('NOT_FOUND')
  await merchant.act('settings', { whenNotEnough: 'accept' })
  expect((await create('N2')).json()).not.toHaveProperty('package_info')
  await merchant.act('settings', { whenNotEnough: 'processing' })
  expect((await create('N3')).json().state).toBe('PROCESSING')
  await create('N4')
  await cancel('N4')
  expect([await state('N2'), await state('N3')]).toEqual(['ACCEPTED', 'PROCESSING'])
  await merchant.act('top-up', { account: 'OPERATION', amountFen: 12_345 })
  expect([await state('N2'), await state('N3')]).toEqual(['WAIT_USER_CONFIRM', 'PROCESSING'])
  expect((await create('N2')).json().package_info).toBeDefined()
  merchant.clock.advance(25 * HOUR_MS)
  // The first one was not confirmed either, so its money came back, too late for the second.
  expect([await state('N2'), await state('N3'), await state('N4')]).toEqual(['FAIL', 'FAIL', 'CANCELLED'])
})

test('a stay until posted again, a window without a find, and the end of the query window', async () => {
  const merchant = testMerchant()
  const { create, state, query } = transfers(merchant)
  for (const [kind, stuck] of [
    ['stay-accepted', 'ACCEPTED'],
    ['stay-processing', 'PROCESSING'],
  ] as const) {
    merchant.fault(kind)
    expect((await create(stuck)).json().state).toBe(stuck)
    merchant.clock.advance(HOUR_MS)
    expect(await state(stuck)).toBe(stuck)
    expect((await create(stuck)).json().state).toBe('WAIT_USER_CONFIRM')
  }
  merchant.fault('not-found-window', 'create-transfer', { delayMs: 90_000 })
  await create('W1')
  expect((await query('W1')).json().code).toBe('NOT_FOUND')
  merchant.clock.advance(90_000)
  expect(await state('W1')).toBe('WAIT_USER_CONFIRM')
  merchant.clock.advance(30 * DAY_MS)
  expect((await query('W1')).json().code).toBe('NOT_FOUND')
})

test('a receipt is made for a paid transfer with a name, and its file matches the hash', async () => {
  const merchant = testMerchant()
  const { create } = transfers(merchant)
  const path = '/v3/fund-app/mch-transfer/elecsign/out-bill-no'
  const ask = (out_bill_no: string) => merchant.call('POST', path, { out_bill_no })
  await create('R1', { user_name: merchant.encrypt('李明华') })
  expect((await ask('R1')).json().code).toBe('INVALID_REQUEST')
  for (const no of ['R1', 'R2']) {
    if (no === 'R2') await create(no)
    await merchant.act('confirm-transfer', { outBillNo: no })
  }
  merchant.clock.advance(SECOND_MS)
  expect((await ask('R2')).json().code).toBe('INVALID_REQUEST')
  expect((await merchant.call('GET', `${path}/R1`)).json().code).toBe('NOT_FOUND')
  expect((await ask('R1')).json().state).toBe('GENERATING')
  merchant.clock.advance(MINUTE_MS)
  const done = (await merchant.call('GET', `${path}/R1`)).json()
  expect(done).toMatchObject({ state: 'FINISHED', hash_type: 'SHA256' })
  const { pathname, search } = new URL(done.download_url)
  const file = await merchant.call('GET', `${pathname}${search}`)
  expect(file.headers['wechatpay-signature']).toBeUndefined()
  expect(file.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
  const { createHash } = await import('node:crypto')
  expect(createHash('sha256').update(file.rawPayload).digest('hex')).toBe(done.hash_value)
  merchant.clock.advance(10 * MINUTE_MS)
  expect((await merchant.call('GET', `${pathname}${search}`)).statusCode).toBe(400)
})

test('a scene named like a member of every object is an unknown scene', async () => {
  const reply = await transfers(testMerchant()).create('P1', { transfer_scene_id: 'constructor' })
  expect([reply.statusCode, reply.json().code]).toEqual([400, 'INVALID_REQUEST'])
})

test('a call that was delayed finds what time has done meanwhile', async () => {
  const merchant = testMerchant()
  const { create, cancel, query } = transfers(merchant)
  await create('D1')
  merchant.clock.advance(24 * HOUR_MS + 46 * MINUTE_MS)
  // The delay is over when this promise is: between the two lines the call has come in and waits.
  merchant.fault('delay', 'cancel-transfer', { delayMs: 30 })
  const arrived = new Promise<void>((resolve) => {
    const take = merchant.simulator.faults.take.bind(merchant.simulator.faults)
    merchant.simulator.faults.take = (kind, operation) => {
      if (kind === 'delay') resolve()
      return take(kind, operation)
    }
  })
  const late = cancel('D1')
  await arrived
  merchant.clock.advance(4 * MINUTE_MS)
  expect((await late).json().code).toBe('INVALID_REQUEST')
  expect((await query('D1')).json()).toMatchObject({ state: 'FAIL', fail_reason: 'OVERDUE_CLOSE' })
})

test('a payee whose name differs does not win against a cancel', async () => {
  const merchant = testMerchant()
  const { create, cancel, state } = transfers(merchant)
  await create('Q1', { user_name: merchant.encrypt('王小明') })
  merchant.fault('confirm-wins')
  await cancel('Q1')
  merchant.clock.advance(MINUTE_MS)
  expect(await state('Q1')).toBe('CANCELLED')
  expect(await merchant.act('accounts')).toMatchObject({ OPERATION: 5_000_000, locked: 0 })
})
