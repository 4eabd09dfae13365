export { door } from '../message/message.controller.ts';
