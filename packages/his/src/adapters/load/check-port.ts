import { ALL_OPERATIONS, HIS_OPERATIONS, type HisOperation } from '../../operations.ts'
import type { HisPort } from '../../port.ts'
import { checkOffered } from '../call/check-offered.ts'

/** What a module's export lacks to be a port, in Chinese, one line each; empty if nothing. */
export function missingOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return ['默认导出应当是 HisPort，或返回 HisPort 的函数']
  const port = value as Readonly<Record<string, unknown>>
  const strange = Object.entries(HIS_OPERATIONS).flatMap(([group, operations]) => {
    const members = port[group]
    if (members === undefined) return []
    if (typeof members !== 'object' || members === null) return [`${group} 应当是一个对象`]
    return Object.keys(operations)
      .filter((name) => {
        const member = (members as Readonly<Record<string, unknown>>)[name]
        return member !== undefined && typeof member !== 'function'
      })
      .map((name) => `${group}.${name} 应当是函数`)
  })
  const problems = checkOffered(new Set(offeredBy(port)))
  return [
    ...strange,
    ...problems.map(({ path, message }) => `${path.replace(/^operations\.?/, '') || '接口'}：${message}`),
  ]
}

export function isHisPort(value: unknown): value is HisPort {
  return missingOf(value).length === 0
}

function offeredBy(port: Readonly<Record<string, unknown>>): readonly HisOperation[] {
  return ALL_OPERATIONS.map(([name]) => name).filter((name) => {
    const [group = '', member] = name.split('.')
    const found = port[group]
    if (member === undefined) return typeof found === 'function'
    return typeof (found as Readonly<Record<string, unknown>> | undefined)?.[member] === 'function'
  })
}
