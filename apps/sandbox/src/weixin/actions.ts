import { z } from 'zod'
import { LOCAL_HOSTS } from '../kit/callback-address.ts'
import type { Simulator } from '../kit/simulator.ts'
import { followChanged } from './callbacks/events.ts'
import { checkPushUrl } from './callbacks/post-push.ts'
import { MINI_PROGRAM, OFFICIAL_ACCOUNT } from './credentials.ts'
import { faceResult } from './face/face-results.ts'
import { TEMPLATES } from './messages/templates.ts'
import { openidOf, person } from './persons.ts'
import type { WeixinPlatform } from './platform.ts'

const personId = z.string().regex(/^[\w-]{1,40}$/, 'a person id is 1–40 of letters, digits, "_" and "-"')
const named = z.strictObject({ person: personId })
const templateId = z
  .string()
  .refine((id) => TEMPLATES.some((one) => one.templateId === id), 'no such template')
const flag = z.boolean().optional()

const phoneSchema = z.strictObject({
  person: personId,
  follows: flag,
  blocks: flag,
  blacklisted: flag,
  refusedTemplates: z.array(templateId).optional(),
})
const acceptSchema = z.strictObject({
  person: personId,
  templateIds: z.array(templateId).min(1).max(3),
  times: z.number().int().min(1).max(1_000).default(1),
})
const faceSchema = z.strictObject({
  verifyId: z.string().min(1),
  verifyRet: z.number().refine((code) => faceResult(code) !== undefined, 'no known verify_ret'),
})
const pushUrlSchema = z.strictObject({ url: z.url().nullable(), check: z.boolean().default(true) })
const settingsSchema = z.strictObject({
  openPlatformBound: flag,
  faceResultReads: z.enum(['many', 'once']).optional(),
  faceForOfficialAccount: flag,
  templateMessagesPerDay: z.number().int().min(0).optional(),
  unauthorized: z.array(z.string().min(1)).max(50).optional(),
  publishedPages: z.array(z.string().min(1)).max(500).optional(),
  callbackHosts: z.array(z.string().min(1)).max(20).optional(),
})

/** What a test or a person does in place of the phone and of WeChat's administration pages. */
export function weixinActions(platform: WeixinPlatform): Simulator['actions'] {
  const { loginCodes, phones, faces, inbox, pushes, clock, settings } = platform
  return {
    'mini-program-code': (input) => {
      const wanted = person(named.parse(input).person)
      return { code: loginCodes.issue({ appid: MINI_PROGRAM.appid, person: wanted, scope: undefined }) }
    },
    openids: (input) => {
      const wanted = person(named.parse(input).person)
      return {
        miniProgram: openidOf(MINI_PROGRAM.appid, wanted),
        officialAccount: openidOf(OFFICIAL_ACCOUNT.appid, wanted),
      }
    },
    'set-phone': (input) => {
      const { person: id, ...change } = phoneSchema.parse(input)
      const before = phones.of(id).follows
      const phone = phones.change(id, defined(change))
      if (phone.follows !== before) pushes.add(followChanged(person(id), phone.follows, clock.nowMs()))
      return phone
    },
    'accept-subscription': (input) => {
      const { person: id, templateIds, times } = acceptSchema.parse(input)
      for (const template of templateIds) phones.accept(id, template, times)
      return phones.of(id)
    },
    'decide-face': (input) => {
      const { verifyId, verifyRet } = faceSchema.parse(input)
      const session = faces.find(verifyId)
      if (!session) throw new Error('no such face session')
      faces.decide(session, verifyRet)
      return { verifyRet: session.verifyRet ?? null }
    },
    messages: (input) => inbox.list(z.strictObject({ person: personId.optional() }).parse(input).person),
    'clear-messages': () => {
      inbox.clear()
      return {}
    },
    templates: () => TEMPLATES,
    'set-callback-url': async (input) => {
      const { url, check } = pushUrlSchema.parse(input)
      if (url !== null && !LOCAL_HOSTS.includes(new URL(url).hostname))
        throw new Error('events are posted to this machine only')
      if (url !== null && check && !(await checkPushUrl(url, clock.nowMs())))
        throw new Error('the address did not answer the echostr')
      pushes.register(url ?? undefined)
      return { url }
    },
    'deliver-due': async () => ({ sent: await pushes.deliverDue(), pushes: shown(platform) }),
    pushes: () => shown(platform),
    settings: (input) => Object.assign(settings, defined(settingsSchema.parse(input))),
  }
}

function shown({ pushes }: WeixinPlatform): readonly object[] {
  return pushes.list().map(({ event, ...push }) => ({ ...push, event: event.name, openid: event.openid }))
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>
}
