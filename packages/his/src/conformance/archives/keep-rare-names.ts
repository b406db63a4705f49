import { sameName } from '@zhangyi/core'
import { createNew, queryOf } from '../ask.ts'
import { type ConformanceBench, type ConformanceCheck, must } from '../check.ts'

// A middle dot; a character outside the basic plane (𠮷); one that GBK lacks (䶮).
const NAMES = [
  { name: '阿依测试·买买提', what: '间隔号 ·' },
  { name: '𠮷测试', what: '扩展区的字 𠮷' },
  { name: '测试䶮', what: 'GBK 里没有的字 䶮' },
]

export const keepRareNames: ConformanceCheck = {
  name: 'archives.keep-rare-names',
  zh: '姓名：间隔号 · 和生僻字（𠮷、䶮）原样保存',
  because: '网关只认同名的档案；字变成「?」，这些患者就永远对不上自己的档案。',
  run: async (bench) => {
    for (const { name, what } of NAMES) await keeps(bench, name, what)
  },
}

async function keeps(bench: ConformanceBench, name: string, what: string): Promise<void> {
  const person = bench.people.adult(name)
  const { patid } = await createNew(bench, person)
  const found = await bench.port.archives.find(queryOf(person))
  const own = found.find((archive) => archive.patid === patid)
  must(own !== undefined, `姓名里有${what}的人，建档之后查不到`)
  must(sameName(own.name, name), `姓名里的${what}没有原样保存`)
}
