// What a test arranges beforehand, as an integrator would; what it is about, people do on screen.

import { type APIRequestContext, type APIResponse, expect } from '@playwright/test';

import { DEMO_PASSWORD } from './people.ts';
import type { Language } from './words.ts';

/** Somebody's access to the API. */
export interface Access {
  request: APIRequestContext;
  headers: Record<string, string>;
}

/** Signs in on the API as somebody of the demo office, or of the office in the username. */
export async function access(request: APIRequestContext, username: string, password = DEMO_PASSWORD): Promise<Access> {
  const data = { username: username.includes('@') ? username : `${username}@voorbeeldstad`, password };
  return enter(request, await request.post('/v1/sessions', { data }));
}

async function enter(request: APIRequestContext, answer: APIResponse): Promise<Access> {
  expect(answer.ok(), await answer.text()).toBe(true);
  const { accessToken } = (await answer.json()) as { accessToken: string };
  return { request, headers: { Authorization: `Bearer ${accessToken}` } };
}

/** Signs in with a temporary password and chooses the one that everyone in these tests has. */
export async function accessFirst(request: APIRequestContext, username: string, temporary: string): Promise<Access> {
  const { headers } = await access(request, username, temporary);
  return enter(request, await request.put('/v1/me/password', { headers, data: { password: DEMO_PASSWORD } }));
}

/** Somebody reads the app in this language from now on. */
export async function speak(request: APIRequestContext, username: string, language: Language): Promise<void> {
  const { headers } = await access(request, username);
  const before = await request.get('/v1/me/preferences', { headers });
  const answer = await request.put('/v1/me/preferences', {
    headers: { ...headers, 'If-Match': before.headers()['etag'] ?? '' },
    data: { language, trayMails: true, quietGroups: [] },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** Everything in a list that has one page. */
export async function list<T>({ request, headers }: Access, path: string): Promise<T[]> {
  const answer = await request.get(path, { headers });
  expect(answer.ok(), await answer.text()).toBe(true);
  return ((await answer.json()) as { items: T[] }).items;
}
