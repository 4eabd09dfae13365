import { Module } from '@nestjs/common';
import { ContentController } from './file/content.controller.ts';
import { FileController } from './file/file.controller.ts';
import { Files } from './file/files.ts';
import { FolderController } from './folder/folder.controller.ts';
import { Folders } from './folder/folders.ts';
import { Scanning } from './scan/scanning.ts';
import { DemoFiles } from './seed/seed.ts';
import { Blobs } from './store/blobs.ts';
import { Sweep } from './sweep/sweep.ts';
import { Tus } from './upload/tus.ts';
import { UploadController } from './upload/upload.controller.ts';
import { UploadLocks } from './upload/upload-locks.ts';
import { Uploads } from './upload/uploads.ts';

@Module({
  controllers: [FolderController, FileController, ContentController, UploadController],
  providers: [Blobs, Files, Folders, UploadLocks, Uploads, Tus, Scanning, Sweep, DemoFiles],
})
export class DriveModule {}
