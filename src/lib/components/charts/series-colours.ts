/** As many `--series-…` tokens as there are. */
export const SERIES_COLOURS = 6;
