import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** scrypt: 32 MiB and some 70 ms for each guess. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const keyBytes = 32;
const saltBytes = 16;

/** `<salt>.<key>`, both base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  return `${salt.toString('base64url')}.${(await derive(password, salt)).toString('base64url')}`;
}

const nobodysSalt = randomBytes(saltBytes);

/** Takes the same time whether or not there is such an account (`hash` null). */
export async function passwordMatches(password: string, hash: string | null): Promise<boolean> {
  const [salt, key] = hash?.split('.') ?? [];
  if (!salt || !key) {
    await derive(password, nobodysSalt);
    return false;
  }
  const expected = Buffer.from(key, 'base64url');
  const actual = await derive(password, Buffer.from(salt, 'base64url'));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** The same letters typed on another keyboard may come in another form: NFKC makes them one. */
function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((done, failed) => {
    scrypt(password.normalize('NFKC'), salt, keyBytes, cost, (error, key) =>
      error ? failed(error) : done(key),
    );
  });
}
