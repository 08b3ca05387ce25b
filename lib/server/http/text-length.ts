import type {Limits} from '../limits.js';
import {HttpProblem} from '../problem.js';

/** Throws `HttpProblem` text_too_long, naming the field, for more than one request may bring. */
export function checkLength(field: string, text: string, {maxCharactersPerRequest: most}: Limits): void {
	if (text.length > most)
		throw tooLong(`${field} has ${text.length} characters, maxCharactersPerRequest is ${most}`, field);
}

/** What breaks a limit on text, and what to do. */
export function tooLong(what: string, field: string): HttpProblem {
	const explanation = `${what}: send it in parts, or over the WebSocket`;
	return new HttpProblem('text_too_long', explanation, {field});
}
