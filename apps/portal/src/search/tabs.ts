export const tabs = ['all', 'messages', 'documents', 'files'] as const;
export type Tab = (typeof tabs)[number];
