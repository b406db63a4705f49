import { DAY_MS, startOfShanghaiDay } from '@zhangyi/core'
import { counted, type HomePart, type HomeTodo } from '../../platform/operators/home.ts'
import { countVisitSuccesses } from '../count-visit-successes.ts'
import { findTroubles, type Trouble } from './find-troubles.ts'

const PATH = '/console/visits'
const DONE = ['book-appointment', 'register-same-day', 'pay-outpatient-fee']

const TODO: Readonly<Record<Trouble, Pick<HomeTodo, 'tone' | 'text'>>> = {
  refund: { tone: 'bad', text: '挂号缴费的退款走不下去，要人处理' },
  mismatch: { tone: 'bad', text: '挂号缴费的付款和订单不符' },
  contradicted: { tone: 'bad', text: '挂号缴费的付款结果前后矛盾，钱在存疑' },
  'foreign-answer': { tone: 'bad', text: 'HIS 用别人的单据答复挂号缴费' },
  doubtful: { tone: 'warn', text: '挂号缴费超过一小时，HIS 没有说明有没有办成' },
}

/** 挂号与缴费 on the first page: how many the HIS has today, and which orders need a person. */
export const visitsHome: HomePart = {
  permission: 'visits.read',
  read: async (tx, { nowMs }) => {
    const fromMs = startOfShanghaiDay(nowMs)
    const successes = await countVisitSuccesses(tx, { fromMs, toMs: fromMs + DAY_MS })
    const done = successes.filter(({ act }) => DONE.includes(act)).reduce((sum, { count }) => sum + count, 0)
    const troubles = Map.groupBy((await findTroubles(tx, nowMs)).values(), (trouble) => trouble)
    return {
      numbers: [
        {
          key: 'visits',
          name: '今日挂号和缴费',
          value: counted(done),
          unit: '笔',
          tone: 'plain',
          path: PATH,
        },
      ],
      todo: [...troubles].map(([trouble, all]) => ({
        ...{ ...TODO[trouble], count: all.length, path: `${PATH}?state=trouble` },
      })),
      days: [],
    }
  },
}
