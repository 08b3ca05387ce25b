import {escaped} from './markup.js';
import {hrefFrom} from './paths.js';

/** A stretch of audio, and the element that is highlighted while it is heard. */
export interface Clip {
	readonly id: string;
	/** Path of the audio in the archive. */
	readonly audio: string;
	/** In the audio, in units of 0.1 ms: what is written, so that sums are what a reader of the file finds. */
	readonly begin: number;
	readonly end: number;
}

/** Of a second. */
export const clockUnits = 10_000;

/** A media overlay document (EPUB 3.3, 9.2) for one content document. */
export function smil(path: string, text: string, clips: readonly Clip[]): string {
	const href = escaped(hrefFrom(path, text));
	const pars = clips.map(
		({id, audio, begin, end}) =>
			`\t\t<par><text src="${href}#${id}"/><audio src="${escaped(hrefFrom(path, audio))}" clipBegin="${clock(begin)}" clipEnd="${clock(end)}"/></par>`,
	);
	return `<?xml version="1.0" encoding="UTF-8"?>
<smil xmlns="http://www.w3.org/ns/SMIL" version="3.0">
	<body>
${pars.join('\n')}
	</body>
</smil>
`;
}

/** A clock value (SMIL 3.0, timecount): seconds. */
export function clock(units: number): string {
	return `${(units / clockUnits).toFixed(4)}s`;
}
