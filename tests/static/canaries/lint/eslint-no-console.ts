export const say = () => console.info('to nobody');
