import type { ReportSummary } from '@zhangyi/his'

const NAMES: Readonly<Record<string, string>> = {
  CT: 'CT',
  MR: '磁共振',
  MRI: '磁共振',
  US: '超声',
  DX: 'X 线',
  DR: 'X 线',
  CR: 'X 线',
  XR: 'X 线',
  RF: 'X 线透视',
  MG: '乳腺 X 线',
  XA: '血管造影',
  DSA: '血管造影',
  NM: '核医学',
  PT: 'PET',
  'PET/CT': 'PET-CT',
  'PET-CT': 'PET-CT',
  ECG: '心电图',
  EEG: '脑电图',
  ES: '内镜',
  PATH: '病理',
}

const IN_TITLES: readonly (readonly [RegExp, string])[] = [
  [/\bPET\b/i, 'PET-CT'],
  [/(?<!PET[-/ ]?)\bCT\b/i, 'CT'],
  [/磁共振|核磁|\bMRI?\b/i, '磁共振'],
  [/超声|彩超|B超/i, '超声'],
  [/X\s?线|\bDR\b|胸片/i, 'X 线'],
  [/心电图/, '心电图'],
  [/胃镜|肠镜|内镜|支气管镜/, '内镜'],
  [/病理|活检/, '病理'],
]

/** What list and content say of an examination: the HIS's own word, else what its title says. Null for other kinds. */
export function modalityOf({
  kind,
  modality,
  title,
}: Pick<ReportSummary, 'kind' | 'modality' | 'title'>): string | null {
  return kind === 'examination' ? (modalityName(modality) ?? modalityOfTitle(title)) : null
}

/** The kind of an examination in Chinese; null for a code that nobody reads. A HIS that writes Chinese is kept. */
export function modalityName(modality: string | undefined): string | null {
  if (modality === undefined) return null
  return NAMES[modality.trim().toUpperCase()] ?? (/\p{Script=Han}/u.test(modality) ? modality.trim() : null)
}

/**
 * The same for a list, where the HIS gives no modality: read from the title (`胸部 CT 平扫`), and null where the title
 * names none or several.
 */
export function modalityOfTitle(title: string): string | null {
  const found = IN_TITLES.filter(([pattern]) => pattern.test(title))
  return found.length === 1 ? (found[0]?.[1] ?? null) : null
}
