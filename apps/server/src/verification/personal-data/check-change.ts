import { isMobileNumber } from '@zhangyi/core'
import { badInput, type FieldProblem } from '../../platform/errors/catalogue.ts'
import type { NewValues } from './change-row.ts'
import type { PersonalDataChange } from './personal-data-view.ts'

const MIN_ADDRESS = 4

/** What a person typed, trimmed; throws one `bad-input` that names every wrong field and never echoes what was typed. */
export function checkChange({ phone, address }: PersonalDataChange): NewValues {
  const problems: FieldProblem[] = []
  const problem = (field: string, message: string) => void problems.push({ field, message })
  if (phone === undefined && address === undefined) problem('phone', '请填写要修改的手机号码或现住址')
  if (phone?.trim() === '') problem('phone', '请填写手机号码')
  else if (phone !== undefined && !isMobileNumber(phone)) problem('phone', '手机号码应为 11 位数字，请检查')
  if (address !== undefined) checkAddress(address.trim(), problem)
  if (problems.length > 0) throw badInput(...problems)
  return {
    ...(phone !== undefined && { phone: phone.trim() }),
    ...(address !== undefined && { address: address.trim() }),
  }
}

function checkAddress(address: string, problem: (field: string, message: string) => void): void {
  if (address === '') problem('address', '请填写现住址')
  else if (/[\p{C}\p{Zl}\p{Zp}]/u.test(address)) problem('address', '现住址里有不能使用的字符，请写成一行')
  else if (Array.from(address).length < MIN_ADDRESS) problem('address', '现住址太短，请写到门牌号')
}
