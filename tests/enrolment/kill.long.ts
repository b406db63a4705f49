import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { checkCharacter } from '@zhangyi/core'
import { expect, test } from 'vitest'
import { launch, newPlace, type Running, untilReady } from '../setup/npm-start.ts'
import { Phone, type PhoneStack } from './phone.ts'

const ROUNDS = 8
const PATIENTS = 8
const SEED = 20_261_123

function stackOf({ origin, control }: Running): PhoneStack {
  return {
    server: { origin },
    action: async <T>(platform: string, action: string, input: object) => {
      const response = await fetch(`${control}/platforms/${platform}/actions/${action}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
      })
      return (await response.json()) as T
    },
  }
}

interface Person {
  readonly id: string
  readonly name: string
  readonly idNumber: string
}

function people(): readonly Person[] {
  return Array.from({ length: PATIENTS }, (_, index) => {
    const first17 = `33011019850505${String(101 + index)}`
    return { id: `kill-${index}`, name: '周建国', idNumber: first17 + checkCharacter(first17) }
  })
}

/** One try to link the card; the installation may die at any moment of it. */
async function link(stack: PhoneStack, { id, name, idNumber }: Person): Promise<string> {
  await stack.action('health-card', 'seed-card', { person: id, relation: '本人', name, idNumber })
  const phone = await new Phone(stack, id).signIn()
  const flow = await phone.start()
  if (flow.step !== 'open-platform') return flow.step
  const back = await phone.walk(flow.url, '周', '远程授权认证', '模拟：验证通过')
  const { body } = await phone.api('POST', `/enrolments/${flow.id}/health-code`, {
    code: back.searchParams.get('healthCode'),
  })
  return body.step
}

// How long each round lives: some die before the first patient is done, some after.
function livesMs(round: number): number {
  return 150 + (((SEED * (round + 1)) >>> 3) % 1_200)
}

test(`kill -9 in the middle of linking, ${ROUNDS} times: never two archives, and everybody is linked in the end (seed ${SEED})`, {
  timeout: 600_000,
}, async () => {
  const place = await newPlace()
  const everybody = people()
  for (let round = 0; round < ROUNDS; round++) {
    const running = launch(place)
    await untilReady(running)
    const stack = stackOf(running)
    const tries = Promise.allSettled(everybody.map((person) => link(stack, person)))
    await delay(livesMs(round))
    process.kill(-(running.child.pid as number), 'SIGKILL')
    await running.exited
    await tries
  }
  const last = launch(place)
  await untilReady(last)
  const stack = stackOf(last)
  const ends = await Promise.all(everybody.map((person) => link(stack, person)))
  expect(ends).toEqual(everybody.map(() => 'done'))
  for (const person of everybody) {
    const phone = await new Phone(stack, person.id).signIn()
    const { body } = await phone.api<{ patients: { card: string; verified: boolean }[] }>('GET', '/me')
    expect(body.patients).toMatchObject([{ card: 'linked', verified: true }])
  }
  const { archives } = JSON.parse(readFileSync(join(place.dataDir, 'sandbox', 'his-rest.json'), 'utf8')) as {
    archives: { idNumber: string }[]
  }
  for (const { idNumber } of everybody)
    expect(archives.filter((archive) => archive.idNumber === idNumber)).toHaveLength(1)
  process.kill(-(last.child.pid as number), 'SIGINT')
  expect(await last.exited).toBe(0)
})
