import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** scrypt's work factor N, block size r and lanes p (RFC 7914): about 60 ms and 32 MiB a try. */
const cost = { N: 32_768, r: 8, p: 1 };
const memoryBytesMax = 64 * 1024 ** 2;
const saltBytes = 16;
const keyBytes = 32;

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same word typed on two keyboards may come as two sequences of code points.
    scrypt(password.normalize('NFKC'), salt, keyBytes, { ...cost, maxmem: memoryBytesMax }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** What is kept of a password: `scrypt$<salt>$<key>`, both base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const key = await derive(password, salt);
  return `scrypt$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** Whether this is the password of which {@link hashPassword} made `kept`. Takes as long for a wrong one. */
export async function isPassword(password: string, kept: string): Promise<boolean> {
  const [kind, salt = '', key = ''] = kept.split('$');
  if (kind !== 'scrypt') throw new Error('a password kept in an unknown way');
  const found = await derive(password, Buffer.from(salt, 'base64url'));
  return timingSafeEqual(found, Buffer.from(key, 'base64url'));
}
