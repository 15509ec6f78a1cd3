// Reads the mails that a server without SMTP_URL leaves as .eml files.

import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

export interface Mail {
  from: string;
  /** The addresses, without names. */
  to: string[];
  subject: string;
  /** By name in lower case, decoded. */
  headers: Map<string, string>;
  /** The decoded parts; empty if there is none. */
  text: string;
  html: string;
}

/** All mails in a folder, the oldest first; none if there is no such folder yet. */
export function readMails(folder: string): Mail[] {
  let files: string[];
  try {
    files = readdirSync(folder);
  } catch {
    return [];
  }
  return files
    .filter((file) => file.endsWith('.eml'))
    .map((file) => path.join(folder, file))
    .map((file) => ({ file, written: statSync(file).mtimeMs }))
    .sort((a, b) => a.written - b.written || a.file.localeCompare(b.file))
    .map(({ file }) => parseMail(readFileSync(file, 'latin1')));
}

/** Parses a message whose bytes were read as Latin-1, one character per byte. */
export function parseMail(message: string): Mail {
  const { headers, body } = split(message);
  const mail: Mail = {
    from: addresses(headers.get('from') ?? '')[0] ?? '',
    to: addresses(headers.get('to') ?? ''),
    subject: headers.get('subject') ?? '',
    headers,
    text: '',
    html: '',
  };
  addParts(mail, headers, body);
  return mail;
}

function split(message: string): { headers: Map<string, string>; body: string } {
  const text = message.replaceAll('\r\n', '\n');
  const end = text.indexOf('\n\n');
  const head = end < 0 ? text : text.slice(0, end);
  const headers = new Map<string, string>();
  for (const line of head.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim()));
  }
  return { headers, body: end < 0 ? '' : text.slice(end + 2) };
}

function addParts(mail: Mail, headers: Map<string, string>, body: string): void {
  const type = headers.get('content-type') ?? 'text/plain';
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary !== undefined) {
    // Before the first boundary and after the last stands nothing for readers.
    for (const part of `\n${body}`.split(`\n--${boundary}`).slice(1)) {
      if (part.startsWith('--')) break;
      const inner = split(part.slice(part.indexOf('\n') + 1));
      addParts(mail, inner.headers, inner.body);
    }
  } else if (/^text\/html/i.test(type)) {
    mail.html += decodeBody(headers, body);
  } else if (/^text\//i.test(type)) {
    mail.text += decodeBody(headers, body);
  }
}

function decodeBody(headers: Map<string, string>, body: string): string {
  switch (headers.get('content-transfer-encoding')?.toLowerCase()) {
    case 'quoted-printable':
      return utf8(decodeQuoted(body.replace(/=[ \t]*\n/g, '')));
    case 'base64':
      return Buffer.from(body, 'base64').toString('utf8').replaceAll('\r\n', '\n');
    default:
      return utf8(body);
  }
}

/** `=?utf-8?q?Caf=C3=A9?=`, where space between two such words does not count. */
function decodeWords(text: string): string {
  const joined = text.replace(/\?=\s+=\?/g, '?==?');
  return joined.replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, encoding: string, content: string) =>
    encoding.toLowerCase() === 'b'
      ? Buffer.from(content, 'base64').toString('utf8')
      : utf8(decodeQuoted(content.replaceAll('_', ' '))),
  );
}

function decodeQuoted(text: string): string {
  return text.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function addresses(header: string): string[] {
  return header.match(/[^\s<>,;"]+@[^\s<>,;"]+/g) ?? [];
}
