import type { Department } from '../../appointments.ts'
import { CAMPUSES } from '../seed-archives.ts'

const [JIEFANG_LU, CHENGXI, BINJIANG] = CAMPUSES

const part = (
  departmentId: string,
  name: string,
  campus: string,
  location: string,
  parentId?: string,
): Department => ({ departmentId, name, parentId, campus, location })

const heading = (departmentId: string, name: string): Department => ({
  departmentId,
  name,
  parentId: undefined,
  campus: undefined,
  location: undefined,
})

/** Two headings (内科, 外科) without doctors of their own, and the departments where a patient can be seen. */
export const DEPARTMENTS: readonly Department[] = [
  heading('D01', '内科'),
  part('D0101', '心血管内科', JIEFANG_LU, '门诊楼 3 层 A 区', 'D01'),
  part('D0102', '呼吸与危重症医学科', JIEFANG_LU, '门诊楼 3 层 B 区', 'D01'),
  part('D0103', '消化内科', JIEFANG_LU, '门诊楼 3 层 C 区', 'D01'),
  part('D0104', '内分泌科', CHENGXI, '2 号楼 2 层', 'D01'),
  part('D0105', '神经内科', CHENGXI, '2 号楼 3 层', 'D01'),
  heading('D02', '外科'),
  part('D0201', '普外科', JIEFANG_LU, '门诊楼 4 层 A 区', 'D02'),
  part('D0202', '骨科', JIEFANG_LU, '门诊楼 4 层 B 区', 'D02'),
  part('D0203', '泌尿外科', BINJIANG, '综合楼 2 层', 'D02'),
  part('D03', '妇产科', BINJIANG, '综合楼 3 层'),
  part('D04', '儿科', JIEFANG_LU, '儿童楼 1 层'),
  part('D05', '眼科', CHENGXI, '1 号楼 4 层'),
  part('D06', '皮肤科', JIEFANG_LU, '门诊楼 5 层 A 区'),
  part('D07', '中医科', CHENGXI, '1 号楼 2 层'),
]

/** Undefined for a heading too: nobody is seen there. */
export function departmentWithSlots(departmentId: string): Department | undefined {
  return DEPARTMENTS.find((one) => one.departmentId === departmentId && one.location !== undefined)
}
