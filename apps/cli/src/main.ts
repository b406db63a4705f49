import { SecretError, SettingsError, VERSION } from '@zhangyi/server'
import { Command } from 'commander'
import { addAuditCommand } from './commands/audit.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addGrantsCommand } from './commands/grants.ts'
import { addHisCommand } from './commands/his-check.ts'
import { addKeysCommand } from './commands/keys.ts'
import { addRefundsCommand } from './commands/refunds.ts'
import { addSandboxCommand } from './commands/sandbox.ts'
import { addServeCommand } from './commands/serve.ts'
import { addStartCommand } from './commands/start.ts'
import { addUsageCommand } from './commands/usage.ts'
import { StartProblem } from './start/start-problem.ts'

/** The `zhangyi` command: one file a command. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('zhangyi')
    .description('掌医：医院与微信之间的开放网关')
    .version(VERSION)
    .configureHelp({ sortSubcommands: true })
  addStartCommand(program)
  addServeCommand(program)
  addSandboxCommand(program)
  addDoctorCommand(program)
  addHisCommand(program)
  addGrantsCommand(program)
  addUsageCommand(program)
  addRefundsCommand(program)
  addAuditCommand(program)
  addKeysCommand(program)
  try {
    await program.parseAsync(argv)
  } catch (error) {
    const told = [StartProblem, SettingsError, SecretError].some((kind) => error instanceof kind)
    process.stderr.write(told ? `\n${(error as Error).message}\n` : `\n没有成功：${(error as Error).stack}\n`)
    process.exit(1)
  }
}
