import {SpeechError} from './errors.js';

/** Throws OPTION_INVALID for an option that there is not: a slip such as `voice` for `voiceId` would otherwise go unheard. */
export function checkNames(options: unknown, names: readonly string[]): void {
	if (typeof options !== 'object' || options === null)
		throw new SpeechError('OPTION_INVALID', 'The options must be an object.');
	const unknown = Object.keys(options).find(name => !names.includes(name));
	if (unknown === undefined) return;
	throw new SpeechError('OPTION_INVALID', `There is no option ${unknown}; there are ${names.join(', ')}.`);
}
