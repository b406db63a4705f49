import { computed, ref, shallowRef } from 'vue'
import { type Draft, draftOf, rememberDraft } from '../flow/draft.ts'
import { type ApiError, fieldMessages } from '../platform/api-error.ts'
import { formTexts } from '../texts/form.ts'
import { fieldProblem } from './check-field.ts'
import type { FieldRow } from './field-row.ts'

const SAVE_AFTER_MS = 300

export type Form = ReturnType<typeof useForm>

/**
 * The state of a form, whatever its questions are: what was typed (kept per flow, so that a reload or a trip
 * to another app loses nothing), what is wrong, and which field to lead the person to.
 */
export function useForm(parts: {
  readonly rows: (draft: Draft) => readonly FieldRow[]
  readonly today: () => string
  readonly check?: (name: string, draft: Draft, today: string) => string | undefined
}) {
  const check = parts.check ?? fieldProblem
  const draft = shallowRef<Draft>({})
  const problems = shallowRef<Readonly<Record<string, string>>>({})
  /** What is wrong with the form as a whole, or with something that it does not ask. */
  const notice = ref('')
  const traceId = ref('')
  /** Which field to go to; counts up, so that the same field can be meant twice. */
  const target = shallowRef({ name: '', times: 0 })
  const rows = computed(() => parts.rows(draft.value))
  let flow = ''
  let timer: ReturnType<typeof setTimeout> | undefined

  function begin(flowId: string, defaults: Draft): void {
    flow = flowId
    draft.value = { ...defaults, ...draftOf(flowId) }
  }

  function put(name: string, value: string): void {
    if ((draft.value[name] ?? '') === value) return
    draft.value = { ...draft.value, [name]: value }
    clear(name)
    // Another kind of document is judged by other rules.
    if (name.endsWith('idType')) clear(name.replace('idType', 'idNumber'))
    clearTimeout(timer)
    timer = setTimeout(save, SAVE_AFTER_MS)
  }

  function clear(name: string): void {
    const { [name]: _, ...others } = problems.value
    problems.value = others
  }

  function save(): void {
    clearTimeout(timer)
    if (flow !== '') rememberDraft(flow, draft.value)
  }

  /** Leaving a field: tells what is wrong with what was typed; an empty field is not yet wrong. */
  function leave(name: string): void {
    save()
    if ((draft.value[name] ?? '').trim() === '') return
    const problem = check(name, draft.value, parts.today())
    if (problem) problems.value = { ...problems.value, [name]: problem }
    else clear(name)
  }

  /** Checks everything; true when it may be sent. Otherwise the first wrong field gets the focus. */
  function mayBeSent(): boolean {
    save()
    notice.value = ''
    const found = rows.value.flatMap(({ name }) => {
      const problem = check(name, draft.value, parts.today())
      return problem ? [[name, problem] as const] : []
    })
    problems.value = Object.fromEntries(found)
    leadToFirst()
    return found.length === 0
  }

  /** Shows what the gateway says: at its field where there is one, above the form otherwise. */
  function refuse(error: ApiError): void {
    const messages = fieldMessages(error)
    const asked = new Set(rows.value.map(({ name }) => name))
    const placed = Object.entries(messages).filter(([name]) => asked.has(name))
    const others = Object.entries(messages).filter(([name]) => !asked.has(name))
    problems.value = Object.fromEntries(placed)
    notice.value =
      placed.length > 0 && others.length === 0
        ? formTexts.checkMarked
        : [error.message, ...others.map(([, text]) => text)].join(' ')
    // A wrong field explains itself; the number is for what the person cannot mend.
    traceId.value = placed.length > 0 ? '' : error.traceId
    if (placed.length > 0) leadToFirst()
  }

  function leadToFirst(): void {
    const first = rows.value.find(({ name }) => problems.value[name])
    if (first) target.value = { name: first.name, times: target.value.times + 1 }
  }

  return { draft, rows, problems, notice, traceId, target, begin, put, leave, save, mayBeSent, refuse }
}
