import type { Type } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { EntitySchema } from 'typeorm';
import type { HouseSettings, OwnSettings, SettingsOf, SettingsShape } from './settings.ts';

/** One step of a schema, in plain SQL, run once in the order of the list. Expand first, contract a release later. */
export interface Migration {
  /** Number and words, for example `0001-messages`; never changed after a release. */
  readonly name: string;
  readonly sql: string;
}

export interface ServiceDatabase {
  /** The service's name, and the name of its schema. */
  readonly name: string;
  readonly migrations: readonly Migration[];
  // TypeORM names entities by their constructor
  readonly entities?: readonly (Function | EntitySchema)[];
  /** True when the service runs durable jobs: their tables come in the schema `<name>_jobs`. */
  readonly jobs?: boolean;
  /** True for the one service that signs people in: it alone opens sessions and changes people. */
  readonly signsIn?: boolean;
  /** True for the one service that tells people what happened: it alone reads what the others say. */
  readonly hears?: boolean;
}

/** What `serve` needs to know of a service. */
export interface Service<S extends SettingsShape = SettingsShape> {
  readonly name: string;
  readonly module: Type;
  /** Settings of its own, besides those of the house. */
  readonly settings?: S;
  /** Absent for a service that keeps nothing. */
  readonly database?: ServiceDatabase;
  /** Prepares the HTTP server for what the contract does not cover: other content types, streamed bodies. */
  readonly http?: (fastify: FastifyInstance) => void | Promise<void>;
}

/** All settings of a running service: the house's, its own port and database, and those it declared. */
export type ServiceSettings<S extends SettingsShape = SettingsShape> = HouseSettings &
  OwnSettings &
  SettingsOf<S>;

/** Injection token of {@link ServiceSettings}. */
export const SETTINGS = Symbol('settings');
/** Injection token of the service's name. */
export const SERVICE_NAME = Symbol('service name');
