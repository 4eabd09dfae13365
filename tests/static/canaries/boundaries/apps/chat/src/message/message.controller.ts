export const door = 'of the messages';
