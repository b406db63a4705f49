export type Specimen = 'blood' | 'urine' | 'other'

const MENTIONS: readonly (readonly [Specimen, RegExp])[] = [
  ['blood', /血/],
  ['urine', /尿/],
  [
    'other',
    /脑脊液|胸水|腹水|胸腔|腹腔|积液|粪|大便|便常规|便潜血|白带|分泌物|精液|精浆|前列腺液|关节液|滑膜|穿刺|引流|痰|胃液|羊水|脐|灌洗|透析|唾液|毛发/,
  ],
]
// Found in blood, and named after urine; 隐血 is looked for in urine.
const NAMED_AFTER = /尿酸|尿素|尿毒|隐血|潜血/g

/** Where a sample came from, as far as a text says: `尿白细胞` urine, `血尿常规` both, `肌酐` nothing. */
export function specimensIn(text: string): ReadonlySet<Specimen> {
  const plain = text.replace(NAMED_AFTER, '')
  return new Set(MENTIONS.filter(([, pattern]) => pattern.test(plain)).map(([specimen]) => specimen))
}
