import {EmojiNames} from '../../phonemes/english/emoji.js';
import {EnglishPhonemizer} from '../../phonemes/english/phonemizer.js';
import type {Variety} from '../../phonemes/english/variety.js';
import {Lexicon} from '../../phonemes/lexicon.js';
import {readData} from '../../voices/data.js';
import type {Runtime} from './runtime.js';
import {createGuess} from './unknown-words.js';

/**
 * The reader of English, American or British, of a worker: `lexicon` is that of the variety, as `inflateLexicon` gives it. The
 * runtime, the network for unknown words and the names of emoji are asked for when they are first needed.
 */
export function createPhonemizer(
	runtime: () => Promise<Runtime>,
	variety: Variety,
	lexicon: SharedArrayBuffer,
): EnglishPhonemizer {
	return new EnglishPhonemizer({
		variety,
		lexicon: new Lexicon(lexicon),
		guess: createGuess(runtime, variety),
		emoji: async () => new EmojiNames(Buffer.from(await readData('en/emoji.txt')).toString()),
	});
}
