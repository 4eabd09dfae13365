import { readFileSync } from 'node:fs';

/** The demo people of a realm file with their passwords, as the person who tries Parvis needs them. */
export function demoAccounts(realmFile) {
  const { users = [] } = JSON.parse(readFileSync(realmFile, 'utf8'));
  return users
    .filter(
      ({ enabled, credentials }) => enabled !== false && credentials?.some(({ type }) => type === 'password'),
    )
    .map((user) => ({
      username: user.username,
      password: user.credentials.find(({ type }) => type === 'password').value,
      name: `${user.firstName ?? ''} ${user.lastName ?? ''}`.trim(),
      language: user.attributes?.locale?.[0] ?? '',
    }));
}
