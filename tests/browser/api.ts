import { checkCharacter } from '@zhangyi/core'
import type { FlowView } from '../../apps/server/src/enrolment/index.ts'
import type { Visitor } from '../setup/browser.ts'
import type { TestStack } from '../setup/test-stack.ts'

let serial = 0
export function newPerson(changes: object = {}) {
  const first17 = `33010919910101${String(400 + ++serial)}`
  return {
    name: '周建国',
    idType: '01',
    idNumber: first17 + checkCharacter(first17),
    nation: '汉族',
    phone: '13900001234',
    address: '文三路 9 号',
    ...changes,
  }
}

/** The H5's own session, without its pages: brings a flow into a state. */
export class Api {
  readonly visitor: Visitor
  readonly #stack: TestStack

  constructor(stack: TestStack, visitor: Visitor) {
    this.#stack = stack
    this.visitor = visitor
  }

  async post(path: string, data: object = {}): Promise<FlowView> {
    const { origin } = this.#stack.server
    const response = await this.visitor.page.request.post(`${origin}/api/v1${path}`, {
      data,
      headers: { origin },
    })
    const text = await response.text()
    return (text === '' ? undefined : JSON.parse(text)) as FlowView
  }

  async start(input: object = { intent: 'register' }): Promise<FlowView> {
    const { person } = this.visitor
    const { wechatCode } = await this.#stack.action<{ wechatCode: string }>('health-card', 'wechat-code', {
      person,
    })
    return this.post('/enrolments', { wechatCode, ...input })
  }

  /** A healthCode of a card of this person, as the platform would send back. */
  async healthCode(card: object): Promise<{ code: string }> {
    const { person } = this.visitor
    const { healthCardId } = await this.#stack.action<{ healthCardId: string }>('health-card', 'seed-card', {
      person,
      relation: '本人',
      ...card,
    })
    const { healthCode } = await this.#stack.action<{ healthCode: string }>('health-card', 'health-code', {
      healthCardId,
    })
    return { code: healthCode }
  }

  async visitCard(flow: FlowView): Promise<FlowView> {
    return this.post(`/enrolments/${flow.id}/visit-card`, { ...newPerson(), relation: '朋友' })
  }
}
