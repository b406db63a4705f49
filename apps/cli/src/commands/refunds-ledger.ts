import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createHis } from '@zhangyi/his'
import {
  AGE_WORDS,
  importBalances,
  ledgerFile,
  ledgerSummary,
  readSecret,
  refreshBalances,
} from '@zhangyi/server'
import type { Command } from 'commander'
import { atDesk, type Wanted } from '../refunds/at-desk.ts'
import { readText, WHO, WHOSE, write, yuan } from '../refunds/command-parts.ts'
import { StartProblem } from '../start/start-problem.ts'

export function addLedgerCommands(refunds: Command): void {
  const ledger = refunds.command('ledger').description('余额台账：导入、向 HIS 查询、汇总、导出')
  ledger
    .command('import <文件>')
    .description('导入未清余额（CSV，UTF-8 或 GB18030）；中断之后再次导入同一份，从断处继续')
    .requiredOption(...WHO)
    .option(...WHOSE)
    .option('--as-of <时间>', '文件里的余额是什么时候的，如 2026-11-28T00:00；默认现在')
    .option('--part', '只是一部分档案：没有列出的不动', false)
    .option('--may-clear-most', '会把一半以上未清的档案记为其他方式结清：已经知道', false)
    .option('--again', '以前导入过、之后又导入过别的，现在以它为准', false)
    .action(importFile)
  ledger
    .command('refresh')
    .description('向 HIS 查询余额，最久没有查过的在先')
    .requiredOption(...WHO)
    .option(...WHOSE)
    .option('--limit <份数>', '最多查多少份档案', '1000')
    .option('--per-second <次数>', '每秒最多问几次', '5')
    .action(refresh)
  ledger
    .command('summary')
    .description('多少人、多少钱：未清、已告知、已退、已结清、待清洗，按账龄')
    .option(...WHOSE)
    .action(summary)
  ledger
    .command('export <文件>')
    .description('导出整个台账（CSV），个人信息遮盖')
    .requiredOption(...WHO)
    .option(...WHOSE)
    .option('--full-reason <用途>', '导出完整的个人信息，用途写进审计')
    .action(exportFile)
}

interface ImportOptions extends Wanted {
  readonly operator: string
  readonly asOf?: string
  readonly part: boolean
  readonly mayClearMost: boolean
  readonly again: boolean
}

async function importFile(
  path: string,
  { operator, asOf, part, mayClearMost, again, ...wanted }: ImportOptions,
): Promise<void> {
  const asOfMs = asOf === undefined ? undefined : timeOf(asOf)
  const text = readText(path)
  const file = { text, whole: !part, mayClearMost, again, ...(asOfMs !== undefined && { asOfMs }) }
  const result = await atDesk(wanted, (desk) =>
    importBalances(desk, desk.hospitalId, file, operator, showProgress),
  )
  if (result.repeated) return write(`和上一次是同一份文件（${result.rows} 份档案），没有改动。`)
  write(
    `已导入 ${result.rows} 份档案，共 ${yuan(result.totalFen)} 元：新增 ${result.added}，余额有变 ${result.changed}，不在文件中而记为其他方式结清 ${result.cleared}，待清洗 ${result.toClean}。`,
  )
}

interface RefreshOptions extends Wanted {
  readonly operator: string
  readonly limit: string
  readonly perSecond: string
}

async function refresh({ operator, limit, perSecond, ...wanted }: RefreshOptions): Promise<void> {
  const wish = {
    limit: numberOf(limit, 1_000_000),
    perSecond: numberOf(perSecond, 50),
    onProgress: showProgress,
  }
  const result = await atDesk(wanted, async (desk) => {
    const hospital = desk.hospitals?.find(desk.hospitalId)
    if (!desk.hospitals || !hospital)
      throw new StartProblem('请用 ZHANGYI_HOSPITALS_FILE 指出医院配置，才知道向哪个 HIS 查询。')
    const his = await createHis(hospital.his, {
      clock: desk.clock,
      readSecret: (file) => readSecret(desk.cipher, file),
    })
    const room = { ...desk, hospitals: desk.hospitals, clients: { his: () => his } }
    return refreshBalances(room, desk.hospitalId, wish, operator)
  })
  write(
    `问了 ${result.asked} 份档案：余额有变 ${result.changed}（其中已结清 ${result.cleared}），没有答复 ${result.failed}。`,
  )
  if (!result.stopped) return
  write('✗ HIS 接连没有答复，没有再问下去；没有问到的保持原样。')
  process.exitCode = 1
}

async function summary(wanted: Wanted): Promise<void> {
  await atDesk(wanted, async ({ database, clock, hospitalId: id }) => {
    const all = await database.inTransaction(id, (tx) => ledgerSummary(tx, clock.nowMs()))
    write(`全部　　 ${all.totalCount} 份档案，${yuan(all.totalFen)} 元`)
    write(`未清　　 ${all.openCount} 份，${yuan(all.openFen)} 元`)
    write(`已告知　 ${all.toldCount} 份`)
    write(`已退　　 ${all.refundedCount} 份，${yuan(all.refundedFen)} 元`)
    write(`已结清　 ${all.clearedCount} 份，其他方式结清 ${yuan(all.elsewhereFen)} 元`)
    write(`待清洗　 ${all.toCleanCount} 份，${yuan(all.toCleanFen)} 元`)
    for (const { age, count, fen: amount } of all.ages)
      write(`  ${AGE_WORDS[age]}：${count} 份，${yuan(amount)} 元`)
  })
}

interface ExportOptions extends Wanted {
  readonly operator: string
  readonly fullReason?: string
}

async function exportFile(path: string, { operator, fullReason, ...wanted }: ExportOptions): Promise<void> {
  await atDesk(wanted, async (desk) => {
    const pieces = await ledgerFile(desk, desk.hospitalId, { fullReason }, operator)
    // Names and numbers: for its owner's eyes only.
    await pipeline(Readable.from(pieces), createWriteStream(path, { mode: 0o600 }))
  })
  process.stderr.write(`已写入 ${path}\n`)
}

function showProgress({ done, of }: { readonly done: number; readonly of: number }): void {
  process.stderr.write(`\r${done} / ${of}${done === of ? '\n' : ''}`)
}

function timeOf(text: string): number {
  const ms = Date.parse(
    /(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}${text.includes('T') ? '' : 'T00:00'}+08:00`,
  )
  if (Number.isNaN(ms)) throw new StartProblem('--as-of 写成 2026-11-28T00:00（北京时间）。')
  return ms
}

function numberOf(text: string, most: number): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new StartProblem(`数字是 1 至 ${most} 的整数。`)
  return value
}
