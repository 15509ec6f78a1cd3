// A mail server for one test: takes every mail that comes, as a real one does over the wire.

import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';

import { type Mail, parseMail } from './mail.ts';

export class MailServer {
  private readonly taken: Mail[] = [];
  private readonly refused = new Set<string>();
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      // Whoever hangs up, or is killed, is no failure here.
      socket.on('error', () => socket.destroy());
      this.converse(socket);
    });
  }

  static async start(): Promise<MailServer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new MailServer(server);
  }

  /** For SMTP_URL. */
  get url(): string {
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What came so far, the oldest first. */
  mails(): Mail[] {
    return [...this.taken];
  }

  /** There is nobody at this address, for now and for ever. */
  refuse(address: string): void {
    this.refused.add(address);
  }

  stop(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private converse(socket: Socket): void {
    let heard = '';
    let content = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      heard += chunk;
      for (;;) {
        const end = heard.indexOf(content ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const said = heard.slice(0, end);
        heard = heard.slice(end + (content ? 5 : 2));
        if (content) {
          content = false;
          // A line that begins with a full stop was sent with one more.
          this.taken.push(parseMail(said.replace(/(^|\r\n)\.\./g, '$1.')));
          say('250 queued');
        } else if (/^DATA/i.test(said)) {
          content = true;
          say('354 go ahead');
        } else if (/^QUIT/i.test(said)) {
          say('221 bye');
          socket.end();
        } else {
          const to = /^RCPT TO:<(.*)>/i.exec(said)?.[1];
          say(to !== undefined && this.refused.has(to) ? '550 5.1.1 no such mailbox' : '250 fine');
        }
      }
    });
    say('220 mail.example ESMTP');
  }
}
