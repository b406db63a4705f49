import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@zhangyi/core'
import { Command } from 'commander'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { addCaseCommands } from '../../apps/cli/src/commands/refunds-cases.ts'
import { createTestDatabase, type TestDatabase } from '../setup/test-database.ts'
import { openRefunds, type Patient, type RefundsRig } from './refunds-rig.ts'

const PAGE = '/console/refunds'
type Operator = Awaited<ReturnType<RefundsRig['operator']>>

let database: TestDatabase
let rig: RefundsRig
let user: Patient
let wang: Operator
/** Refunds that their patients did not confirm: by query they are closed. */
let closed: Awaited<ReturnType<typeof leave>>[]
beforeAll(async () => {
  database = await createTestDatabase()
  rig = await openRefunds({ made: database })
  user = await rig.signIn()
  closed = []
  for (const balanceFen of [38_650, 150_000, 4_000]) closed.push(await leave(balanceFen))
  await rig.pass(DAY_MS + 2 * HOUR_MS, 2 * HOUR_MS)
  wang = await rig.operator('王会计')
})
afterAll(() => rig.close())

async function leave(balanceFen: number) {
  const patient = await rig.newPatient({ name: '赵未领', balanceFen })
  const { body } = await user.refundByFace(patient)
  return { patid: patient.patid, caseId: body.id, legId: body.legs[0]?.id ?? '' }
}

function oneSided(index: number) {
  const one = closed[index]
  if (!one) throw new Error('no such refund')
  return one
}

const follow = (operator: Operator, { to }: { readonly to: string }) => operator.page(to)

test('without a sign-in there is only the door, and a form from elsewhere does nothing', async () => {
  for (const path of [PAGE, `${PAGE}?case=case_x`]) {
    const { statusCode, headers } = await rig.app.http.inject({ url: path })
    expect([statusCode, headers.location]).toEqual([303, '/console/sign-in?back=%2Fconsole%2Frefunds'])
  }
  const foreign = await wang.send(`${PAGE}/stop`, { reason: '外来的' }, 'https://elsewhere.example')
  expect(foreign.status).toBe(403)
  expect((await wang.page(PAGE)).body).not.toContain('已停付')
})

test('what needs a person is on the first page; a reissue through the form follows the rules of the interface', async () => {
  const { caseId, legId } = oneSided(0)
  const first = await wang.page(PAGE)
  expect(first.status).toBe(200)
  expect(first.body).toContain('单边订单（已失效，可重发）')
  expect(first.body).toContain(`case=${caseId}`)
  expect(first.body).toContain('386.50')
  expect(first.body).toContain('赵*领')
  expect(first.body).not.toContain('赵未领')

  const fields = { case: caseId, leg: legId }
  const short = await wang.send(`${PAGE}/legs/reissue`, { ...fields, reason: ' ' })
  expect([short.status, short.body.includes('请写原因，至少两个字')]).toEqual([400, true])
  const reason = '<script>alert(1)</script>患者没有确认'
  const done = await follow(wang, await wang.send(`${PAGE}/legs/reissue`, { ...fields, reason }))
  expect(done.body).toContain('已用新订单号发起')
  expect(done.body).toContain('接替')
  // Text is text, whoever typed it.
  expect(done.body).not.toContain('<script>')
  expect(done.body).toContain('&#60;script&#62;alert(1)')

  const twice = await wang.send(`${PAGE}/legs/reissue`, { ...fields, reason: '再来一次' })
  expect([twice.status, twice.body.includes('这笔退款不是单边订单')]).toEqual([409, true])
  expect((await user.case(caseId)).legs).toMatchObject([{ phase: 'to-receive' }])

  // Each number is reminded of anew: twice of the first, and so far once of the second.
  await rig.pass(2 * HOUR_MS + 10 * MINUTE_MS, 65 * MINUTE_MS)
  expect((await wang.page(`${PAGE}?case=${caseId}`)).body.split('提醒接收')).toHaveLength(4)

  const [newest] = await rig.asOwner<{ number: string }>(
    `SELECT a.number FROM payment_attempt a JOIN refund_leg l ON l.payout_id = a.transfer_id WHERE l.id = '${legId}'`,
  )
  for (const number of [caseId, legId, newest?.number ?? ''])
    expect((await wang.page(`${PAGE}?number=${number}`)).status, number).toBe(302)
  expect((await wang.page(`${PAGE}?number=ZY404`)).body).toContain('没有这个退款单号')
  expect((await wang.page(`${PAGE}?case=case_x`)).status).toBe(404)
})

test('above the amount the form says that a second person is needed, and only that one may agree', async () => {
  const { caseId, legId } = oneSided(1)
  const fields = { case: caseId, leg: legId }
  expect((await wang.page(`${PAGE}?case=${caseId}`)).body).toContain('提交后要另一位同事复核')
  const asked = await wang.send(`${PAGE}/legs/reissue`, { ...fields, reason: '患者出院没看到' })
  const waiting = await follow(wang, asked)
  expect(waiting.body).toContain('等另一位同事复核')
  expect(waiting.body).not.toContain('/legs/decide')
  const own = await wang.send(`${PAGE}/legs/decide`, { ...fields, agrees: '1' })
  expect([own.status, own.body.includes('复核的人不能是申请的人')]).toEqual([409, true])

  const li = await rig.operator('李会计')
  expect((await li.page(PAGE)).body).toContain('王会计：患者出院没看到')
  const agreed = await follow(li, await li.send(`${PAGE}/legs/decide`, { ...fields, agrees: '1' }))
  expect(agreed.body).toContain('复核同意')
  expect((await user.case(caseId)).legs).toMatchObject([{ phase: 'to-receive' }])
})

test('given back through the form; a refund that is abnormal goes to a bank card, which is shown to nobody', async () => {
  const { caseId, legId, patid } = oneSided(2)
  const back = await follow(wang, await wang.send(`${PAGE}/legs/give-back`, { case: caseId, leg: legId }))
  expect(back.body).toContain('已退回患者的门诊余额')
  expect(rig.his().balanceOf(patid)).toMatchObject({ total: 4_000, available: 4_000 })

  const patient = await rig.newPatient()
  await rig.recharge(patient.patid, 3_000, { person: 'payer-abnormal' })
  const patientId = await user.link(patient)
  const { body } = await user.originalOrders(patientId)
  rig.fault('refund-abnormal')
  const stuck = await user.applyOriginal(patientId, [{ orderId: body.orders[0]?.id ?? '', amountFen: 3_000 }])
  await rig.pass(10 * MINUTE_MS)
  const fields = { case: stuck.body.id, leg: stuck.body.legs[0]?.id ?? '' }
  expect((await wang.page(PAGE)).body).toContain('退款异常：原来的账户收不了')
  const card = '6222021234567890123'
  const wrong = await wang.send(`${PAGE}/legs/abnormal`, { ...fields, bankType: '工行', bankAccount: card })
  expect([wrong.status, wrong.body.includes('银行代码是微信的大写代码')]).toEqual([400, true])
  const sent = await wang.send(`${PAGE}/legs/abnormal`, {
    ...{ ...fields, bankType: 'ICBC_DEBIT', bankAccount: '6222 0212 3456 7890 123' },
  })
  expect((await follow(wang, sent)).body).toContain('改退到患者的银行卡')
  for (const text of [wrong.body, sent.body, sent.to, ...rig.logLines]) expect(text).not.toContain(card)
})

test('funds are noted in yuan, and the stop switch stands on every view until it is lifted', async () => {
  const noted = await wang.send(`${PAGE}/funds/balance`, { balance: '1,234.5' })
  expect((await follow(wang, noted)).body).toContain('1,234.50 元 · 人工登记')
  expect((await wang.send(`${PAGE}/funds/top-up`, { amount: '十元' })).body).toContain('金额写成元')
  await wang.send(`${PAGE}/stop`, { reason: '账实不符，先停' })
  expect((await wang.page(PAGE)).body).toContain('王会计：账实不符，先停')
  await wang.send(`${PAGE}/resume`, {})
  expect((await wang.page(PAGE)).body).not.toContain('账实不符')
})

test('the command line shows the same, masked', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'zhangyi-cli-'))
  writeFileSync(join(dataDir, 'url'), database.appUrl)
  writeFileSync(join(dataDir, 'data-key'), 'ab'.repeat(32))
  vi.stubEnv('ZHANGYI_DATABASE_URL_FILE', join(dataDir, 'url'))
  vi.stubEnv('ZHANGYI_DATA_DIR', dataDir)
  let output = ''
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    output += String(text)
    return true
  })
  const run = (...args: readonly string[]) => {
    const program = new Command().exitOverride()
    addCaseCommands(program)
    return program.parseAsync(['node', 'refunds', ...args])
  }
  try {
    await run('one-sided')
    await run('show', oneSided(2).legId)
    await expect(run('show', 'ZY404')).rejects.toThrow('没有退款单号或商户单号')
  } finally {
    spy.mockRestore()
    vi.unstubAllEnvs()
  }
  expect(output).toContain('没有单边订单')
  expect(output).toMatch(/人脸核验退款　赵\*领，卡尾号 \d{4}　40.00 元/)
  expect(output).toContain('人工退回余额　王会计')
})
