const roleShape = /^[a-z_][a-z0-9_]{0,62}$/;

/**
 * SQL that lets a service's database role use the tree, and no more: it cannot change its tables, rewrite the journal
 * or read the tokens of sessions. Run by the owner of the schema after each migration. Only the service that signs
 * people in gets `signsIn`: it opens and ends sessions, and adds and changes people. Every service says what happened;
 * only the one that tells people (`hears`) reads it.
 * @throws TypeError for a role name that would need quoting
 */
export function accessPrivileges(
  role: string,
  { signsIn = false, hears = false }: { signsIn?: boolean; hears?: boolean } = {},
): string {
  if (!roleShape.test(role)) throw new TypeError(`not a plain role name: ${role}`);
  const tree =
    'access.resource, access.root, access.grant_, access.link, access.link_key, access.subject, access.level, access.silence';
  const people = 'access.person, access.people_group, access.member';
  const publicOfSession = 'hash, uid, person_id, oidc_sid, user_agent, created_at, seen_at, expires_at';
  return [
    `grant usage on schema access to ${role}`,
    `grant execute on all functions in schema access to ${role}`,
    `grant usage, select on all sequences in schema access to ${role}`,
    `grant select, insert, update, delete on ${tree} to ${role}`,
    `grant select, insert on access.audit to ${role}`,
    `grant ${hears ? 'select, insert, update, delete' : 'insert'} on access.happening to ${role}`,
    signsIn
      ? `grant select, insert, update, delete on ${people}, access.session, access.bot_token to ${role}`
      : `grant select on ${people} to ${role};
         grant select (${publicOfSession}), update (seen_at) on access.session to ${role};
         grant select, update (used_at) on access.bot_token to ${role}`,
  ].join(';\n');
}
