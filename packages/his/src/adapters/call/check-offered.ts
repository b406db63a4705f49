import { HIS_OPERATIONS, type HisOperation } from '../../operations.ts'
import type { ConfigProblem } from '../config-error.ts'

/** Operations that a group may lack: those that are optional in the port's own types. */
const MAY_LACK = new Set<string>(['archives.update', 'deductions.reverse'])
const REQUIRED_GROUPS = new Set(['archives', 'cards'])

/** A group is offered whole or not at all: the gateway takes its presence for the capability. */
export function checkOffered(operations: ReadonlySet<HisOperation>): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = []
  if (!operations.has('probe')) problems.push({ path: 'operations.probe', message: '缺少探测' })
  const offered = (group: string) => [...operations].some((name) => name.startsWith(`${group}.`))
  for (const [group, members] of Object.entries(HIS_OPERATIONS)) {
    if (!offered(group) && !REQUIRED_GROUPS.has(group)) continue
    for (const member of Object.keys(members)) {
      const name = `${group}.${member}` as HisOperation
      if (operations.has(name) || MAY_LACK.has(name)) continue
      problems.push({ path: `operations.${name}`, message: `提供 ${group} 就要提供它的每个操作` })
    }
  }
  if (offered('deposits') && offered('deductions'))
    problems.push({ path: 'operations', message: 'deposits（两步）和 deductions（单步）只能提供一种' })
  return problems
}
