import type { Department, Doctor } from '../../appointments.ts'
import { between, pickOne, randomOf } from '../random-of.ts'

const SURNAMES = Array.from('沈陆顾钱施严华金陶姜戚谢邹喻柏水窦章云苏潘葛奚范')
const GIVEN = '文远 慧敏 志远 雅琴 国栋 晓岚 立新 佳宁 振华 淑贤 明哲 婉清 海峰 若兰 俊杰 思源'.split(' ')
const TITLES = ['主任医师', '副主任医师', '主治医师'] as const

/** Three doctors of a department, of three titles; the same for the same seed. */
export function makeDoctors(seed: number, { departmentId, name }: Department): readonly Doctor[] {
  return TITLES.map((title, index) => {
    const random = randomOf(seed, 'doctor', departmentId, index)
    return {
      doctorId: `${departmentId}-${index + 1}`,
      departmentId,
      name: pickOne(random, SURNAMES) + pickOne(random, GIVEN),
      title,
      introduction: `${title}，从事${name}临床工作${between(random, 8, 12) + 8 * (TITLES.length - index)}年，擅长${name}常见病、多发病及疑难病的诊治。`,
    }
  })
}
