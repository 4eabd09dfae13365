export { files } from '../../../drive/src/file/file.service.ts';
