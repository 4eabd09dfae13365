import * as accessRequest from './access-request.ts';
import * as bot from './bot.ts';
import * as chat from './chat.ts';
import * as chatMessage from './chat-message.ts';
import * as chatThread from './chat-thread.ts';
import * as chatChannel from './chat-channel.ts';
import * as chatDirect from './chat-direct.ts';
import * as chatCommand from './chat-command.ts';
import * as chatModeration from './chat-moderation.ts';
import * as chatRetention from './chat-retention.ts';
import * as chatEmoji from './chat-emoji.ts';
import * as chatExcerpt from './chat-excerpt.ts';
import * as chatHuddle from './chat-huddle.ts';
import * as chatDraft from './chat-draft.ts';
import * as chatPoll from './chat-poll.ts';
import * as chatSaved from './chat-saved.ts';
import * as chatScheduled from './chat-scheduled.ts';
import * as chatWrite from './chat-write.ts';
import * as chatSearch from './chat-search.ts';
import * as chatHook from './chat-hook.ts';
import * as directory from './directory.ts';
import * as docBlocks from './doc-blocks.ts';
import * as docComments from './doc-comments.ts';
import * as docConversion from './doc-conversion.ts';
import * as docHistory from './doc-history.ts';
import * as docs from './docs.ts';
import * as docLinks from './doc-links.ts';
import * as docList from './doc-list.ts';
import * as docSearch from './doc-search.ts';
import * as docTasks from './doc-tasks.ts';
import * as docTemplates from './doc-templates.ts';
import * as drive from './drive.ts';
import * as meet from './meet.ts';
import * as meetSchedule from './meet-schedule.ts';
import * as meetLobby from './meet-lobby.ts';
import * as meetMinutes from './meet-minutes.ts';
import * as meetRecord from './meet-record.ts';
import * as meetRoom from './meet-room.ts';
import * as meetTranscript from './meet-transcript.ts';
import * as meetTrial from './meet-trial.ts';
import * as notify from './notify.ts';
import * as notifyPush from './notify-push.ts';
import * as notifySettings from './notify-settings.ts';
import * as presence from './presence.ts';
import * as sharing from './sharing.ts';
import * as status from './status.ts';
import type { Operation } from './operation.ts';

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'verb' in value && 'path' in value && 'who' in value;
}

/** Every operation of the house by name, for OpenAPI and for the test that watches over released contracts. */
export const everyOperation: Record<string, Operation> = Object.fromEntries(
  [
    accessRequest,
    bot,
    chat,
    chatMessage,
    chatThread,
    chatChannel,
    chatDirect,
    chatCommand,
    chatModeration,
    chatRetention,
    chatEmoji,
    chatExcerpt,
    chatHuddle,
    chatDraft,
    chatPoll,
    chatSaved,
    chatScheduled,
    chatWrite,
    chatSearch,
    chatHook,
    directory,
    docBlocks,
    docComments,
    docConversion,
    docHistory,
    docs,
    docLinks,
    docList,
    docSearch,
    docTasks,
    docTemplates,
    drive,
    meet,
    meetSchedule,
    meetLobby,
    meetMinutes,
    meetRecord,
    meetRoom,
    meetTranscript,
    meetTrial,
    notify,
    notifyPush,
    notifySettings,
    presence,
    sharing,
    status,
  ].flatMap((domain) =>
    Object.entries(domain).filter((entry): entry is [string, Operation] => isOperation(entry[1])),
  ),
);
