import type { Command } from 'commander'
import { addCaseCommands } from './refunds-cases.ts'
import { addLedgerCommands } from './refunds-ledger.ts'
import { addRechargeCommands } from './refunds-recharges.ts'

/** One file a group of subcommands. */
export function addRefundsCommand(program: Command): void {
  const refunds = program
    .command('refunds')
    .description('预交金退款：余额台账，导入历史充值订单，查看退款和单边订单')
  addLedgerCommands(refunds)
  addRechargeCommands(refunds)
  addCaseCommands(refunds)
}
