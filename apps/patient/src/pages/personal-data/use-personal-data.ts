import { computed, ref, shallowRef } from 'vue'
import { changePersonalData, getPersonalData } from '../../api/personal-data.ts'
import type { PersonalData, PersonalDataChange } from '../../api/personal-data-types.ts'
import { needsVerification, openProtected } from '../../flow/open-protected.ts'
import type { ApiError, ApiResult } from '../../platform/api-error.ts'
import { personalDataTexts as texts } from '../../texts/personal-data.ts'
import { grantLivesMs, leftText } from './grant-time.ts'
import { type ChangeField, useChange } from './use-change.ts'

export type PersonalDataParts = {
  readonly get: (patientId: string) => Promise<ApiResult<PersonalData>>
  readonly change: (patientId: string, change: PersonalDataChange) => Promise<ApiResult<PersonalData>>
  readonly verify: (patientId: string) => Promise<boolean>
  readonly now: () => number
  /** Runs it every so many milliseconds; gives back how to stop it. */
  readonly every: (ms: number, run: () => void) => () => void
}
const live: PersonalDataParts = {
  get: getPersonalData,
  change: changePersonalData,
  verify: (patientId) => openProtected('personal-data', { patientId }, { replace: true }),
  now: Date.now,
  every: (ms, run) => {
    const timer = setInterval(run, ms)
    return () => clearInterval(timer)
  },
}

type News = { readonly kind: 'ok' | 'warn'; readonly text: string }

const TICK_MS = 10_000

/** Unmasked personal data for as long as the grant lives, and one change at a time. */
export function usePersonalData(parts: PersonalDataParts = live) {
  const data = shallowRef<PersonalData>()
  const problem = shallowRef<ApiError>()
  /** A verification stands before the data: it has run out, or there was none. */
  const gate = ref<'lapsed' | 'needed'>()
  const left = ref('')
  const busy = ref(false)
  /** What became of the last change, and how good that is. */
  const news = shallowRef<News>()
  const change = useChange(() => data.value)
  let patientId = ''
  let endsAtMs: number | undefined
  let stop = () => {}

  function arrive(id: string): void {
    patientId = id
  }

  async function show(): Promise<void> {
    stop()
    stop = parts.every(TICK_MS, tick)
    tick()
    if (!data.value && !gate.value) await load()
  }

  function hide(): void {
    stop()
  }

  /** The page is left: nothing of it stays, not even in memory. */
  function leave(): void {
    hide()
    clear()
  }

  function clear(): void {
    data.value = undefined
    left.value = ''
    endsAtMs = undefined
    change.close()
  }

  function tick(): void {
    if (endsAtMs === undefined) return
    const livesMs = endsAtMs - parts.now()
    left.value = livesMs > 0 ? leftText(livesMs) : ''
    if (livesMs > 0) return
    clear()
    news.value = undefined
    gate.value = 'lapsed'
  }

  async function load(): Promise<void> {
    const result = await parts.get(patientId)
    if (result.ok) take(result.data)
    else if (needsVerification(result.error)) await verify()
    else problem.value = result.error
  }

  function take(fresh: PersonalData): void {
    data.value = fresh
    problem.value = undefined
    gate.value = undefined
    const livesMs = grantLivesMs(fresh.grant.expiresAt, parts.now())
    endsAtMs = livesMs === undefined ? undefined : parts.now() + livesMs
    tick()
  }

  async function save(): Promise<void> {
    const field = change.field.value
    if (busy.value || !field || !change.mayBeSent()) return
    busy.value = true
    news.value = undefined
    const wanted = change.input(field)
    const result = await parts.change(patientId, wanted)
    if (result.ok) settle(result.data, { kind: 'ok', text: texts.saved[field] })
    else await refuse(field, wanted, result.error)
    busy.value = false
  }

  function settle(fresh: PersonalData, done: News): void {
    // Under way has a note of its own on the page.
    news.value = fresh.changeUnderWay ? undefined : done
    change.close()
    take(fresh)
  }

  async function refuse(field: ChangeField, wanted: PersonalDataChange, error: ApiError): Promise<void> {
    if (needsVerification(error)) return verify()
    if (error.happened === 'no' && error.code !== 'change-under-way') return change.refuse(error)
    // No answer is no "no": what stands in the archive now tells, and nothing is sent a second time.
    const now = await parts.get(patientId)
    if (!now.ok) {
      news.value = { kind: 'warn', text: texts.notSeen }
      return
    }
    const done = now.data[field] === wanted[field]
    settle(now.data, done ? { kind: 'ok', text: texts.saved[field] } : { kind: 'warn', text: texts.notSeen })
  }

  async function verify(): Promise<void> {
    problem.value = undefined
    if (!(await parts.verify(patientId))) gate.value ??= 'needed'
  }

  async function look(): Promise<void> {
    if (busy.value) return
    busy.value = true
    news.value = undefined
    await load()
    busy.value = false
  }

  return {
    data,
    problem,
    gate,
    left,
    busy,
    news,
    change,
    arrive,
    show,
    hide,
    leave,
    save,
    look,
    verify,
    begin: (field: ChangeField) => {
      news.value = undefined
      change.open(field)
    },
    /** Why nothing can be changed: read only by a fallback, or not on this hospital's phones at all. */
    locked: computed(() => {
      if (!data.value || data.value.mayChange) return undefined
      return data.value.grant.assurance === 'fallback' ? 'fallback' : 'counter'
    }),
  }
}
