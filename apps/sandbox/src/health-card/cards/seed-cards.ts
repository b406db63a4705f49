import type { PersonData } from './card.ts'

/** Made-up people with numbers whose check character is right, so that a hospital's own checks accept them. */
export const SEED_PEOPLE = {
  liMinghua: {
    name: '李明华',
    idType: '01',
    idNumber: '330102199001012210',
    gender: '男',
    nation: '汉族',
    birthday: '1990-01-01',
    address: '浙江省杭州市上城区解放路 1 号',
    phone1: '13800000210',
    relation: '本人',
  },
  liXiaobao: {
    name: '李小宝',
    idType: '01',
    idNumber: '330102202005181219',
    gender: '男',
    nation: '汉族',
    birthday: '2020-05-18',
    address: '浙江省杭州市上城区解放路 1 号',
    phone1: '13800000210',
    relation: '子女',
  },
  /** No nation and no address on the card: the hospital has to ask. */
  chenXiulan: {
    name: '陈秀兰',
    idType: '01',
    idNumber: '330102199308153229',
    gender: '女',
    birthday: '1993-08-15',
    phone1: '13800000322',
    relation: '夫妻',
  },
  zhaoDaye: {
    name: '赵德福',
    idType: '01',
    idNumber: '330102195403124014',
    gender: '男',
    nation: '汉族',
    birthday: '1954-03-12',
    address: '浙江省杭州市拱墅区湖墅南路 8 号',
    phone1: '13800000401',
    relation: '本人',
  },
} as const satisfies Record<string, PersonData>

export function seedCards(): readonly { readonly person: string; readonly data: PersonData }[] {
  const { liMinghua, liXiaobao, chenXiulan, zhaoDaye } = SEED_PEOPLE
  return [
    { person: 'lihua', data: liMinghua },
    { person: 'lihua', data: liXiaobao },
    { person: 'lihua', data: chenXiulan },
    { person: 'zhaodaye', data: zhaoDaye },
  ]
}
