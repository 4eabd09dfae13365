/** What is open above or over the text besides the panels: one at a time. */
export type Tool = 'find' | 'replace' | 'link' | 'file' | 'present' | 'help';
