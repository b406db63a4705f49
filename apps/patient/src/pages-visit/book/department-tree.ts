import type { Department } from '../../api/visit-types.ts'

export type DepartmentRow = { readonly id: string; readonly name: string; readonly where: string }
/** A department that can be booked itself (`rows` has only it), or a heading over several. */
export type DepartmentGroup = {
  readonly id: string
  readonly name: string
  readonly rows: readonly DepartmentRow[]
}

const rowOf = ({ id, name, campus, location }: Department): DepartmentRow => ({
  id,
  name,
  where: [campus, location].filter(Boolean).join(' · '),
})

/**
 * Two levels, in the order of the HIS. Whatever has others below it is a heading; a department whose heading is not in
 * the list stands by itself, and deeper levels stand under the topmost one, so that none is lost.
 */
export function departmentGroups(departments: readonly Department[]): readonly DepartmentGroup[] {
  const byId = new Map(departments.map((one) => [one.id, one]))
  const headings = headingIds(departments)
  const groups = new Map<string, DepartmentGroup>()
  for (const one of departments) {
    const top = topOf(one, byId)
    const group = groups.get(top.id) ?? { id: top.id, name: top.name, rows: [] }
    groups.set(top.id, headings.has(one.id) ? group : { ...group, rows: [...group.rows, rowOf(one)] })
  }
  return [...groups.values()].filter(({ rows }) => rows.length > 0)
}

/** Departments whose own name, heading, campus or place has these words. */
export function findDepartments(departments: readonly Department[], words: string): readonly DepartmentRow[] {
  const wanted = words.trim().toLowerCase()
  const byId = new Map(departments.map((one) => [one.id, one]))
  const headings = headingIds(departments)
  return departments
    .filter(({ id }) => !headings.has(id))
    .filter((one) =>
      [one.name, topOf(one, byId).name, one.campus, one.location].some((text) =>
        text?.toLowerCase().includes(wanted),
      ),
    )
    .map(rowOf)
}

/** True for a heading that is itself the only thing below it. */
export const isSingle = ({ id, rows }: DepartmentGroup): boolean => rows.length === 1 && rows[0]?.id === id

function headingIds(departments: readonly Department[]): ReadonlySet<string> {
  const ids = new Set(departments.map(({ id }) => id))
  return new Set(
    departments.flatMap(({ parentId }) => (parentId !== null && ids.has(parentId) ? [parentId] : [])),
  )
}

function topOf(department: Department, byId: ReadonlyMap<string, Department>): Department {
  let top = department
  // A HIS whose departments lie in a circle must not hang the phone.
  for (let level = 0; level < 5; level++) {
    const above = top.parentId === null ? undefined : byId.get(top.parentId)
    if (!above) break
    top = above
  }
  return top
}
