/** `merged`: the same question again within the window. `no-card`: nothing that could be sent. Both count as successes. */
export const EVENT_STATES = ['pending', 'delivered', 'parked', 'no-card', 'merged'] as const
export type EventState = (typeof EVENT_STATES)[number]

export type UsageTables = {
  usage_event: {
    hospital_id: string
    day: string
    id: number
    source: string
    scene: string
    occurred_at_ms: number
    after_cutoff: boolean
    user_id: string | null
    patient_id: string | null
    department_id: string | null
    department_name: string | null
    content: Buffer | null
    state: EventState
    next_action_at_ms: number | null
    unknowns: number
    refusals: number
    attempts: number
    first_refused_at_ms: number | null
    sent_at_ms: number | null
    took_ms: number | null
    request_id: string | null
    code: string | null
    reason: string | null
    late: boolean
  }
  usage_key: { hospital_id: string; key_hash: Buffer; content_hash: Buffer; day: string }
  usage_recent: { hospital_id: string; user_id: string; patient_id: string; scene: string; at_ms: number }
  usage_department: {
    hospital_id: string
    department_id: string
    name: string
    code: string | null
    seen_at_ms: number
  }
  usage_flight: {
    hospital_id: string
    id: number
    day: string
    event_ids: number[]
    sent_at_ms: number
    lease_until_ms: number
  }
  usage_gate: {
    hospital_id: string
    free_at_ms: number
    failures: number
    open_until_ms: number | null
    last_yes_at_ms: number | null
    last_problem: string | null
    last_problem_at_ms: number | null
  }
  usage_platform_count: {
    hospital_id: string
    day: string
    scene: string
    count: number
    entered_by: string
    entered_at_ms: number
  }
  usage_alarm: {
    hospital_id: string
    day: string
    at_time: string
    raised_at_ms: number
    pending: number
    parked: number
    unmapped: number
    missing: number
    seen_by: string | null
    seen_at_ms: number | null
  }
}

/** Why an event is parked; what a person reads of each stands in `park-reasons.ts`. */
export const PARK_REASONS = [
  'department-unmapped',
  'refused',
  'outcome-unknown',
  'lost-in-flight',
  'content-unreadable',
] as const
export type ParkReason = (typeof PARK_REASONS)[number]
