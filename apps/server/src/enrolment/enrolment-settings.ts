import type { Hospital } from '../platform/hospitals/hospitals.ts'

export type EnrolmentSettings = Hospital['enrolment']
