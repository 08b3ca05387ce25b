import type {Timeline, TTSTransform, UnspokenEvent} from '../index.js';

/** So many pieces that were not spoken are listed, the rest is counted. */
const unspokenListed = 100;

/** What `--json` prints: the timeline, and the first pieces that were not spoken (blanks and punctuation aside), with how many there are. */
export interface Told {
	timeline: Timeline | undefined;
	readonly unspoken: Array<Pick<UnspokenEvent, 'textStart' | 'textEnd' | 'reason'>>;
	unspokenCount: number;
}

export function listen(speech: TTSTransform): Told {
	const told: Told = {timeline: undefined, unspoken: [], unspokenCount: 0};
	speech.on('timeline', timeline => {
		told.timeline = timeline;
	});
	speech.on('unspoken', ({textStart, textEnd, reason}) => {
		// Punctuation alone is no loss to tell of.
		const text = speech.textBetween(textStart, textEnd);
		if (text !== undefined && !/[\p{L}\p{N}\p{S}]/u.test(text)) return;
		told.unspokenCount++;
		if (told.unspoken.length < unspokenListed) told.unspoken.push({textStart, textEnd, reason});
	});
	return told;
}

export function unspokenNote({unspoken, unspokenCount}: Told): string {
	const pieces = unspokenCount === 1 ? '1 piece' : `${unspokenCount} pieces`;
	return `${pieces} of the text could not be spoken, first at character ${unspoken[0]?.textStart}: ${unspoken[0]?.reason}.`;
}
