/** Every limit of the wire, with its unit, in one place. The services refuse what exceeds them. */

/** Characters of a name: of a person, a space, a channel, a file, a document, a meeting. */
export const nameLengthMax = 200;
/** Characters of one chat message. */
export const messageLengthMax = 20_000;
/** Combining marks in a row in a message: the scripts of the world need four. */
export const markPileSizeMax = 8;
/** People and groups that one message may mention. */
export const mentionListSizeMax = 50;
/** Earlier texts of a message that are kept; the oldest go first. */
export const revisionListSizeMax = 100;
/** Pinned messages of a channel. */
export const pinListSizeMax = 100;
/** Threads after which the list of mine cannot be leafed through further. */
export const threadListLengthMax = 1_000;
/** Messages of one person in a minute, and how many of them may come at once. */
export const messagesPerMinuteMax = 30_000;
export const messageBurstSizeMax = 1_000;
/** People named by one reaction; the others are counted. People shown under a message that has answers. */
export const reactionPeopleMax = 100;
export const threadPeopleMax = 5;
/** Characters of an organisation, a topic, a short description. */
export const lineLengthMax = 300;
/** Characters of a search text. */
export const queryLengthMax = 200;
/** Rows of one page of any list. */
export const pageSizeMax = 200;
export const pageSizeDefault = 50;
/** Entries of one page of a folder. */
export const folderPageMax = 1_000;
/** Channels one chat socket may follow at the same time. */
export const followedChannelsMax = 500;
/** Characters of what a channel is for. */
export const channelDescriptionLengthMax = 2_000;
/** Milliseconds of slow mode between two messages of one person, at most: six hours. */
export const slowMsMax = 21_600_000;
/** People in one direct or group conversation, whoever opens it included. */
export const directPeopleMax = 9;
/** Conversations that one list names. */
export const directListSizeMax = 200;
/** People of a channel in one answer, and people put into it in one request. */
export const channelPeoplePageMax = 500;
export const addedPeopleMax = 50;
/** Channels in one export for legal discovery, bytes of its file, and days that it is kept. */
export const exportChannelsMax = 500;
export const chatExportBytesMax = 4 * 1024 ** 3;
export const chatExportDays = 7;
/** Days that a rule of retention may keep messages: a century. */
export const retentionDaysMax = 36_525;
/** Bytes of a JSON request body. */
export const jsonBodyBytesMax = 256 * 1024;
/** Bytes of one uploaded file. */
export const uploadBytesMax = 20 * 1024 ** 3;
/** Bytes of one frame of a chat socket, in either direction from the client. */
export const chatFrameBytesMax = 64 * 1024;
/** Characters of an emoji's name, bytes and pixels of its picture, and emoji of one house. */
export const emojiNameLengthMax = 32;
export const emojiBytesMax = 128 * 1024;
export const emojiSideLengthMax = 512;
export const emojiListSizeMax = 2_000;
/** Characters of an address outside, and parts of one message that a program posts. */
export const addressLengthMax = 2_000;
export const hookPartsSizeMax = 50;
/** Integrations of one kind in one channel, and messages that one address takes. */
export const hookListSizeMax = 50;
export const hookMessagesPerMinuteMax = 60;
/** Days without an answer after which a webhook is switched off, and for which its deliveries are listed. */
export const hookFailingDays = 5;
export const hookDeliveryDays = 30;
/** Characters of a command's word. */
export const commandWordLengthMax = 32;
/** Bytes of one update of a document. */
export const documentUpdateBytesMax = 5 * 1024 ** 2;
/** Versions of one document that have a name. */
export const versionListSizeMax = 500;
/** Characters of one comment on a document, and of the words that a conversation keeps of the text. */
export const commentLengthMax = 10_000;
export const quoteLengthMax = 500;
/** Characters of a place in a text as a client names it. */
export const anchorBytesMax = 200;
/** Comments of one conversation, and conversations about one document. */
export const threadSizeMax = 500;
export const discussionSizeMax = 5_000;
/** Different reactions to one comment, and characters of one. */
export const reactionsSizeMax = 20;
export const reactionLengthMax = 40;
/** People whom one comment may mention, and who are proposed at once. */
export const mentionedPeopleMax = 50;
export const mentionablePeopleMax = 20;
/** Bytes of one person's presence state in a document. */
export const presenceBytesMax = 4 * 1024;
/** Bytes of one request that carries messages of a document; besides an update it may hold a few small ones. */
export const syncBodyBytesMax = documentUpdateBytesMax + 512 * 1024;
/** Bytes of a whole text that a browser had kept and that becomes a document of its own. */
export const keptTextBytesMax = 32 * 1024 ** 2;
/** Bytes of a file that is to become a document. */
export const importBytesMax = 64 * 1024 ** 2;
/** Bytes that come out of an archive among them, and parts in it. */
export const unzipBytesMax = 256 * 1024 ** 2;
export const unzipListSizeMax = 5_000;
/** Characters of the text of an imported document, of one line of it, and blocks in it. */
export const importTextLengthMax = 8_000_000;
export const importLineLengthMax = 1_000_000;
export const importBlocksSizeMax = 50_000;
/** Bytes of one picture in an imported or exported document, and of all of them. */
export const pictureBytesMax = 20 * 1024 ** 2;
export const picturesBytesMax = 128 * 1024 ** 2;
/** Bytes of an exported file, and pages of an exported tree. */
export const exportBytesMax = 256 * 1024 ** 2;
export const exportPageMax = 500;
/** Milliseconds that a conversion and its file are kept: a day; and conversions of one person in that time. */
export const conversionKeptMs = 86_400_000;
export const conversionListSizeMax = 20;
/** Milliseconds and bytes of memory that one conversion may take. */
export const conversionMsMax = 120_000;
export const conversionMemoryBytesMax = 768 * 1024 ** 2;
/** Milliseconds a socket may stay silent before it is closed; clients ping every third of it. */
export const socketIdleMsMax = 60_000;
/** People in one meeting, its breakout rooms included; people who wait at its door. */
export const meetingPeopleMax = 500;
export const waitingPeopleMax = 200;
/** Milliseconds for which a meeting stays open after the last has left it: half an hour. */
export const meetingEmptyMs = 1_800_000;
/** Milliseconds for which a cancelled time still stands, struck out, in the list of those who were to come: a day. */
export const meetingCancelledMs = 86_400_000;
/** Guesses at a code of a meeting that may be wrong in ten minutes, of one person or address. */
export const codeGuessSizeMax = 20;
/** Milliseconds for which a guest without an account may come back by the pass of their knock: a day. */
export const meetingPassMs = 86_400_000;
/** Reactions of one person that a meeting shows in ten seconds. */
export const shownReactionsSizeMax = 15;
/** Breakout rooms of one meeting, milliseconds that they may be open for, and characters said to all of them at once. */
export const breakoutListSizeMax = 50;
export const breakoutMsMax = 28_800_000;
export const spokenLengthMax = 500;
/** Bytes of one frame by which a page talks to a meeting. */
export const meetFrameBytesMax = 4 * 1024;
/**
 * The picture of a recording: milliseconds between two pictures where the machine has time, bytes that a second of it
 * takes about, milliseconds by which its sound and its picture may differ in length, and milliseconds without a picture
 * that are told as missing.
 */
export const pictureFrameMs = 66;
export const pictureSecondBytes = 125_000;
export const pictureShorterMsMax = 200;
export const pictureMissingMsMin = 3_000;
/** Days for which a recording may be kept from the day on which that is said. */
export const recordingDaysMax = 3_650;
/** Lines of one page of a transcript, lines of one meeting, and characters of one line. */
export const transcriptPageMax = 1_000;
export const transcriptSizeMax = 20_000;
export const transcriptLineLengthMax = 2_000;
/** Characters of the password of a link, at least and at most. */
export const linkPasswordLengthMin = 8;
export const linkPasswordLengthMax = 100;
/** Characters of the secret of a link, or of a key to one. */
export const linkSecretLengthMax = 100;
/** Open requests for access that one person may have, and lines of any list of requests. */
export const accessRequestsPageMax = 100;
/** Days after which a request for access that nobody answered is dropped. */
export const accessRequestDays = 30;
/** Days a thing stays in the trash. */
export const trashDays = 30;
/** Days ahead that a guest's end date may lie. */
export const guestDaysMax = 366;
/** Requests per minute of one person or address to one service. */
export const requestsPerMinuteMax = 1200;
/** Requests per minute of one bot to one service. */
export const botRequestsPerMinuteMax = 300;
/** Bots of one person, tokens of one bot, and days ahead that a token's end may lie. */
export const botListSizeMax = 100;
export const botTokenListSizeMax = 50;
export const botTokenDaysMax = 366;
/** Hits of one page of a search; hits that are counted at most; characters that say where a page ended. */
export const searchPageMax = 50;
export const foundSizeMax = 1_000;
export const cursorLengthMax = 200;
/** Rows after which a list of documents cannot be leafed through further. */
export const documentListLengthMax = 10_000;
/** Documents that one duplication may copy. */
export const copiedTreeSizeMax = 100;
/** Tasks of one person that their page shows. */
export const tasksPageMax = 500;
/** Templates that one person may choose from. */
export const templatesPageMax = 300;
/** Characters of the id of a block, and of a template. */
export const blockIdLengthMax = 100;
export const templateIdLengthMax = 60;
/** Characters of a document's text that search knows. */
export const indexedTextLengthMax = 400_000;
/** Things that one page may follow for notices: documents, folders, spaces. */
export const followedThingsPageMax = 500;
/** Bytes of one frame by which a page says what it follows. */
export const noticeFrameBytesMax = 32 * 1024;
/** Lines of an inbox that one request marks, days that a line is kept. */
export const inboxMarkSizeMax = 200;
export const inboxDays = 90;
/** Bytes of one frame by which a page talks to its inbox. */
export const notifyFrameBytesMax = 16 * 1024;
/** Drafts of messages that one person may keep. */
export const draftsPageMax = 200;
/** Messages of one person that wait to be sent at a later time, and days ahead that this time may lie. */
export const scheduledPageMax = 100;
export const scheduledDaysMax = 366;
/** Messages that one person may have saved, and days ahead that a reminder may lie. */
export const savedPageMax = 1_000;
export const reminderDaysMax = 366;
/** Files in one message. */
export const messageFileListSizeMax = 10;
/** Choices of a poll, at least and at most, and characters of a question and of a choice. */
export const pollSizeMin = 2;
export const pollSizeMax = 12;
export const pollQuestionLengthMax = 300;
export const pollOptionLengthMax = 150;
/** Days ahead that a poll may end by itself. */
export const pollDaysMax = 90;
/** Messages of which one asks for the beginning at once, and characters of each. */
export const excerptListSizeMax = 200;
export const excerptLengthMax = 140;
/** Links of one message that are looked at for a preview; milliseconds and bytes that one may take. */
export const previewListSizeMax = 3;
export const previewMsMax = 6_000;
export const previewBytesMax = 512 * 1024;
/** Bytes and pixels of a side that the picture of a preview may have. */
export const previewPictureBytesMax = 512 * 1024;
export const previewPictureSideLengthMax = 4_096;
/** Characters of a preview's title and description. */
export const previewTitleLengthMax = 200;
export const previewTextLengthMax = 400;
/** Milliseconds of one voice message. */
export const voiceMsMax = 300_000;
/** People whose presence one page shows, and characters of what somebody says of themselves. */
export const presencePageMax = 300;
export const statusLengthMax = 100;
/** Devices of one person that are told, and characters of the address by which one is reached. */
export const deviceListSizeMax = 20;
export const pushEndpointLengthMax = 1_000;
/** Milliseconds of one scheduled meeting: a day. Days ahead that the last of a series may lie, and times of one series. */
export const meetingMsMax = 86_400_000;
export const meetingAheadDaysMax = 731;
export const occurrenceListSizeMax = 366;
/** People, groups and addresses of each kind that one meeting invites, and characters of what it is about. */
export const invitedListSizeMax = 200;
export const meetingDescriptionLengthMax = 4_000;
/** Meetings in one list of mine, and days that it may span. */
export const meetingLinePageMax = 500;
export const meetingLineDaysMax = 400;
/** Characters of a mail address, and of the name of a time zone. */
export const mailLengthMax = 254;
export const zoneLengthMax = 60;
