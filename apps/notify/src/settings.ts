import type { ServiceSettings } from '@parvis/server/service';
import { setting, text } from '@parvis/server/settings';
import { z } from 'zod';

export const settings = {
  /** The pair that push services know this house by, base64url. Absent: made once and kept in the database. */
  vapidPublicKey: setting('NOTIFY_VAPID_PUBLIC_KEY', text.optional()),
  vapidPrivateKey: setting('NOTIFY_VAPID_PRIVATE_KEY', text.optional()),
  /** Where push services write when something is wrong: `mailto:` or `https:`. Absent: the public address. */
  vapidContact: setting('NOTIFY_VAPID_CONTACT', z.url().optional()),
  /** `smtp://user:password@host:587`, `smtps://` for TLS from the first byte. Absent: no mail. */
  smtpUrl: setting('NOTIFY_SMTP_URL', z.url().optional()),
  /** The sender of mail, `Parvis <parvis@example>`. */
  mailFrom: setting('NOTIFY_MAIL_FROM', text.optional()),
};

/** Everything that this service is told. */
export type Settings = ServiceSettings<typeof settings>;
