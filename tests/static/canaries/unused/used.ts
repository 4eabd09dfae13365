export const used = 0;
export const deadExport = 1;
