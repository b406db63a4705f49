import type { Hospital } from '../platform/hospitals/hospitals.ts'
import { DEFAULT_SCENES, type UsageAct } from '../platform/hospitals/usage-config.ts'

/** 用卡环节 of what was done; undefined: the hospital does not report it. */
export function sceneOf({ usage }: Pick<Hospital, 'usage'>, act: UsageAct): string | undefined {
  const own = usage.scenes[act]
  return own === null ? undefined : (own ?? DEFAULT_SCENES[act])
}
