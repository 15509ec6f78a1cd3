// The platform's office, whose helpdesk visits others (P3).

import { type APIRequestContext, expect } from '@playwright/test';

import { accessFirst, list } from './api.ts';
import type { Server } from './server.ts';

/** How the platform's helpdesk signs in. */
export const HELPER = 'noor@platform';

/** The platform's office, with an administrator who is its helpdesk, too. */
export async function platform(server: Server, request: APIRequestContext): Promise<void> {
  const printed = await server.werkbak(
    ...['office', 'create', '--platform', '--code', 'platform', '--name', 'Stichting Steunpunt'],
    ...['--email', 'info@platform.example', '--admin-username', 'noor', '--admin-name', 'Noor Willems'],
    ...['--admin-email', 'noor@platform.example'],
  );
  const temporary = /\b[a-z]{4}(-[a-z]{4}){4}\b/.exec(printed)?.[0] ?? '';
  const { headers } = await accessFirst(request, HELPER, temporary);
  const [noor] = await list<{ id: string; name: string; version: number }>({ request, headers }, '/v1/employees?q=noor');
  const answer = await request.put(`/v1/employees/${noor?.id}`, {
    headers: { ...headers, 'If-Match': `"${noor?.version}"` },
    data: {
      name: noor?.name,
      email: 'noor@platform.example',
      roles: ['local_admin', 'helpdesk'],
      groupIds: [],
      language: 'nl',
    },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}
