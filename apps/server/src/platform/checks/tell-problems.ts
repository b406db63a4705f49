import type { Log } from '../log.ts'
import type { Checks } from './checks.ts'

/** At start-up: what is configured and cannot work. Nobody outside is asked; that is for `zhangyi doctor`. */
export async function tellProblems(checks: Checks, log: Pick<Log, 'warn'>): Promise<void> {
  for (const { name, ok, problem } of await checks.run('ready', 'advice'))
    if (!ok) log.warn({ check: name, problem }, 'a check did not pass; zhangyi doctor says more')
}
