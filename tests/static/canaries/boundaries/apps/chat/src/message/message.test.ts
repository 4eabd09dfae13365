export const planted = 'test code';
