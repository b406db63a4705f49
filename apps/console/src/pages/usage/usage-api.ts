import { addressOf, get, post, put, type Query } from '../../api/request.ts'

export type SceneState = 'gap' | 'parked' | 'stuck' | 'pending' | 'differs' | 'none' | 'whole'

/** One 环节 of one day: what happened, what we have of it, and what the platform says. */
export interface Scene {
  readonly scene: string
  readonly name: string
  readonly state: SceneState
  readonly acts: readonly { readonly act: string; readonly name: string; readonly count: number }[]
  /** Null where only other systems push. */
  readonly successes: number | null
  readonly stored: number
  readonly own: number
  readonly merged: number
  readonly noCard: number
  readonly delivered: number
  readonly byHand: number
  readonly late: number
  readonly afterCutoff: number
  readonly maybeTwice: number
  readonly pending: number
  readonly stuck: number
  readonly parked: number
  readonly gap: number | null
  readonly platform: number | null
  readonly difference: number | null
}

export interface DepartmentCounts {
  readonly departmentId: string
  readonly name: string
  readonly code: string | null
  readonly stored: number
  readonly delivered: number
  readonly pending: number
  readonly parked: number
}

export interface UsageDay {
  readonly day: string
  readonly scenes: readonly Scene[]
  readonly departments: readonly DepartmentCounts[]
}

export interface TrendDay {
  readonly day: string
  readonly stored: number
  readonly delivered: number
  readonly waiting: number
}

export interface UsageNow {
  readonly nowMs: number
  readonly day: string
  /** 23:00 of today. */
  readonly deadlineMs: number
  readonly waiting: number
  readonly nextAtMs: number | null
  readonly enabled: boolean
  readonly mode: 'real-time' | 'scheduled'
  readonly runs: readonly string[]
  readonly ratePerSecond: number
  readonly inFlight: number
  readonly repeatUnknown: boolean
  readonly scenes: readonly { readonly scene: string; readonly name: string }[]
}

export interface Alarm {
  readonly day: string
  readonly time: string
  readonly pending: number
  readonly parked: number
  readonly unmapped: number
  readonly missing: number
}

export interface Delivery {
  readonly pausedUntilMs: number | null
  readonly lastYesAtMs: number | null
  readonly lastProblem: string | null
  readonly lastProblemAtMs: number | null
}

export interface Alarms {
  readonly alarms: readonly Alarm[]
  readonly delivery: Delivery
}

/** Parked events that are alike: what is decided about together. */
export interface ParkedGroup {
  readonly day: string
  readonly scene: string
  readonly sceneName: string
  readonly reason: string
  readonly code: string | null
  readonly todo: string
  readonly mayCountTwice: boolean
  readonly count: number
  readonly firstAtMs: number
  readonly lastAtMs: number
}

export interface Department {
  readonly departmentId: string
  readonly name: string
  readonly code: string | null
  readonly seenAtMs: number
  readonly waiting: number
}

export interface UsageEvent {
  readonly number: string
  readonly scene: string
  readonly sceneName: string
  readonly sourceName: string
  readonly occurredAtMs: number
  readonly afterCutoff: boolean
  readonly late: boolean
  readonly departmentId: string | null
  readonly departmentName: string | null
  readonly state: 'pending' | 'delivered' | 'parked' | 'no-card' | 'merged'
  readonly reason: string | null
  readonly code: string | null
  readonly attempts: number
  readonly nextActionAtMs: number | null
  readonly requestId: string | null
}

export interface EventDetail extends UsageEvent {
  readonly unknowns: number
  readonly refusals: number
  readonly deadlineMs: number
  readonly firstRefusedAtMs: number | null
  readonly sentAtMs: number | null
  readonly tookMs: number | null
  readonly todo: string | null
  readonly told: {
    readonly department: string | null
    readonly campus: string | null
    readonly cardChannel: string
    readonly costTypes: string | null
  } | null
}

interface Mapped {
  readonly changed: number
  readonly released: number
}
interface Done {
  readonly count: number
}

export interface PlatformCount {
  readonly day: string
  readonly scene: string
  readonly count: number
}

export const usageApi = {
  day: (hospital: string, day: string | undefined, signal: AbortSignal) =>
    get<UsageDay>('/usage/completeness', { hospital, day }, signal),
  trend: (hospital: string, day: string | undefined, signal: AbortSignal) =>
    get<{ days: readonly TrendDay[] }>('/usage/trend', { hospital, day }, signal),
  now: (hospital: string, signal: AbortSignal) => get<UsageNow>('/usage/now', { hospital }, signal),
  alarms: (hospital: string, signal: AbortSignal) => get<Alarms>('/usage/alarms', { hospital }, signal),
  seeAlarm: (hospital: string, { day, time }: Alarm) =>
    post<Done>('/usage/alarms/seen', { hospital, day, time }),
  reportAddress: (hospital: string, from: string, to: string) =>
    addressOf('/usage/report', { hospital, from, to }),
  parked: (hospital: string, signal: AbortSignal) =>
    get<{ groups: readonly ParkedGroup[] }>('/usage/parked', { hospital }, signal),
  release: (hospital: string, { day, scene, reason, code, mayCountTwice }: ParkedGroup) =>
    post<Done>('/usage/parked/release', { hospital, day, scene, reason, code, mayCountTwice }),
  accept: (hospital: string, { day, scene, reason, code }: ParkedGroup) =>
    post<Done>('/usage/parked/accept', { hospital, day, scene, reason, code }),
  departments: (hospital: string, signal: AbortSignal) =>
    get<{ departments: readonly Department[] }>('/usage/departments', { hospital }, signal),
  setCode: (hospital: string, departmentId: string, code: string) =>
    put<Mapped>('/usage/departments', { hospital, departmentId, code }),
  importCodes: (hospital: string, csv: string) =>
    post<Mapped>('/usage/departments/import', { hospital, csv }),
  setCounts: (hospital: string, counts: readonly PlatformCount[]) =>
    put<Done>('/usage/platform-counts', { hospital, counts }),
  importCounts: (hospital: string, csv: string) =>
    post<Done>('/usage/platform-counts/import', { hospital, csv }),
  events: (query: Query, signal: AbortSignal) =>
    get<{ events: readonly UsageEvent[]; next: string | null }>('/usage/events', query, signal),
  event: (hospital: string, number: string, signal: AbortSignal) =>
    get<EventDetail>(`/usage/events/${encodeURIComponent(number)}`, { hospital }, signal),
}
