const KINDS: Readonly<Record<string, string>> = { operator: '操作员', user: '患者', system: '系统' }

/** `operator:wang` → `操作员 wang`. */
export function actorName(actor: string): string {
  const [kind = '', ...rest] = actor.split(':')
  const name = KINDS[kind]
  return name === undefined ? actor : `${name} ${rest.join(':')}`
}
