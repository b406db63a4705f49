/** 与持卡人关系, as the platform's current clients submit it: the Chinese word itself. */
export const RELATIONS = ['本人', '父母', '子女', '夫妻', '亲属', '朋友', '其他'] as const

export type Relation = (typeof RELATIONS)[number]
