export const words = 'of the domain';
