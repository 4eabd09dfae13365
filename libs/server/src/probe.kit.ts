import { Controller, Get, Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { type InputOf, operation } from '@parvis/contract/operation';
import { Done, done, Id, Name } from '@parvis/contract/shape';
import { z } from 'zod';
import type { Caller } from './caller.ts';
import { Database } from './database.ts';
import { Refused } from './refused.ts';
import { Asks, For, Input, Serves } from './serves.ts';
import type { Service } from './service.ts';
import { Sockets } from './sockets.ts';

/** A tiny real service, through which the tests see this library from outside. */
const Note = z.object({ id: Id, name: z.string(), text: z.string() });

export const keepNote = operation('PUT', '/api/probe/notes/:id', {
  who: 'signed-in',
  summary: 'Keep a note',
  input: z.object({ id: Id, name: Name, text: z.string().max(20_000, { error: 'too-long' }).default('') }),
  output: Note,
});
export const readNote = operation('GET', '/api/probe/notes/:id', {
  who: 'signed-in',
  summary: 'Read a note',
  input: z.object({ id: Id }),
  output: Note,
});
export const greet = operation('GET', '/api/probe/greeting', {
  who: 'anyone',
  summary: 'Say hello',
  input: z.object({}),
  output: Done,
});
export const askAsMember = operation('GET', '/api/probe/member', {
  who: 'member',
  summary: 'For members',
  input: z.object({}),
  output: Done,
});
export const askAsAdministrator = operation('GET', '/api/probe/administrator', {
  who: 'administrator',
  summary: 'For administrators',
  input: z.object({}),
  output: Done,
});
export const stumble = operation('POST', '/api/probe/stumble', {
  who: 'anyone',
  summary: 'Have a bug',
  input: z.object({}),
  output: Done,
});
export const linger = operation('POST', '/api/probe/linger', {
  who: 'anyone',
  summary: 'Take as long as the test says',
  input: z.object({}),
  output: Done,
});

/** What `linger` waits for, and whether it began; the test that uses it sets both. */
export const lingering: { began?: () => void; until?: Promise<void> } = {};
export const bugDetail = 'the password is hunter2';

@Injectable()
class Notes implements OnModuleInit {
  readonly #database: Database;
  readonly #sockets: Sockets;
  constructor(database: Database, sockets: Sockets) {
    this.#database = database;
    this.#sockets = sockets;
  }

  onModuleInit(): void {
    this.#sockets.route({
      name: '/ws/probe/:room',
      path: /^\/ws\/probe\/([a-z]+)$/,
      frameBytesMax: 1_000,
      subprotocols: ['probe.1'],
      open: (socket, caller, match) => {
        if (match[1] === 'bug') throw new Error(bugDetail);
        socket.send(`hello ${caller.name} in ${match[1]}`);
        socket.on('message', (data) => socket.send(String(data)));
      },
    });
  }

  async keep(caller: Caller, note: z.infer<typeof Note>): Promise<z.infer<typeof Note>> {
    return this.#database.transaction(async (db) => {
      const rows = await db.query<z.infer<typeof Note>>(
        `insert into probe.note (id, name, text, kept_by) values ($1, $2, $3, $4)
         on conflict (id) do update set name = excluded.name, text = excluded.text returning id, name, text`,
        [note.id, note.name, note.text, caller.id],
      );
      return rows[0] as z.infer<typeof Note>;
    });
  }

  async read(id: string): Promise<z.infer<typeof Note> | undefined> {
    const rows = await this.#database.db.query<z.infer<typeof Note>>(
      'select id, name, text from probe.note where id = $1',
      [id],
    );
    return rows[0];
  }
}

@Controller()
class ProbeController {
  readonly #notes: Notes;
  constructor(notes: Notes) {
    this.#notes = notes;
  }
  @Serves(keepNote)
  keep(@Asks() caller: Caller, @Input(keepNote) input: InputOf<typeof keepNote>) {
    return this.#notes.keep(caller, input);
  }
  @Serves(readNote)
  async read(@Input(readNote) { id }: InputOf<typeof readNote>) {
    const note = await this.#notes.read(id);
    if (!note) throw Refused.notFound();
    return note;
  }
  @Serves(greet)
  greet() {
    return done;
  }
  @Serves(askAsMember)
  member() {
    return done;
  }
  @Serves(askAsAdministrator)
  administrator() {
    return done;
  }
  @Serves(stumble)
  stumble(): Promise<typeof done> {
    throw new Error(bugDetail);
  }
  @Serves(linger)
  async linger() {
    lingering.began?.();
    await lingering.until;
    return done;
  }
}

@Module({ controllers: [ProbeController], providers: [Notes] })
class ProbeModule {}

export const probe: Service = {
  name: 'probe',
  module: ProbeModule,
  database: {
    name: 'probe',
    migrations: [
      {
        name: '0001-notes',
        sql: `create table probe.note (id uuid primary key, name text not null, text text not null, kept_by int not null);
              create table probe.effect (id int generated always as identity primary key, what text not null);`,
      },
    ],
    jobs: true,
  },
};

@Controller()
class OpenDoors {
  @Get('/api/careless/forgotten')
  forgotten() {
    return done;
  }
  @Get('/api/careless/remembered')
  @For('anyone', 'the canary needs a good neighbour')
  remembered() {
    return done;
  }
}
@Module({ controllers: [OpenDoors] })
class CarelessModule {}

/** A service with a route that does not say who may call it. It must not start. */
export const careless: Service = { name: 'careless', module: CarelessModule };
