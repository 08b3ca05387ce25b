import {Lexicon} from '../../phonemes/lexicon.js';
import type {Phonemized} from '../../phonemes/phonemized.js';
import type {Runtime} from './runtime.js';
import {createGuess} from './unknown-words.js';

/** American English text to phonemes. */
export function createPhonemizer(
	runtime: Runtime,
	sharedBytes: SharedArrayBuffer,
): (text: string) => Promise<Phonemized> {
	const lexicon = new Lexicon(sharedBytes);
	const guess = createGuess(runtime);
	return async text => {
		let phonemes = '';
		const words = [];
		for (const {0: token, index} of text.matchAll(/[\p{L}']+|[;:,.!?—…]/gu)) {
			if (/\p{L}/u.test(token)) {
				const found =
					lexicon.lookup(token)?.phonemes ||
					lexicon.lookup(token.toLowerCase())?.phonemes ||
					(await guess(token));
				if (phonemes) phonemes += ' ';
				words.push({
					textStart: index,
					textEnd: index + token.length,
					start: phonemes.length,
					end: phonemes.length + found.length,
				});
				phonemes += found;
			} else phonemes += token;
		}
		return {phonemes, words};
	};
}
