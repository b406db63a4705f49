import { DAY_MS, type HospitalId, isRealDate, shanghaiDay, systemClock } from '@zhangyi/core'
import {
  type ImportedBill,
  type ImportedRecharges,
  importRecharges,
  importTradeBill,
  loadHospitals,
  loadSettings,
  type RechargeDesk,
  type RefusedRow,
  readRechargeCsv,
  secretOpener,
  wechatPayClient,
} from '@zhangyi/server'
import type { Command } from 'commander'
import type { Wanted } from '../refunds/at-desk.ts'
import { readText, WHO, WHOSE, write } from '../refunds/command-parts.ts'
import { StartProblem } from '../start/start-problem.ts'
import { withDatabase } from '../start/with-database.ts'

/** WeChat keeps trade bills for three months. */
const MAX_DAYS = 92

export function addRechargeCommands(refunds: Command): void {
  refunds
    .command('import-recharges <文件>')
    .description('导入历史充值订单（CSV），此后可以原路退回；同一份文件可以再次导入')
    .addHelpText(
      'after',
      '\n表头：商户订单号,微信订单号,商户号,用户标识,付款金额(元),已退金额(元),付款时间\n用户标识可以空着；付款时间是北京时间，如 2026-03-01 09:30:00。',
    )
    .requiredOption(...WHO)
    .option(...WHOSE)
    .option(
      '--as-of <时间>',
      '文件是什么时候导出的，如 2026-11-28T08:00：账单里在这之前的退款已算在“已退金额”里；不填则账单里的退款都另外扣除',
    )
    .action(importFile)
  refunds
    .command('import-bill')
    .description('从微信支付交易账单导入充值订单和别处退过的金额；同一天可以再次导入')
    .requiredOption(...WHO)
    .option('--day <日期>', '年-月-日，昨天或更早，三个月以内')
    .option('--from <日期>', '年-月-日')
    .option('--to <日期>', '年-月-日，含这一天')
    .option(...WHOSE)
    .action(importBills)
}

/** The hospital and what importing needs, with the database of the settings. */
function atDesk<T>(
  { hospital: wanted }: Wanted,
  use: (desk: RechargeDesk, id: HospitalId) => Promise<T>,
): Promise<T> {
  const settings = loadSettings(process.env)
  if (settings.hospitalsFile === undefined)
    throw new StartProblem('请用 ZHANGYI_HOSPITALS_FILE 指出医院配置，才知道充值在哪个商户号上。')
  const hospitals = loadHospitals(settings.hospitalsFile)
  const hospital = wanted === undefined ? hospitals.all[0] : hospitals.find(wanted)
  if (!hospital) throw new StartProblem(`医院配置里没有 ${wanted}。`)
  if (!hospital.wechatPay) throw new StartProblem(`${hospital.name} 没有配置 wechatPay，没有可以退回的充值。`)
  const log = { info: () => {}, warn: () => {}, error: toStderr }
  return withDatabase(settings, (database) => {
    const platform = {
      ...{ settings, clock: systemClock, fetch, database, log },
      cipher: secretOpener(settings),
    }
    const clients = { wechatPay: wechatPayClient.bind(undefined, platform) }
    return use({ clients, clock: systemClock, database, hospitals }, hospital.id)
  })
}

interface FileOptions extends Wanted {
  readonly operator: string
  readonly asOf?: string
}

async function importFile(path: string, { operator, asOf, ...wanted }: FileOptions): Promise<void> {
  const asOfMs = asOf === undefined ? undefined : timeOf(asOf)
  const { rows, problems } = readRechargeCsv(readText(path))
  for (const { line, reason } of problems) write(`✗ 第 ${line} 行：${reason}`)
  if (rows.length > 0) {
    const options = { asOfMs, by: `operator:${operator}` }
    const result = await atDesk(wanted, (desk, id) =>
      desk.database.inTransaction(id, (tx) => importRecharges(tx, desk, rows, options)),
    )
    tell(result)
  }
  if (problems.length > 0) write(`${problems.length} 行读不出来，没有导入；改好之后可以再导入整份文件。`)
  if (problems.length > 0) process.exitCode = 1
}

interface BillOptions extends Wanted {
  readonly operator: string
  readonly day?: string
  readonly from?: string
  readonly to?: string
}

async function importBills({ operator, day, from, to, ...wanted }: BillOptions): Promise<void> {
  const days = daysOf(day ?? from, day ?? to)
  await atDesk(wanted, async (desk, id) => {
    for (const one of days) {
      const bill = await importTradeBill(desk, id, one, `operator:${operator}`).catch((error) => {
        const why = (error as { readonly zh?: string }).zh ?? (error as Error).message
        throw new StartProblem(`${one}：没有导入这一天（${why}）。前面的日子已经导入，可以从这一天接着导入。`)
      })
      tellBill(one, bill)
    }
  })
}

function tellBill(day: string, bill: ImportedBill): void {
  if (bill.kind === 'none') write(`${day}：没有交易。`)
  else if (bill.kind === 'creating') {
    write(`✗ ${day}：微信还没有做好账单，请在第二天 10 点之后再试。`)
    process.exitCode = 1
  } else {
    write(`${day}：别处退款新增 ${bill.otherRefunds} 笔，不是充值的 ${bill.left} 行。`)
    tell(bill)
  }
}

function tell({ imported, known, updated, refused }: ImportedRecharges): void {
  for (const one of refused) write(`✗ ${placeOf(one)}：${one.reason}`)
  write(
    `充值：新增 ${imported} 笔，已有 ${known} 笔，已退金额有变 ${updated} 笔，不能导入 ${refused.length} 笔。`,
  )
  if (refused.length > 0) process.exitCode = 1
}

function placeOf({ line, outTradeNo }: RefusedRow): string {
  return line === undefined ? outTradeNo : `第 ${line} 行`
}

function daysOf(from: string | undefined, to: string | undefined): readonly string[] {
  if (from === undefined || to === undefined || !isRealDate(from) || !isRealDate(to) || from > to)
    throw new StartProblem('请写 --day 2026-11-27，或者 --from 和 --to。')
  const yesterday = shanghaiDay(systemClock.nowMs() - DAY_MS)
  if (to > yesterday) throw new StartProblem(`最晚到昨天（${yesterday}）：当天还没有账单。`)
  const firstMs = Date.parse(from)
  const count = (Date.parse(to) - firstMs) / DAY_MS + 1
  if (count > MAX_DAYS) throw new StartProblem(`一次最多 ${MAX_DAYS} 天：微信只保留三个月的账单。`)
  return Array.from({ length: count }, (_, index) =>
    new Date(firstMs + index * DAY_MS).toISOString().slice(0, 10),
  )
}

function timeOf(text: string): number {
  const ms = Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}+08:00`)
  if (Number.isNaN(ms)) throw new StartProblem('--as-of 写成 2026-11-28T08:00（北京时间）。')
  return ms
}

function toStderr(_: object, message: string): void {
  process.stderr.write(`${message}\n`)
}
