export type Step = {
  readonly id: string
  readonly title: string
  readonly explanation?: string
  readonly state: 'done' | 'now' | 'later' | 'failed'
}
