/** American or British English: it decides on the lexicon, on some endings and on how numbers are said. */
export type Variety = 'us' | 'gb';
