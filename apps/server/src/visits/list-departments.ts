import type { z } from 'zod'
import type { Session } from '../platform/sessions/session.ts'
import { askHis } from './ask-his.ts'
import { schedulesOf, type VisitsRoom } from './room.ts'
import type { departmentsSchema, doctorsSchema } from './visit-views.ts'

/** All departments, headings included: the app shows them as a tree. */
export async function listDepartments(
  room: VisitsRoom,
  session: Session,
): Promise<z.output<typeof departmentsSchema>> {
  const schedules = schedulesOf(room, session)
  const departments = await askHis(room, () => schedules.departments())
  return {
    departments: departments.map(({ departmentId, name, parentId, campus, location }) => ({
      id: departmentId,
      name,
      parentId: parentId ?? null,
      campus: campus ?? null,
      location: location ?? null,
    })),
  }
}

export async function listDoctors(
  room: VisitsRoom,
  session: Session,
  departmentId: string,
): Promise<z.output<typeof doctorsSchema>> {
  const schedules = schedulesOf(room, session)
  const doctors = await askHis(room, () => schedules.doctors(departmentId))
  return {
    doctors: doctors.map(({ doctorId, name, title, introduction }) => ({
      id: doctorId,
      name,
      title: title ?? null,
      introduction: introduction ?? null,
    })),
  }
}
