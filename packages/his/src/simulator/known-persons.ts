import type { KnownHospitalPerson } from './archived-person.ts'

const LI_MINGHUA = {
  name: '李明华',
  idType: '01',
  idNumber: '330102199001012210',
  gender: '男',
  birthday: '1990-01-01',
  special: '成人，一份档案',
} as const

/**
 * Made-up people whom the demonstration and the tests rely on; their resident ID numbers carry right check
 * characters. The sandbox's card platform knows 李明华, 李小宝, 陈秀兰 and 赵德福 by the same numbers.
 */
export const KNOWN = {
  liMinghua: LI_MINGHUA,
  liXiaobao: {
    name: '李小宝',
    idType: '01',
    idNumber: '330102202005181219',
    gender: '男',
    birthday: '2020-05-18',
    special: '六岁儿童，监护人是父亲李明华，一份档案',
    guardian: {
      name: LI_MINGHUA.name,
      idType: LI_MINGHUA.idType,
      idNumber: LI_MINGHUA.idNumber,
      phone: '13800000210',
      relation: '父亲',
    },
  },
  chenXiulan: {
    name: '陈秀兰',
    idType: '01',
    idNumber: '330102199308153229',
    gender: '女',
    birthday: '1993-08-15',
    special: '成人，没有档案；她的健康卡上缺民族和住址',
  },
  wangFang: {
    name: '王芳',
    idType: '01',
    idNumber: '330102199211084220',
    gender: '女',
    birthday: '1992-11-08',
    special: '成人，没有档案，也没有健康卡',
  },
  zhaoDefu: {
    name: '赵德福',
    idType: '01',
    idNumber: '330102195403124014',
    gender: '男',
    birthday: '1954-03-12',
    special: '七十二岁老人，档案按 15 位号码建立',
  },
  sunGuizhen: {
    name: '孙桂珍',
    idType: '01',
    idNumber: '330106196207184028',
    gender: '女',
    birthday: '1962-07-18',
    special: '三份档案：两个院区各一份，另一份按 15 位号码建立',
  },
  wuTao: {
    name: '吴涛',
    idType: '01',
    idNumber: '33010819881123701X',
    gender: '男',
    birthday: '1988-11-23',
    special: '一份档案；同一号码下还有一份「吴滔」，是窗口录错的',
  },
  johnSmith: {
    name: 'John Smith',
    idType: '03',
    idNumber: 'E12345678',
    gender: '男',
    birthday: '1985-06-30',
    special: '外国护照，一份档案',
  },
} as const satisfies Record<string, KnownHospitalPerson>
