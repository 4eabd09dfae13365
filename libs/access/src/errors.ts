/** Why access was refused or a change of the tree was not made. Stable: the portal has a sentence for each. */
export const accessCodes = [
  'not-found',
  'not-allowed',
  'parent-missing',
  'parent-in-trash',
  'too-deep',
  'cycle',
  'not-movable',
  'not-in-trash',
  'last-owner',
  'role-too-high',
  'unknown-subject',
  'group-cycle',
  'email-taken',
  'name-taken',
  'guest-needs-sponsor',
  'guest-needs-end',
  'ends-in-past',
  'bad-cursor',
] as const;

export type AccessCode = (typeof accessCodes)[number];

/** A refusal that was understood: `code` says which. Strangers and missing things are both 'not-found'. */
export class AccessError extends Error {
  readonly code: AccessCode;

  constructor(code: AccessCode) {
    super(code);
    this.name = 'AccessError';
    this.code = code;
  }
}
