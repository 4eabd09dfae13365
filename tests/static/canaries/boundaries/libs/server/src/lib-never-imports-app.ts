export { files } from '../../../apps/drive/src/file/file.service.ts';
