import { expect, test } from 'vitest'
import { Book } from './book.ts'

const books = () => new Book<string>({ byNumber: (item) => item, byId: (item) => `id-${item}` })

test('what time still has to move on is not forgotten, however much comes after it', () => {
  const book = books()
  book.put('open')
  for (let index = 0; index < 60_000; index++) {
    book.put(`done-${index}`)
    book.settle(`done-${index}`)
  }
  expect([book.byNumber('open'), book.byId('id-open')]).toEqual(['open', 'open'])
  expect([...book.live()]).toEqual(['open'])
  expect(book.all().length).toBeLessThanOrEqual(55_000)
  expect(book.byNumber('done-0')).toBeUndefined()
  expect(book.byId('id-done-0')).toBeUndefined()
  expect(book.newest(1)).toEqual(['done-59999'])
})

test('a book of nothing but open items grows, and goes back when they are settled', () => {
  const book = books()
  for (let index = 0; index < 60_000; index++) book.put(`open-${index}`)
  expect(book.all()).toHaveLength(60_000)
  for (const item of book.all()) book.settle(item)
  for (let index = 0; index < 15_000; index++) {
    book.put(`next-${index}`)
    book.settle(`next-${index}`)
  }
  expect(book.all().length).toBeLessThanOrEqual(66_000)
  expect(book.byNumber('open-0')).toBeUndefined()
})
