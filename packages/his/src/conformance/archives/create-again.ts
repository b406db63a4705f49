import { createNew, findOwn, queryOf, wordsOf } from '../ask.ts'
import { type ConformanceCheck, must } from '../check.ts'

export const createAgain: ConformanceCheck = {
  name: 'archives.create-again',
  zh: "建档：已有档案的人再建，答复 no('duplicate') 或原来那份",
  because: '患者换一部手机、或家人代办，都会再来一次；建出第二份，病历和余额就分在两处。',
  run: async (bench) => {
    const person = bench.people.adult()
    const { patid } = await createNew(bench, person)
    const again = await bench.port.archives.create(person, bench.newKey())
    const own = await findOwn(bench, queryOf(person))
    must(own.length === 1, `同一个人建档两次之后，查到 ${own.length} 份档案`)
    if (again.kind === 'yes') must(again.value.patid === patid, '第二次建档答复了另一个 patid')
    else
      must(
        again.kind === 'no' && again.code === 'duplicate',
        `第二次建档的答复是 ${wordsOf(again)}，应当是 no('duplicate', …)：网关见到它才会去查`,
      )
  },
}
