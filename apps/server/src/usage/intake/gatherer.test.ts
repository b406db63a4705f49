import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { Gatherer } from './gatherer.ts'

/** Work that ends when the test says so. */
function heldWork() {
  const held: { readonly items: readonly number[]; readonly end: (error?: Error) => void }[] = []
  const work = (items: readonly number[]) =>
    new Promise<readonly string[]>((resolve, reject) =>
      held.push({ items, end: (error) => (error ? reject(error) : resolve(items.map(String))) }),
    )
  return { held, work }
}
const limits = { mostAtOnce: 3, mostWaiting: 5, lanes: 1, worthALane: 1, weigh: () => 1 }

test('what comes while a commit is under way shares the next one, and each gets its own answer', async () => {
  const { held, work } = heldWork()
  const gatherer = new Gatherer({ ...limits, work })
  const first = gatherer.add(1)
  await vi.waitFor(() => expect(held).toHaveLength(1))
  const others = [2, 3, 4, 5].map((item) => gatherer.add(item))
  held[0]?.end()
  expect(await first).toBe('1')
  await vi.waitFor(() => expect(held).toHaveLength(2))
  expect(held[1]?.items, 'no more at once than allowed').toEqual([2, 3, 4])
  held[1]?.end()
  await vi.waitFor(() => expect(held).toHaveLength(3))
  held[2]?.end()
  expect(await Promise.all(others)).toEqual(['2', '3', '4', '5'])
})

test('a failure is told to all who shared it, and to nobody else', async () => {
  const { held, work } = heldWork()
  const gatherer = new Gatherer({ ...limits, work })
  const both = [1, 2].map((item) => gatherer.add(item).catch((error: Error) => error.message))
  await vi.waitFor(() => expect(held).toHaveLength(1))
  const later = gatherer.add(3)
  held[0]?.end(new Error('rolled back'))
  expect(await Promise.all(both)).toEqual(['rolled back', 'rolled back'])
  await vi.waitFor(() => expect(held).toHaveLength(2))
  held[1]?.end()
  expect(await later).toBe('3')
})

test('beyond its limit nobody else is let in, and it works again afterwards', async () => {
  const { held, work } = heldWork()
  const gatherer = new Gatherer({ ...limits, work })
  const all = [1, 2, 3, 4, 5].map((item) => gatherer.add(item))
  await expect(gatherer.add(6)).rejects.toMatchObject({ code: 'too-many-requests' })
  for (let batch = 0; batch < 2; batch++) {
    await vi.waitFor(() => expect(held.length).toBeGreaterThan(batch))
    held[batch]?.end()
  }
  await Promise.all(all)
  await nextTurn()
  const again = gatherer.add(7)
  await vi.waitFor(() => expect(held).toHaveLength(3))
  held[2]?.end()
  expect(await again).toBe('7')
})

test('heavy ones go by their weight, and one that is too heavy for any work goes alone', async () => {
  const { held, work } = heldWork()
  const gatherer = new Gatherer({ ...limits, mostWaiting: 100, weigh: (item: number) => item, work })
  const all = [2, 1, 1, 9, 1].map((item) => gatherer.add(item))
  for (const [index, items] of [[2, 1], [1], [9], [1]].entries()) {
    await vi.waitFor(() => expect(held[index]?.items).toEqual(items))
    held[index]?.end()
  }
  expect(await Promise.all(all)).toEqual(['2', '1', '1', '9', '1'])
})

test('beside one that runs, another begins only when enough waits for it', async () => {
  const { held, work } = heldWork()
  const gatherer = new Gatherer({ ...limits, lanes: 2, worthALane: 2, work })
  const all = [gatherer.add(1)]
  await vi.waitFor(() => expect(held).toHaveLength(1))
  all.push(gatherer.add(2))
  await nextTurn()
  expect(held).toHaveLength(1)
  all.push(gatherer.add(3))
  await vi.waitFor(() => expect(held).toHaveLength(2))
  expect(held[1]?.items).toEqual([2, 3])
  for (const { end } of held) end()
  expect(await Promise.all(all)).toEqual(['1', '2', '3'])
})
