import type { FastifyRequest } from 'fastify'
import { AppError } from '../errors/catalogue.ts'
import type { Platform } from '../platform.ts'
import { findSession } from './find-session.ts'
import type { Session } from './session.ts'

// Two installations on one machine share the cookies of 127.0.0.1, whatever their ports: the name tells them apart.
export function sessionCookieName(publicOrigin: string): string {
  return `zy_session_${new URL(publicOrigin).port || '443'}`
}

export function tokenOf(request: FastifyRequest, publicOrigin: string): string | undefined {
  return bearerOf(request) ?? cookieOf(request, sessionCookieName(publicOrigin))
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
}

export function cookieOf(request: FastifyRequest, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, ...value] = part.trim().split('=')
    if (key === name) return value.join('=')
  }
  return undefined
}

/**
 * The session of a request; throws `not-signed-in` without one. A request that changes something and is signed in
 * by cookie must come from our own pages: browsers always send `Origin` with it, and it must be ours.
 */
export async function sessionOf(platform: Platform, request: FastifyRequest): Promise<Session> {
  const { publicOrigin, database, clock } = platform
  const token = tokenOf(request, publicOrigin)
  const byCookie = bearerOf(request) === undefined
  if (byCookie && request.method !== 'GET' && request.headers.origin !== publicOrigin)
    throw new AppError('foreign-origin')
  const session = token === undefined ? undefined : await findSession(database, token, clock.nowMs())
  if (!session) throw new AppError('not-signed-in')
  return session
}
