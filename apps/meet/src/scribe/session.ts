import { join } from 'node:path';
import {
  AudioStream,
  EncryptionType,
  type RemoteParticipant,
  type RemoteTrack,
  type RemoteTrackPublication,
  Room,
  RoomEvent,
  TrackKind,
  TrackSource,
} from '@livekit/rtc-node';
import { transcriptLineLengthMax, transcriptSizeMax } from '@parvis/contract/limits';
import { type Caption, captionTopic } from '@parvis/contract/meet-transcript';
import { v7 } from '@parvis/server/uuid';
import { identified } from '../meeting/identity.ts';
import { openPicture } from '../picture/open-picture.ts';
import type { Picture } from '../picture/picture.ts';
import { hiddenToken } from './hidden-token.ts';
import { sampleRate } from './ogg-opus.ts';
import type { Scribe } from './process.ts';
import { Recorder } from './recorder.ts';
import { type Line, Voice } from './voice.ts';
import { begun, endFull, endThoseOver, heardUntil, missing, type Wanted } from './wanted.ts';

/** Identity of the scribe in a room; nobody sees it there, the room's metadata says that it listens. */
const scribeIdentity = 'scribe';
/** Milliseconds between two attempts to come into the room, and after which an empty room is left for good. */
const comeBackMs = 2_000;
const emptyMsMax = 120_000;
/** Milliseconds of absence that are told as a gap. */
const gapMsMin = 1_500;

/** One meeting: the voices in its room, what they say as captions and lines, and their recording. */
export class Session {
  readonly meeting: Pick<Wanted, 'id' | 'uid'>;
  readonly #scribe: Scribe;
  readonly #voices = new Map<string, Voice>();
  #wanted: Wanted;
  #room: Room | null = null;
  #coming: Promise<void> | null = null;
  #triedAt = 0;
  #aloneSince: number | null = null;
  #recorder: Recorder | null = null;
  #picture: Picture | null = null;
  #recordingId: string | null = null;
  #sending: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(scribe: Scribe, wanted: Wanted) {
    this.#scribe = scribe;
    this.#wanted = wanted;
    this.meeting = { id: wanted.id, uid: wanted.uid };
  }

  /** Called every second with what is wanted now. */
  async look(wanted: Wanted): Promise<void> {
    this.#wanted = wanted;
    if (this.#room === null) {
      if (Date.now() - this.#triedAt > comeBackMs) {
        this.#triedAt = Date.now();
        this.#coming ??= this.#come().finally(() => {
          this.#coming = null;
        });
        await this.#coming;
      }
      return;
    }
    await this.#record();
    this.#lead();
    this.#picture?.look(wanted.seen);
    const until = Math.min(
      ...[...this.#voices.values()].map(({ owes }) => owes ?? Number.POSITIVE_INFINITY),
      this.#recorder?.writtenUntil ?? Number.POSITIVE_INFINITY,
      Date.now(),
    );
    await heardUntil(this.#scribe.database.db, this.meeting.id, this.#scribe.holder, until);
    await this.#leaveIfAlone(this.#room);
  }

  /** Called several times a second. */
  tick(): void {
    for (const voice of this.#voices.values()) voice.look();
    void this.#recorder?.tick();
  }

  async #come(): Promise<void> {
    const { livekitUrl, database } = this.#scribe;
    const token = await hiddenToken(this.#scribe, {
      room: this.meeting.uid,
      identity: scribeIdentity,
      publishesData: true,
    });
    const room = new Room();
    room.on(RoomEvent.TrackPublished, (publication) => subscribe(publication));
    room.on(RoomEvent.TrackSubscribed, (track, publication, who) => this.#listen(track, publication, who));
    room.on(RoomEvent.TrackUnsubscribed, (_track, _publication, who) => this.#gone(who.identity));
    room.on(RoomEvent.ParticipantDisconnected, ({ identity }) => this.#gone(identity));
    room.on(RoomEvent.Disconnected, () => this.#cut(room));
    try {
      await room.connect(livekitUrl.replace(/^http/, 'ws'), token, {
        autoSubscribe: false,
        dynacast: false,
      });
    } catch {
      // Nobody is there yet, or the media server is away: the next look tries again.
      return;
    }
    if (this.#closed) return void room.disconnect();
    this.#room = room;
    const { heardUntil: before } = this.#wanted;
    if (before !== null && Date.now() - before.getTime() > gapMsMin)
      await missing(database.db, this.meeting.id, before.getTime(), Date.now());
    await heardUntil(database.db, this.meeting.id, this.#scribe.holder, Date.now());
    for (const { trackPublications } of room.remoteParticipants.values())
      for (const publication of trackPublications.values()) subscribe(publication as RemoteTrackPublication);
    await this.#record();
    this.#lead();
  }

  #cut(room: Room): void {
    if (this.#room !== room) return;
    this.#room = null;
    for (const identity of [...this.#voices.keys()]) this.#gone(identity);
  }

  #listen(
    track: RemoteTrack,
    publication: RemoteTrackPublication,
    { identity, name }: RemoteParticipant,
  ): void {
    const known = identified(identity);
    if (known === null || track.kind !== TrackKind.KIND_AUDIO) return;
    // Without the key, what comes out of an encrypted track is loud noise and no error.
    const { encryptionType } = publication;
    if (encryptionType !== undefined && encryptionType !== EncryptionType.NONE) return;
    this.#gone(identity);
    const voice = new Voice(
      { identity, who: known.who, name: name ?? '' },
      {
        caption: (caption) => this.#show(caption),
        line: (line) => this.#keep(line),
        lost: (from, to) => void missing(this.#scribe.database.db, this.meeting.id, from, to).catch(ignored),
      },
    );
    this.#voices.set(identity, voice);
    this.#lead();
    void this.#hear(voice, new AudioStream(track, { sampleRate, numChannels: 1 })).catch(ignored);
  }

  /** A stream that breaks ends one voice and nothing else. */
  async #hear(voice: Voice, stream: AudioStream): Promise<void> {
    for await (const frame of stream) {
      if (this.#voices.get(voice.speaker.identity) !== voice) break;
      voice.hear(frame);
    }
  }

  #gone(identity: string): void {
    this.#voices.get(identity)?.end();
    this.#voices.delete(identity);
  }

  /** Each voice's words and sound go where they are wanted and allowed to go. */
  #lead(): void {
    const { captions, agreed } = this.#wanted;
    for (const voice of this.#voices.values()) {
      const agrees = agreed.includes(voice.speaker.who);
      voice.lead(captions ? this.#scribe.line : null, agrees ? this.#recorder : null);
    }
  }

  async #record(): Promise<void> {
    const { recordingId } = this.#wanted;
    if (recordingId === this.#recordingId) return;
    const { database, spool, reserveBytes } = this.#scribe;
    await this.#stopRecording();
    this.#recordingId = recordingId;
    if (recordingId === null) return;
    try {
      this.#recorder = await Recorder.open(join(spool, recordingId), reserveBytes, () =>
        this.#full(recordingId),
      );
    } catch {
      return this.#full(recordingId);
    }
    if (this.#wanted.picture)
      this.#picture = await openPicture(this.#scribe, {
        meeting: this.meeting,
        locale: this.#wanted.locale,
        file: await this.#recorder.pictures(),
        onFull: () => this.#full(recordingId),
      }).catch(() => null);
    if (await begun(database.db, recordingId, this.#scribe.holder)) this.#scribe.changed(this.meeting.uid);
  }

  #full(recordingId: string): void {
    void endFull(this.#scribe.database.db, recordingId)
      .then(() => this.#scribe.changed(this.meeting.uid))
      .catch(ignored);
  }

  async #stopRecording(): Promise<void> {
    const until = Date.now();
    const [recorder, picture, recordingId] = [this.#recorder, this.#picture, this.#recordingId];
    this.#recorder = null;
    this.#picture = null;
    this.#lead();
    // The page that draws may take its time; meanwhile the other meetings go on.
    if (picture !== null && recordingId !== null) {
      const { draining } = this.#scribe;
      const arrived = picture.close(until).catch(ignored);
      draining.set(
        recordingId,
        arrived.finally(() => draining.delete(recordingId)),
      );
    }
    await recorder?.close(until);
  }

  #show(caption: Caption): void {
    const text = JSON.stringify(caption);
    this.#sending = this.#sending
      .then(() => this.#room?.localParticipant?.sendText(text, { topic: captionTopic }))
      .catch(ignored);
  }

  async #keep({ speaker, startedAt, endedAt, text, language, confidence, model }: Line): Promise<void> {
    const { transcript, agreed } = this.#wanted;
    if (!transcript || !agreed.includes(speaker.who)) return;
    await this.#scribe.database.db.query(
      `insert into meet.transcript_line
         (id, meeting_id, who, name, started_at, ended_at, text, language, confidence, model)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
        where (select count(*) from meet.transcript_line where meeting_id = $2) < ${transcriptSizeMax}`,
      [
        v7(),
        this.meeting.id,
        speaker.who,
        speaker.name,
        new Date(startedAt),
        new Date(endedAt),
        text.slice(0, transcriptLineLengthMax),
        language,
        confidence,
        model,
      ],
    );
  }

  async #leaveIfAlone(room: Room): Promise<void> {
    const people = [...room.remoteParticipants.keys()].filter((identity) => identified(identity) !== null);
    if (people.length > 0) this.#aloneSince = null;
    else this.#aloneSince ??= Date.now();
    if (this.#aloneSince === null || Date.now() - this.#aloneSince < emptyMsMax) return;
    for (const uid of await endThoseOver(this.#scribe.database.db, this.meeting.id))
      this.#scribe.changed(uid);
  }

  /** Ends in good order: what was heard is written down, what was recorded is in the spool. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#coming;
    for (const voice of this.#voices.values()) voice.end();
    this.#voices.clear();
    await this.#stopRecording();
    await this.#scribe.line?.idle();
    await this.#sending;
    const room = this.#room;
    this.#room = null;
    await room?.disconnect().catch(ignored);
  }
}

/** Only what is said into a microphone: not pictures, and not the sound of a shared screen. */
function subscribe(publication: RemoteTrackPublication): void {
  if (
    publication.kind === TrackKind.KIND_AUDIO &&
    publication.source !== TrackSource.SOURCE_SCREENSHARE_AUDIO
  )
    publication.setSubscribed(true);
}

function ignored(): void {
  // A room that is closing, or a database that is away: the next look comes in a second.
}
