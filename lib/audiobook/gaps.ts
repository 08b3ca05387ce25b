import {SpeechError} from '../errors.js';
import type {Place} from './events.js';

/** An utterance that could not be spoken. */
export interface Gap {
	/** Where in the book. */
	readonly place: Place;
	/** Why, after the last attempt. */
	readonly error: SpeechError;
}

const gapsTold = 3;

/** BOOK_INCOMPLETE, which tells of the first few. */
export function incomplete(gaps: readonly Gap[]): SpeechError {
	const told = gaps
		.slice(0, gapsTold)
		.map(
			({place, error}) =>
				`“${place.excerpt}” in ${place.title || `chapter ${place.number}`} (${error.message})`,
		);
	const more = gaps.length > gapsTold ? ` and ${gaps.length - gapsTold} more` : '';
	return new SpeechError(
		'BOOK_INCOMPLETE',
		`${gaps.length} of the book's utterances could not be spoken: ${told.join('; ')}${more}. Nothing was written; what was rendered is kept. Run it again, give another voice for that language, or let them be silent with --allow-gaps (the option allowGaps).`,
		{cause: gaps[0]?.error},
	);
}
