import type {BlockStyle} from './open-block.js';

/** What holds for an element and all below it. */
export interface Around extends BlockStyle {
	/** On which side of the text proper. */
	readonly side: 'front' | 'back' | 'body' | undefined;
	/** Blocks within do not end the block: cells of a table. */
	readonly flat: boolean;
	readonly preformatted: boolean;
}

/** What holds where nothing is said. */
export function aroundAll(file: string, language: string | undefined): Around {
	return {
		file,
		kind: 'paragraph',
		level: undefined,
		blockLanguage: language,
		language,
		keepsLines: false,
		atEnd: false,
		side: undefined,
		flat: false,
		preformatted: false,
	};
}
