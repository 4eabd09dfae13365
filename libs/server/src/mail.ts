import nodemailer, { type Transporter } from 'nodemailer';

/** What the house knows of its mail server: `NOTIFY_SMTP_URL`, `NOTIFY_MAIL_FROM`, and its own address. */
export interface MailSettings {
  /** `smtp://user:password@host:587`, `smtps://` for TLS from the first byte. Absent: no mail. */
  readonly smtpUrl?: string | undefined;
  /** The sender, `Parvis <parvis@example>`. */
  readonly mailFrom?: string | undefined;
  readonly publicUrl: string;
}

/** A letter to one person. */
export interface Letter {
  readonly to: { readonly name: string; readonly address: string };
  readonly replyTo?: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers?: Record<string, string>;
  /** An event for the receiver's calendar (RFC 6047): shown as such where the mail program knows how. */
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string };
}

/** The house's way to write letters. Without a mail server there are none. */
export class Mail {
  readonly #transport: Transporter | null;
  readonly #from: string;

  constructor({ smtpUrl, mailFrom, publicUrl }: MailSettings) {
    this.#transport = smtpUrl === undefined ? null : nodemailer.createTransport(smtpUrl);
    this.#from = mailFrom ?? `Parvis <parvis@${new URL(publicUrl).hostname}>`;
  }

  /** Whether this house sends mail. */
  get sends(): boolean {
    return this.#transport !== null;
  }

  /** The bare address that letters come from. */
  get address(): string {
    return /<([^>]+)>/.exec(this.#from)?.[1] ?? this.#from;
  }

  /** Hands a letter to the mail server. @throws what nodemailer throws: try again later */
  async send({ calendar, headers, ...letter }: Letter): Promise<void> {
    await this.#transport?.sendMail({
      from: this.#from,
      ...letter,
      headers: { 'Auto-Submitted': 'auto-generated', ...headers },
      ...(calendar === undefined
        ? {}
        : { icalEvent: { method: calendar.method, filename: 'invitation.ics', content: calendar.content } }),
    });
  }
}
