import type { Gender, IdType } from '@zhangyi/core'
import type { Guardian } from '../port.ts'

export interface ArchivedPerson {
  readonly name: string
  readonly idType: IdType
  readonly idNumber: string
  readonly gender: Gender
  readonly birthday: string
}

/** One of the fixed people, and what a demonstration or a test can show with them. */
export interface KnownHospitalPerson extends ArchivedPerson {
  /** In Chinese, for the sandbox's pages. */
  readonly special: string
  readonly guardian?: Guardian
}
