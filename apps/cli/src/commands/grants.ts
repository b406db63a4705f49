import { hospitalId, systemClock } from '@zhangyi/core'
import { loadSettings, voidByOperator } from '@zhangyi/server'
import type { Command } from 'commander'
import { StartProblem } from '../start/start-problem.ts'
import { withDatabase } from '../start/with-database.ts'

interface VoidOptions {
  readonly hospital: string
  readonly operator: string
  readonly patient?: string
  readonly user?: string
}

export function addGrantsCommand(program: Command): void {
  program
    .command('grants')
    .description('验证授权：立即作废')
    .command('void')
    .description('作废一位就诊人或一个用户还有效的授权，马上生效，记入审计')
    .requiredOption('--hospital <编号>', '医院配置里的 id')
    .requiredOption('--operator <工号>', '谁在操作，写进审计')
    .option('--patient <编号>', '就诊人编号（pat_…），见审计或日志')
    .option('--user <编号>', '用户编号（user_…）')
    .action(voidGrants)
}

async function voidGrants({ hospital, operator, patient, user }: VoidOptions): Promise<void> {
  if ((patient === undefined) === (user === undefined))
    throw new StartProblem('请用 --patient 或 --user 指出作废谁的授权，二选一。')
  const of = patient !== undefined ? { patientId: patient } : { userId: user as string }
  const ended = await withDatabase(loadSettings(process.env), (database) =>
    voidByOperator(database, systemClock, hospitalId(hospital), { operator, of }),
  )
  if (ended === undefined) throw new StartProblem('没有这位就诊人，或者已经解绑（解绑时授权已经作废）。')
  process.stdout.write(ended === 0 ? '没有还有效的授权。\n' : `已作废 ${ended} 个授权。\n`)
}
