import { Module } from '@nestjs/common';
import { ApiController } from './api.controller.ts';

@Module({ controllers: [ApiController] })
export class ApiModule {}
