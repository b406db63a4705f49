import { describe, expect, test } from 'vitest'
import { requestTexts } from '../texts/common.ts'
import { fieldMessages, isRecord } from './api-error.ts'
import { createRequestClient, type WireAnswer, type WireRequest } from './request-client.ts'

function clientAnswering(answer: WireAnswer, token?: string) {
  const sent: WireRequest[] = []
  const transport = async (request: WireRequest) => {
    sent.push(request)
    return answer
  }
  return {
    sent,
    request: createRequestClient({ origin: 'https://gateway.example', token: () => token, transport }),
  }
}

const readName = (body: unknown): string => {
  if (!isRecord(body) || typeof body['name'] !== 'string') throw new Error('no name')
  return body['name']
}
const ok = (body: unknown): WireAnswer => ({ kind: 'answer', status: 200, body })

describe('request client', () => {
  test('sends token, query and JSON with a limit of ten seconds', async () => {
    const { sent, request } = clientAnswering(ok({ name: '李*华' }), 'secret')
    const result = await request('/api/patients', {
      method: 'POST',
      query: { page: 2, word: '李 华', none: undefined },
      body: { a: 1 },
      read: readName,
    })
    expect(result).toEqual({ ok: true, data: '李*华' })
    expect(sent).toEqual([
      {
        url: 'https://gateway.example/api/patients?page=2&word=%E6%9D%8E%20%E5%8D%8E',
        method: 'POST',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          authorization: 'Bearer secret',
        },
        body: '{"a":1}',
        timeoutMs: 10_000,
      },
    ])
  })

  test('without a session it sends no authorization', async () => {
    const { sent, request } = clientAnswering(ok({ name: '' }))
    await request('/api/x', { read: readName })
    expect(sent[0]?.headers).toEqual({ accept: 'application/json' })
    expect(sent[0]).not.toHaveProperty('body')
  })

  test("keeps the server's words, trace number and fields", async () => {
    const fields = [{ field: 'idNumber', message: '证件号码不正确' }]
    const error = { code: 'INVALID_FORM', message: '请检查填写的内容', traceId: 'ZY-7F3K-29Q', fields }
    const { request } = clientAnswering({ kind: 'answer', status: 422, body: { error } })
    const result = await request('/api/x', { read: readName })
    expect(result).toEqual({ ok: false, error: { ...error, happened: 'no' } })
    if (!result.ok) expect(fieldMessages(result.error)).toEqual({ idNumber: '证件号码不正确' })
  })

  test.each([
    ['a time-out', { kind: 'failed', reason: 'timeout' }, 'TIMEOUT'],
    ['no network', { kind: 'failed', reason: 'network' }, 'NETWORK'],
    ["a proxy's page", { kind: 'answer', status: 502, body: '<html>' }, 'BAD_RESPONSE'],
    ['an answer of another shape', ok({ title: 1 }), 'BAD_RESPONSE'],
  ] as const)('after %s nobody knows whether it happened', async (_name, answer, code) => {
    const { request } = clientAnswering(answer)
    const result = await request('/api/x', { read: readName })
    expect(result).toEqual({
      ok: false,
      error: { code, message: requestTexts[code], traceId: '', happened: 'unknown' },
    })
  })
})
