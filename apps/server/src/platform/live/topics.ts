import { may, PERMISSIONS, type Permission } from '../operators/access/permissions.ts'
import { INSTALLATION, type Operator } from '../operators/accounts/account.ts'

/** Only for one account's own pages. */
export function ownTopic(topic: string, accountId: string): string {
  return `${topic}:${accountId}`
}

export interface Change {
  readonly hospital: string
  readonly topic: string
}

/** As this operator is told of it: undefined when it is not for them. */
export function heardBy(
  { role, accountId, hospitals }: Operator,
  { hospital, topic: whole }: Change,
): Change | undefined {
  if (hospital !== INSTALLATION && hospitals?.includes(hospital) === false) return undefined
  const [topic = '', own] = whole.split(':')
  if (own !== undefined && own !== accountId) return undefined
  const permission = `${topic}.read`
  if (permission in PERMISSIONS && !may(role, permission as Permission)) return undefined
  return { hospital, topic }
}
