import type {SpeechEvent} from '../synthesizer.js';

/** An event of a part of the speech, in the positions of the whole: `textBase` UTF-16 units and `sampleBase` samples came before. */
export function moved(event: SpeechEvent, textBase: number, sampleBase: number): SpeechEvent {
	if (event.type === 'audio') return event;
	const placed = {...event, textStart: event.textStart + textBase, textEnd: event.textEnd + textBase};
	if (placed.type === 'unspoken') return placed;
	const startSample = placed.startSample + sampleBase;
	if (placed.endSample === undefined) return {...placed, startSample};
	return {...placed, startSample, endSample: placed.endSample + sampleBase};
}
