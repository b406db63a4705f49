import { describe, expect, test } from 'vitest'
import { testRestHis } from '../rest/test-rest-his.ts'

const LI = 'P100001'

function atDesk() {
  const his = testRestHis()
  const { app } = his.simulator
  const open = async (url: string) => {
    const { statusCode, body } = await app.inject({ url })
    return { statusCode, body }
  }
  const submit = (form: string, fields: Readonly<Record<string, string>>, headers: object = {}, patid = LI) =>
    app.inject({
      ...{ method: 'POST', url: `/desk/archives/${patid}/${form}` },
      headers: { 'content-type': 'application/x-www-form-urlencoded', host: '127.0.0.1:9104', ...headers },
      payload: new URLSearchParams(fields).toString(),
    })
  return { ...his, open, submit }
}

test('the desk finds people by any part of a name or a number', async () => {
  const { open } = atDesk()
  const found = async (query: string) => {
    const { body } = await open(`/?q=${encodeURIComponent(query)}`)
    return body.match(/\/desk\/archives\/P\d+/g) ?? []
  }
  expect((await found('')).length).toBe(30)
  expect(await found('孙桂珍')).toHaveLength(3)
  expect(await found('01199001012210'.slice(2))).toEqual([`/desk/archives/${LI}`])
  expect(await found('p100001')).toEqual([`/desk/archives/${LI}`])
  expect((await open('/?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E4%B8%AA%E4%BA%BA')).body).toContain('没有找到')
})

test('money put in at the desk is there for the gateway, in the day’s bill too', async () => {
  const { open, submit, ask } = atDesk()
  const done = await submit('charge', { yuan: '12.30', channel: 'wechat', paymentNumber: 'ZY-TEST-1' })
  expect([done.statusCode, done.headers.location]).toEqual([303, `/desk/archives/${LI}?done=charge`])
  expect((await open(String(done.headers.location))).body).toContain('已充值')
  expect((await ask('balances/of', { patid: LI })).data.totalFen).toBe(81_230)
  const bill = (await ask('bills/page', { day: '2026-11-23' })).data
  expect(bill.rows).toContainEqual(expect.objectContaining({ paymentNumber: 'ZY-TEST-1', amountFen: 1_230 }))
  await submit('charge', { yuan: '1', channel: 'cash' })
  expect((await open(`/desk/archives/${LI}`)).body).toMatch(/现金<\/td><td[^>]*>1\.00</)
})

test('a locked amount is held back with its reason, a hold is shown', async () => {
  const { open, submit, ask } = atDesk()
  await submit('lock-amount', { yuan: '100', reason: '住院押金' })
  await ask('deposits/hold', { patid: LI, amountFen: 12_345 }, 'h1')
  const { body } = await open(`/desk/archives/${LI}`)
  expect(body).toContain('住院押金')
  expect(body).toMatch(/123\.45<\/td><td>已冻结/)
  expect((await ask('balances/of', { patid: LI })).data).toMatchObject({
    ...{ totalFen: 80_000, refundableFen: 80_000 - 10_000 - 12_345 },
  })
})

test('a fee and a report from the desk reach the gateway', async () => {
  const { submit, ask, open } = atDesk()
  await submit('add-fee', { yuan: '45', title: '检查费', item: '腹部彩超' })
  const fees = (await ask('fees/pending', { patid: LI })).data
  expect(fees).toContainEqual(expect.objectContaining({ title: '检查费', amountFen: 4_500 }))
  await submit('add-report', { title: '腹部彩超', findings: '肝脏大小正常。', conclusion: '' })
  const days = { from: '2026-11-23', to: '2026-11-23' }
  const [report] = (await ask('reports/list', { kind: 'examination', patid: LI, ...days })).data
  expect(report.title).toBe('腹部彩超')
  const { reportId } = report
  expect((await ask('reports/detail', { kind: 'examination', patid: LI, reportId })).data.sections).toEqual([
    { title: '检查所见', text: '肝脏大小正常。' },
    { title: '检查结论', text: '未见明显异常。' },
  ])
  expect((await open(`/desk/archives/${LI}`)).body).toContain('腹部彩超')
})

test('a phone that nobody confirmed stays at the desk until a clerk confirms it', async () => {
  const { submit, ask, open } = atDesk()
  const person = {
    ...{ name: '王芳', idType: '01', idNumber: '330102199211084220', gender: '女', birthday: '1992-11-08' },
    ...{ phone: '13800000011', verified: false },
  }
  const { patid } = (await ask('archives/create', person, 'k1')).data
  const query = { idType: '01', idNumbers: [person.idNumber], name: person.name }
  const phone = async () => (await ask('archives/find', query)).data[0].phone
  expect(await phone()).toBeUndefined()
  expect((await open(`/desk/archives/${patid}`)).body).toMatch(/未核对的手机.*13800000011.*已核对手机号/s)
  expect((await submit('confirm-phone', {}, {}, patid)).statusCode).toBe(303)
  expect(await phone()).toBe('13800000011')
  expect((await open(`/desk/archives/${patid}?done=confirm-phone`)).body).not.toContain('未核对的手机')
})

test('a booked patient is marked as seen; that of another archive is not', async () => {
  const { submit, ask, open } = atDesk()
  const query = { departmentId: 'D0101', from: '2026-11-23', to: '2026-11-26' }
  const slots = (await ask('schedules/slots', query)).data as { slotId: string; remaining: number }[]
  const free = slots.find(({ remaining }) => remaining > 0)
  const { lockId, feeFen: amountFen } = (
    await ask('appointments/lock', { slotId: free?.slotId, patid: LI }, 'l1')
  ).data
  const payment = { paymentNumber: 'ZY1', channelNumber: '42', amountFen, paidAt: '2026-11-23T01:00:00Z' }
  const { appointmentId } = (await ask('appointments/book', { lockId, patid: LI, payment }, 'b1')).data
  expect((await submit('mark-visited', { appointmentId }, {}, 'P100002')).statusCode).toBe(400)
  expect((await submit('mark-visited', { appointmentId })).statusCode).toBe(303)
  expect((await ask('appointments/status', { forRequestKey: 'b1' })).data.state).toBe('visited')
  expect((await open(`/desk/archives/${LI}`)).body).toContain('已就诊')
})

test('departments and their slots', async () => {
  const { open } = atDesk()
  expect((await open('/desk/slots')).body).toContain('心血管内科')
  const { body } = await open('/desk/slots?departmentId=D0101')
  expect(body).toMatch(/上午|下午/)
})

describe('refused', () => {
  test.each(['0', '-5', '12.345', 'abc', ''])('an amount of "%s"', async (yuan) => {
    const { submit, ask } = atDesk()
    const reply = await submit('charge', { yuan })
    expect(reply.statusCode).toBe(400)
    expect(reply.body).toContain('金额应为大于零的元')
    expect((await ask('balances/of', { patid: LI })).data.totalFen).toBe(80_000)
  })

  test('another site, an unknown archive, an unknown form', async () => {
    const { submit, open } = atDesk()
    const status = async (origin: string) => (await submit('charge', { yuan: '1' }, { origin })).statusCode
    expect([await status('https://evil.example'), await status('null')]).toEqual([403, 403])
    expect(await status('http://127.0.0.1:9104')).toBe(303)
    expect((await submit('charge', { yuan: '1' }, {}, 'P0')).statusCode).toBe(404)
    expect((await submit('constructor', {})).statusCode).toBe(404)
    expect((await open('/desk/archives/P0')).statusCode).toBe(404)
  })

  test('markup in what people typed stays text', async () => {
    const { submit, open } = atDesk()
    await submit('add-fee', { yuan: '1', title: '<script>alert(1)</script>' })
    expect((await open(`/desk/archives/${LI}`)).body).not.toContain('<script>alert')
    expect((await open('/?q=%22%3E%3Cimg%3E')).body).not.toContain('"><img>')
  })
})
