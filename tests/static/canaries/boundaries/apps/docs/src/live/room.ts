export const room = 'above the log';
