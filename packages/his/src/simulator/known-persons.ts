import type { ArchivedPerson } from './archived-person.ts'

/**
 * Made-up people whom the demonstration and the tests rely on; their resident ID numbers carry right check
 * characters. The sandbox's card platform knows 李明华, 李小宝, 陈秀兰 and 赵德福 by the same numbers.
 */
export const KNOWN = {
  /** One archive. */
  liMinghua: {
    name: '李明华',
    idType: '01',
    idNumber: '330102199001012210',
    gender: '男',
    birthday: '1990-01-01',
  },
  /** A child of six with one archive. */
  liXiaobao: {
    name: '李小宝',
    idType: '01',
    idNumber: '330102202005181219',
    gender: '男',
    birthday: '2020-05-18',
  },
  /** No archive yet. */
  chenXiulan: {
    name: '陈秀兰',
    idType: '01',
    idNumber: '330102199308153229',
    gender: '女',
    birthday: '1993-08-15',
  },
  /** A senior of 72, filed under the 15-digit number. */
  zhaoDefu: {
    name: '赵德福',
    idType: '01',
    idNumber: '330102195403124014',
    gender: '男',
    birthday: '1954-03-12',
  },
  /** Three archives: two campuses, one under the 15-digit number. */
  sunGuizhen: {
    name: '孙桂珍',
    idType: '01',
    idNumber: '330106196207184028',
    gender: '女',
    birthday: '1962-07-18',
  },
  /** One archive under the own name, one under another name: a mistake of the window. */
  wuTao: { name: '吴涛', idType: '01', idNumber: '33010819881123701X', gender: '男', birthday: '1988-11-23' },
  /** A foreigner with one archive. */
  johnSmith: {
    name: 'John Smith',
    idType: '03',
    idNumber: 'E12345678',
    gender: '男',
    birthday: '1985-06-30',
  },
} as const satisfies Record<string, ArchivedPerson>
