import type { ConformanceFixtures, ConformanceOptions, HisPort } from '@zhangyi/his'

/** What is put through the kit, and what the kit may do with it. */
export interface CheckSubject {
  readonly port: HisPort
  readonly fixtures: ConformanceFixtures
  readonly options: ConformanceOptions
}
