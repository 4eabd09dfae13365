/** The size of the picture of a recording, in pixels. */
export const pictureWidthPx = 1_280;
export const pictureHeightPx = 720;
