/** What the fake server knows; a test changes it as it likes. */
export interface World {
  /** `out`: nobody is signed in. */
  stage: 'out' | 'password' | 'enrol' | 'code' | 'ready'
  role: 'security' | 'operator' | 'finance' | 'hospital'
  idleMinutes: number
  /** Of the hospital's own sign-in; null where there is none. */
  provider: string | null
  hospitals: { id: string; name: string }[]
  accounts: FakeAccount[]
  exports: FakeExport[]
  failedJobs: string[]
  /** Of every page. */
  notices: { tone: string; text: string; path?: string }[]
  /** Hints for the browsers that listen; without it nobody can. */
  live?: { tell?: (topic: string) => void }
  isAlarmSeen: boolean
  isVisitLooked: boolean
  isVisitProblemDone: boolean
  /** Answers to give instead of the right ones, by `METHOD path`. */
  readonly faults: Map<string, { status: number; code: string; message: string } | 'lost'>
  /** What was asked for, as `METHOD path?query`, oldest first. */
  readonly asked: string[]
  /** Places in the configuration whose keys were replaced. */
  readonly replacedKeys: Set<string>
  readonly bodies: unknown[]
}

export interface FakeAccount {
  id: string
  loginName: string
  displayName: string
  role: string
  hospitals: string[] | null
  state: string
  hasSecondFactor: boolean
  isPasswordGiven: boolean
  createdBy: string
  createdAtMs: number
  approvedBy: string | null
  lastSignInAtMs: number | null
}

export interface FakeExport {
  id: string
  name: string
  format: string
  state: 'waiting' | 'working' | 'done' | 'failed'
  rowsExpected: number | null
  rowsDone: number
  bytesDone: number
}

export const NOW_MS = Date.parse('2026-11-28T15:20:00+08:00')

export function newWorld(changes: Partial<World> = {}): World {
  return {
    stage: 'ready',
    role: 'security',
    idleMinutes: 30,
    provider: null,
    hospitals: [
      { id: 'main', name: '市第一人民医院（总院）' },
      { id: 'east', name: '市第一人民医院东院' },
    ],
    accounts: accounts(),
    exports: [],
    notices: [],
    isAlarmSeen: false,
    failedJobs: ['7d3c-1', '7d3c-2'],
    ...{ isVisitLooked: false, isVisitProblemDone: false },
    faults: new Map(),
    asked: [],
    replacedKeys: new Set(),
    bodies: [],
    ...changes,
  }
}

function accounts(): FakeAccount[] {
  const rows = [
    ['lin', '林晓', 'system', 'active'],
    ['chen', '陈岚', 'security', 'active'],
    ['zhou', '周宁', 'audit', 'active'],
    ['wang', '王敏', 'finance', 'active'],
    ['sun-q', '孙倩', 'finance', 'waiting'],
    ['li-jw', '李建伟', 'operator', 'locked'],
    ['he', '何一帆', 'operator', 'active'],
    ['zhao', '赵海东', 'hospital', 'disabled'],
  ] as const
  return rows.map(([loginName, displayName, role, state], index) => ({
    ...{ id: `acc_${index}`, loginName, displayName, role, state },
    hospitals: role === 'hospital' ? ['east'] : null,
    hasSecondFactor: state !== 'waiting',
    isPasswordGiven: state === 'waiting',
    createdBy: index === 0 ? 'first' : 'lin',
    createdAtMs: NOW_MS - (60 - index) * 86_400_000,
    approvedBy: state === 'waiting' ? null : 'chen',
    lastSignInAtMs: state === 'waiting' ? null : NOW_MS - index * 5_400_000,
  }))
}
