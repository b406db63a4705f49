import { type ConformanceCheck, must, NotOffered } from '../check.ts'

export const oneWayOfRefund: ConformanceCheck = {
  name: 'port.one-way-of-refund',
  zh: '退款：deposits（冻结）和 deductions（单步扣减）只提供一种',
  because: '两种都在，网关不知道一笔退款该查哪一边；查错了，就会重复付款。',
  run: async ({ port: { deposits, deductions } }) => {
    if (!deposits && !deductions)
      throw new NotOffered('deposits 和 deductions 都没有提供，线上退预交金不会开放')
    must(!(deposits && deductions), '同时提供了 deposits 和 deductions')
  },
}
