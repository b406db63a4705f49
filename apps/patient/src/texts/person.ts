import type { ArchiveField, GuardianRelation, IdType, Relation } from '../api/types.ts'

/** Labels of what is asked about a person; the gateway's field names are the keys. */
export const fieldLabels = {
  name: '姓名',
  idType: '证件类型',
  idNumber: '证件号码',
  gender: '性别',
  birthday: '出生日期',
  nation: '民族',
  phone: '手机号码',
  address: '现住址',
  relation: '与我的关系',
  'guardian.name': '监护人姓名',
  'guardian.idType': '监护人证件类型',
  'guardian.idNumber': '监护人证件号码',
  'guardian.phone': '监护人手机号码',
  'guardian.relation': '监护人是孩子的',
} as const

export const archiveFieldLabels: Readonly<Record<ArchiveField, string>> = {
  gender: fieldLabels.gender,
  birthday: fieldLabels.birthday,
  nation: fieldLabels.nation,
  phone: fieldLabels.phone,
  address: fieldLabels.address,
  relation: fieldLabels.relation,
  guardian: '监护人',
}

export const fieldPlaceholders = {
  name: '与证件上一致',
  idNumber: '请输入证件号码',
  phone: '11 位手机号码',
  address: '街道、小区和门牌',
  birthday: '请选择日期',
} as const

export const fieldHints = {
  name: '名字里有“·”的，请照证件填写。',
  relation: '就诊人是您的谁？',
  derived: (gender: string, birthday: string) => `从证件得知：${gender}，${birthday} 出生`,
} as const

export const guardianTexts = {
  title: '监护人',
  what: (age: number) => `不满 ${age} 岁的孩子建档，需要一位监护人的信息。`,
} as const

/** In the order in which they are met at a counter, not in the order of the platform's numbers. */
export const idTypeLabels: Readonly<Record<IdType, string>> = {
  '01': '居民身份证',
  '03': '护照',
  '06': '港澳居民来往内地通行证',
  '07': '台湾居民来往内地通行证',
  '17': '港澳台居民居住证',
  '15': '外国人永久居留身份证',
  '02': '居民户口簿',
  '08': '出生医学证明',
  '16': '新生儿证件',
  '04': '军官证',
  '05': '驾驶证',
  '99': '其他法定有效证件',
}
export const idTypeOrder: readonly IdType[] = [
  '01',
  '03',
  '06',
  '07',
  '17',
  '15',
  '02',
  '08',
  '16',
  '04',
  '05',
  '99',
]

export const relations: readonly Relation[] = ['本人', '父母', '子女', '夫妻', '亲属', '朋友', '其他']
export const guardianRelations: readonly GuardianRelation[] = ['父亲', '母亲', '其他监护人']
export const genders = ['男', '女'] as const

export const personProblems = {
  name: {
    empty: '请填写姓名',
    'too-short': '姓名至少两个字',
    characters: '姓名里有不能使用的字符，请按证件填写（中间的点请用“·”）',
  },
  idNumber: {
    empty: '请填写证件号码',
    length: '证件号码的位数或格式不对，请对照证件检查',
    characters: '证件号码里有不能使用的字符，请对照证件检查',
    date: '证件号码里的出生日期不存在，请对照证件检查',
    future: '证件号码里的出生日期在今天之后，请对照证件检查',
    checksum: '证件号码不正确，可能有一位输错了，请对照证件检查',
    'not-resident':
      '81、82、83 或 9 开头的号码不是居民身份证，请把证件类型改为“港澳台居民居住证”或“外国人永久居留身份证”',
  },
  phone: { empty: '请填写手机号码', wrong: '手机号码应为 11 位数字，请检查' },
  gender: '请选择性别',
  birthday: { empty: '请选择出生日期', future: '出生日期在今天之后，请检查' },
  nation: '请选择民族',
  address: '请填写现住址',
  relation: '请选择与就诊人的关系',
  guardianRelation: '请选择监护人与孩子的关系',
} as const

/** The 56 ethnic groups, the most numerous first as every counter's list has them. */
export const nations: readonly string[] = (
  '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 ' +
  '景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 ' +
  '保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺'
)
  .split(' ')
  .map((name) => `${name}族`)
