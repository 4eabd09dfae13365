/** A search of messages asks for the channels of each tree, among which there may be many thousand other things. */
export const channels = `
create index resource_channel on access.resource (top_id) where kind = 'channel';
`;
