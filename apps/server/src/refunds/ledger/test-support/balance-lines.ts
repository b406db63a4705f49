import { fileOf } from './open-ledger-room.ts'

// Five archives of a HIS: one of them is whole.
export const LI = 'P001,李明华,330102199001012210,13800000210,0000120931,100.00,2025-12-01'
export const ZHAO = 'P002,赵德福,330102540312401,13800000211,,250.50,2019-06-01'
export const WANG = 'P003,王芳,330102199211084220,,0000120933,8.00,'
export const NO_ID = 'P004,孙桂珍,,13800000213,,30.00,2022-01-01'
export const ZHAO_AGAIN = 'P005,赵德福,330102195403124014,13800000211,,1.00,2024-01-01'
export const ALL = fileOf(LI, ZHAO, WANG, NO_ID, ZHAO_AGAIN)
