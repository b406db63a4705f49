import { type Gender, ID_TYPES, type IdType } from '@zhangyi/core'
import type { Archive, ArchiveChange, ArchiveQuery, CardBinding, Guardian, NewArchive } from '../../port.ts'
import { day, flag, id, list, oneOf, optional, record, text } from './shape.ts'

const idType = oneOf<IdType>(...(Object.keys(ID_TYPES) as IdType[]))

export const archiveQuery = record<ArchiveQuery>('ArchiveQuery', {
  idType,
  idNumbers: list(id),
  name: text,
})

export const archive = record<Archive>('Archive', {
  patid: id,
  name: text,
  idType,
  idNumber: text,
  visitCardNumber: optional(text),
  phone: optional(text),
  address: optional(text),
  campus: optional(text),
  lastVisitOn: optional(day),
})

const guardian = record<Guardian>('Guardian', {
  name: text,
  idType,
  idNumber: id,
  phone: text,
  relation: text,
})

export const newArchive = record<NewArchive>('NewArchive', {
  name: text,
  idType,
  idNumber: id,
  gender: oneOf<Gender>('男', '女'),
  birthday: day,
  nation: optional(text),
  phone: text,
  address: optional(text),
  guardian: optional(guardian),
  verified: flag,
})

export const archiveChange = record<ArchiveChange>('ArchiveChange', {
  patid: id,
  phone: optional(text),
  address: optional(text),
})

export const cardBinding = record<CardBinding>('CardBinding', {
  patid: id,
  healthCardId: id,
  qrCodeText: text,
})
