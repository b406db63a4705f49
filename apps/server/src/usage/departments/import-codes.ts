import { badInput } from '../../platform/errors/catalogue.ts'
import { eachLine, readCsv } from '../read-csv.ts'
import { DEPARTMENT_CODE, type MappedDepartment } from './set-codes.ts'

/** A table of HIS department and platform code, as pasted or as a file. */
export function readCodes(csv: string): readonly MappedDepartment[] {
  const lines = readCsv(
    csv,
    ([id = '', code = '']) => /^(department_?id|科室)/i.test(id) || /code|代码/i.test(code),
  )
  const mapped = eachLine(lines, ([departmentId = '', code = '', ...rest]) => {
    if (rest.some((cell) => cell !== '')) return '只写两列：科室编号,平台代码'
    if (!/^[^\p{C}\s]{1,64}$/u.test(departmentId)) return '第一列是 HIS 的科室编号'
    if (!DEPARTMENT_CODE.test(code)) return '第二列是平台的科室代码，如 0300'
    return { departmentId, code }
  })
  const twice = mapped.find(
    ({ departmentId }, index) => mapped.findIndex((one) => one.departmentId === departmentId) !== index,
  )
  if (twice) throw badInput({ field: 'csv', message: `科室 ${twice.departmentId} 出现了两次` })
  return mapped
}
