export const files = 'of another app';
