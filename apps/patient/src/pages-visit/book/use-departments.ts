import { computed, ref, shallowRef } from 'vue'
import type { Department } from '../../api/visit-types.ts'
import { listDepartments } from '../../api/visits.ts'
import type { ApiError } from '../../platform/api-error.ts'
import { openPage } from '../../platform/navigate.ts'
import { routes } from '../../platform/routes.ts'
import { useVisitor, type VisitorParts } from '../../visitor/use-visitor.ts'
import { departmentGroups, findDepartments, isSingle } from './department-tree.ts'

export type DepartmentsParts = {
  readonly list: typeof listDepartments
  readonly openSlots: (departmentId: string, patientId: string) => Promise<boolean>
  readonly visitor?: VisitorParts
}
const live: DepartmentsParts = {
  list: listDepartments,
  openSlots: (departmentId, patientId) => openPage(routes.visitSlots, { departmentId, patientId }),
}

export function useDepartments(parts: DepartmentsParts = live) {
  const departments = shallowRef<readonly Department[]>()
  const words = ref('')
  const opened = ref('')
  const visitor = useVisitor(load, parts.visitor)

  async function load(): Promise<ApiError | undefined> {
    // The same for every patient of the hospital.
    if (departments.value) return undefined
    const result = await parts.list()
    if (!result.ok) return result.error
    departments.value = result.data.departments
    return undefined
  }

  const all = computed(() => departments.value ?? [])
  return {
    visitor,
    departments,
    words,
    isSearching: computed(() => words.value.trim() !== ''),
    found: computed(() => findDepartments(all.value, words.value)),
    groups: computed(() =>
      departmentGroups(all.value).map((group) => ({
        ...group,
        single: isSingle(group) ? group.rows[0] : undefined,
        expanded: opened.value === group.id,
      })),
    ),
    toggle(id: string): void {
      opened.value = opened.value === id ? '' : id
    },
    choose: (departmentId: string) =>
      visitor.open(() => parts.openSlots(departmentId, visitor.patient.value?.id ?? '')),
  }
}
