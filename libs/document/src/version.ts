/**
 * Version of the schema that writers of documents share. It rises when a block, an inline or a mark is added that an
 * older editor could not build: such an editor would delete what it does not know, so it may not bind.
 */
export const schemaVersion = 2;

/** Name of the Y.XmlFragment that holds the text of a document. */
export const fragmentName = 'doc';
