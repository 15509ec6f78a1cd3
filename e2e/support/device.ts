// Someone's telephone: the app that shows codes (RFC 6238).

import { createHmac } from 'node:crypto';

import { type APIRequestContext, expect } from '@playwright/test';

import { type Access, access } from './api.ts';
import { DEMO_PASSWORD } from './people.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An app with one secret. A code works once, so each one it gives is newer than the one before. */
export class Device {
  /** Those that were not given yet. */
  recoveryCodes: string[] = [];
  private readonly key: Buffer;
  private used = 0;

  constructor(secret: string) {
    const bits = [...secret.replaceAll(/\s/g, '')].map((c) => ALPHABET.indexOf(c).toString(2).padStart(5, '0')).join('');
    this.key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  }

  /** A code that was not used: the one shown now, or else the next, which counts already. */
  code(): string {
    this.used = Math.max(Math.floor(Date.now() / 30_000), this.used + 1);
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(this.used));
    const hash = createHmac('sha1', this.key).update(counter).digest();
    const at = (hash.at(-1) ?? 0) & 15;
    return String((hash.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
  }

  recoveryCode(): string {
    return this.recoveryCodes.shift() ?? '';
  }
}

/** Gives somebody of the demo office a second factor. */
export async function giveDevice(request: APIRequestContext, username: string): Promise<Device> {
  const { headers } = await access(request, username);
  const begun = await request.post('/v1/me/second-factor', { headers, data: { currentPassword: DEMO_PASSWORD } });
  expect(begun.ok(), await begun.text()).toBe(true);
  const { secret } = (await begun.json()) as { secret: string };
  const device = new Device(secret);
  const data = { code: device.code() };
  const done = await request.post('/v1/me/second-factor/confirmation', { headers, data });
  expect(done.ok(), await done.text()).toBe(true);
  device.recoveryCodes = ((await done.json()) as { recoveryCodes: string[] }).recoveryCodes;
  return device;
}

/** Signs in on the API with a recovery code. */
export async function accessWith(request: APIRequestContext, username: string, device: Device): Promise<Access> {
  const half = await access(request, username);
  const data = { code: device.recoveryCode() };
  const answer = await request.post('/v1/sessions/second-factor', { headers: half.headers, data });
  expect(answer.ok(), await answer.text()).toBe(true);
  const { accessToken } = (await answer.json()) as { accessToken: string };
  return { request, headers: { Authorization: `Bearer ${accessToken}` } };
}
