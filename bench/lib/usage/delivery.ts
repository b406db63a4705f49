import { type Child, startChild } from '../child.ts'
import { formatLine, printLine, progress, runPairedRounds } from '../paired-rounds.ts'
import type { Delivered } from './contestants/setup.ts'
import type { Bench } from './open-bench.ts'

const PEERS = ['bare-loop', 'pg-boss', 'graphile-worker'] as const
// About three seconds: long enough for the lanes to fill, short enough for seven rounds of each.
const EVENTS = 8_000

/** Delivered events a second to the same sink, as many on the wire, each contestant in a process of its own. */
export async function measureDelivery(bench: Bench, rounds: number): Promise<void> {
  const ours = await start(bench, 'ours')
  for (const name of PEERS) {
    progress(`delivery：与 ${name} 比较，${rounds} 轮……`)
    const peer = await start(bench, name)
    const result = await runPairedRounds({ ours: () => rate(ours), peer: () => rate(peer), rounds })
    printLine(formatLine({ bench: 'usage', metric: 'delivery', unit: 'events/s', peer: name }, result))
    await peer.stop()
  }
  await ours.stop()
}

async function start(bench: Bench, name: string): Promise<Child> {
  const { child } = await startChild(new URL(`./contestants/${name}.ts`, import.meta.url), bench.setup)
  bench.add(() => child.stop())
  return child
}

async function rate(contestant: Child): Promise<number> {
  await contestant.ask({ fill: EVENTS })
  const { seconds } = await contestant.ask<Delivered>({ deliver: EVENTS })
  return EVENTS / seconds
}
