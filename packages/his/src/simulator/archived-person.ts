import type { Gender, IdType } from '@zhangyi/core'

export interface ArchivedPerson {
  readonly name: string
  readonly idType: IdType
  readonly idNumber: string
  readonly gender: Gender
  readonly birthday: string
}
