import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { type ComputedRef, computed } from 'vue'
import { type LocationQueryRaw, useRoute, useRouter } from 'vue-router'
import type { Query } from '../../api/request.ts'
import { useHospital } from '../../session/hospital.ts'
import { type FilterField, type Filters, keysOf, readFilters } from './filters.ts'

export interface Page<Row> {
  readonly rows: readonly Row[]
  /** Where the page after this one begins; absent on the last. */
  readonly next?: string | null | undefined
}

export interface ListOptions<Row> {
  /** Of the list, for what is remembered and cached: one word. */
  readonly name: string
  readonly fields: readonly FilterField[]
  readonly fetchPage: (query: Query, signal: AbortSignal) => Promise<Page<Row>>
  /** What the server says when rows changed, unless it is the list's name. */
  readonly topics?: readonly string[]
  /** Whose rows, when they are not the chosen hospital's. */
  readonly of?: ComputedRef<string>
  /** Chosen outside the form, as by a tab, and what may not stand in an address, as the number of a person. */
  readonly also?: ComputedRef<Filters>
}

/**
 * One list of rows, page by page. What is searched for, the page and the open row stand in the address: a link shows a
 * colleague the same, and the browser's way back works.
 */
export function useList<Row>({ name, fields, fetchPage, of, also, topics = [name] }: ListOptions<Row>) {
  const route = useRoute()
  const router = useRouter()
  const owner = of ?? useHospital().hospitalId
  const filters = computed(() => readFilters(fields, route.query))
  const before = computed(() => oneOf(route.query['before']))
  const openKey = computed(() => oneOf(route.query['open']))
  // The cursors of the pages before this one travel with the browser's own history.
  const trail = computed(() => (route.query['before'] ? readTrail() : []))

  const query = useQuery({
    queryKey: [name, owner, filters, also, before],
    queryFn: ({ signal }) =>
      fetchPage({ hospital: owner.value, ...filters.value, ...also?.value, before: before.value }, signal),
    placeholderData: keepPreviousData,
    enabled: computed(() => owner.value !== ''),
    meta: { topics },
  })

  function go(changes: LocationQueryRaw, state: { trail?: string[] } = {}, isReplaced = false): void {
    const next = { ...route.query, ...changes }
    router.push({ query: next, state, replace: isReplaced })
  }

  return {
    name,
    fields,
    /** Whose rows: the hospital, as the server calls it. */
    owner,
    filters,
    query,
    openKey,
    pageNumber: computed(() => trail.value.length + 1),
    hasEarlier: computed(() => before.value !== undefined),
    search(wanted: Filters): void {
      const empty = Object.fromEntries(keysOf(fields).map((key) => [key, undefined]))
      go({ ...empty, ...wanted, before: undefined, open: undefined })
    },
    nextPage(): void {
      const next = query.data.value?.next
      if (next) go({ before: next, open: undefined }, { trail: [...trail.value, before.value ?? ''] })
    },
    previousPage(): void {
      const cursors = [...trail.value]
      // Without a trail (the address came from elsewhere) the way back is the first page.
      go({ before: cursors.pop() || undefined, open: undefined }, { trail: cursors })
    },
    open(key: string): void {
      go({ open: key }, { trail: trail.value }, openKey.value !== undefined)
    },
    close(): void {
      go({ open: undefined }, { trail: trail.value }, true)
    },
  }
}

export type List<Row> = ReturnType<typeof useList<Row>>

function oneOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function readTrail(): string[] {
  const { trail } = (window.history.state ?? {}) as { trail?: unknown }
  return Array.isArray(trail) ? trail.map(String) : []
}
