// Checks what a patient typed, before anybody is asked. No I/O, no server.
import {
  checkName,
  fen,
  formatYuan,
  maskIdNumber,
  parseResidentId,
  parseYuan,
  sensitive,
  shanghaiDay,
} from '@zhangyi/core'

const today = shanghaiDay(Date.parse('2026-11-23T09:00:00+08:00'))
const id = parseResidentId('11010519491231002x', today)
console.log(checkName('张三') ?? 'the name can be one')
console.log(id.ok ? `${maskIdNumber(id.value.number)}, born ${id.value.birthday}` : id.problem)

const typed = sensitive('张三')
console.log(`A log shows only ${typed}, never the name`)

console.log(formatYuan(fen(parseYuan('0.10') + parseYuan('0.20'))), 'yuan, exactly')
