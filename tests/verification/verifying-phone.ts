import { checkCharacter, maskName } from '@zhangyi/core'
import type { Purpose, VerificationView } from '../../apps/server/src/verification/index.ts'
import { type Answer, Phone } from '../enrolment/phone.ts'
import type { TestStack } from '../setup/test-stack.ts'

export interface ErrorAnswer {
  readonly error: { readonly code: string }
}
export type Verified = Answer<VerificationView & Partial<ErrorAnswer>>

let serial = 0
/** A made-up person whom nobody else uses: each file takes an area code of its own. */
export function newAdult(area = '330105', { bornIn, ...changes }: { bornIn?: number; name?: string } = {}) {
  serial++
  const first17 = `${area}${bornIn ?? 1970 + (serial % 30)}0${1 + (serial % 9)}1${serial % 10}${String(100 + (serial % 900))}`
  return {
    name: '周建国',
    idType: '01' as const,
    idNumber: first17 + checkCharacter(first17),
    nation: '汉族',
    phone: '13900001234',
    address: '西湖区文三路 9 号',
    ...changes,
  }
}

/** A signed-in phone that links patients and has them verified, past the pages. */
export class VerifyingPhone extends Phone {
  readonly #stack: TestStack

  constructor(stack: TestStack, person?: string) {
    super(stack, person)
    this.#stack = stack
  }

  /** Links a person with a health card, verified as named; answers our patient id. */
  async link(person: object, relation = '本人', by: readonly string[] = PASS): Promise<string> {
    await this.#stack.action('health-card', 'seed-card', { person: this.person, relation, ...person })
    const name = String((person as { name?: string }).name ?? '')
    const flow = await this.start({ intent: relation === '本人' ? 'register' : 'add-patient' })
    if (flow.step !== 'open-platform') throw new Error(`flow is at ${flow.step}`)
    const back = await this.walk(flow.url, maskName(name), ...by)
    let view = (
      await this.api('POST', `/enrolments/${flow.id}/health-code`, {
        code: back.searchParams.get('healthCode'),
      })
    ).body
    if (view.step === 'choose-archive')
      view = (await this.api('POST', `/enrolments/${flow.id}/archive`, { key: view.archives[0]?.key })).body
    if (view.step === 'complete-archive')
      view = (await this.api('POST', `/enrolments/${flow.id}/complete`, { relation })).body
    if (view.step !== 'done') throw new Error(`not linked: ${JSON.stringify(view)}`)
    return view.patient.id
  }

  /** Status and error code of an answer whose content does not matter, also of a PDF. */
  async probe(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; code: string | undefined }> {
    const answer = await this.raw(method, path, body)
    if (answer.status < 400) return { status: answer.status, code: undefined }
    return { status: answer.status, code: ((await answer.json()) as ErrorAnswer).error.code }
  }

  async wechatCode(): Promise<string> {
    const { wechatCode } = await this.#stack.action<{ wechatCode: string }>('health-card', 'wechat-code', {
      person: this.person,
    })
    return wechatCode
  }

  async begin(patientId: string, purpose: Purpose): Promise<Verified> {
    return this.api('POST', '/verifications', { patientId, purpose, wechatCode: await this.wechatCode() })
  }

  /** Walks the platform's pages; answers the address at which our app would arrive. */
  async onPlatform(view: VerificationView, ...presses: readonly string[]): Promise<URL> {
    if (view.step !== 'open-platform') throw new Error(`verification is at ${JSON.stringify(view)}`)
    return this.walk(view.url, ...presses)
  }

  /** Passes by remote authorisation unless other buttons are named; hands the result in. */
  async verify(patientId: string, purpose: Purpose, ...presses: readonly string[]): Promise<Verified> {
    const { body } = await this.begin(patientId, purpose)
    const back = await this.onPlatform(body, ...(presses.length > 0 ? presses : PASS))
    return this.handIn(body.id, back)
  }

  async handIn(id: string, back: URL): Promise<Verified> {
    const registerOrderId = back.searchParams.get('registerOrderId')
    return registerOrderId === null
      ? this.api('POST', `/verifications/${id}/failed`, {})
      : this.api('POST', `/verifications/${id}/result`, { registerOrderId })
  }
}

export const PASS = ['远程授权认证', '模拟：验证通过'] as const
