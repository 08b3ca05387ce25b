import type {TSchema} from 'typebox';
import {type HttpErrorCode, httpError} from '../../wire/http-errors.js';

/** What a route may answer, as OpenAPI tells it. */
interface Answer {
	readonly description: string;
	readonly headers?: Readonly<Record<string, object>>;
	readonly content: Readonly<Record<string, {readonly schema: object}>>;
}

/** Codes that any route may answer with: who may ask, and how often. */
const anywhere = ['key_invalid', 'origin_refused', 'rate_limited', 'internal'] as const;

/** What speech may be refused with, besides. */
export const speechProblems: readonly HttpErrorCode[] = [
	...(['invalid_message', 'text_too_long', 'option_invalid', 'voice_missing', 'not_acceptable'] as const),
	...([
		'request_timeout',
		'body_too_large',
		'media_type_unknown',
		'format_invalid',
		'voice_unknown',
	] as const),
	...([
		'voice_lacks',
		'text_not_speakable',
		'limit_exceeded',
		'engine_failed',
		'format_unavailable',
	] as const),
	...(['overloaded', 'draining'] as const),
];

/** An answer for each status that the codes have, all of one schema. */
export function refusals(
	schema: TSchema,
	codes: readonly HttpErrorCode[] = [],
): Readonly<Record<number, Answer>> {
	const all = [...codes, ...anywhere];
	const statuses = new Set(all.map(code => httpError(code).status));
	const answers = [...statuses].toSorted().map(status => {
		const those = all.filter(code => httpError(code).status === status);
		const description = those.map(code => `\`${code}\`: ${httpError(code).meaning}`).join('; ');
		const content = {'application/json': {schema}};
		const waits = status === 429 || status === 503;
		return [status, {description, content, ...(waits && {headers: {'Retry-After': retryAfter}})}] as const;
	});
	return Object.fromEntries(answers);
}

const retryAfter = {type: 'integer', description: 'Seconds to wait before another try.'};

/** Audio as it is made, in any of the media types that there are; and what else the route may give instead. */
export function audioAnswer(description: string, besides: Answer['content'] = {}): Answer {
	const audio = {schema: {type: 'string', format: 'binary'}};
	return {
		description,
		headers: {
			'Server-Timing': {
				type: 'string',
				description: 'ms before the first byte: queue, chunk, audible; once more as a trailer, with total.',
			},
			'X-Request-Id': {type: 'string', description: 'The request’s own, or one that the server made up.'},
		},
		content: {...Object.fromEntries(mediaTypes.map(type => [type, audio])), ...besides},
	};
}

/** Of the output types, without parameters. */
const mediaTypes = [
	'audio/wav',
	'audio/pcm',
	'audio/mpeg',
	'audio/ogg',
	'audio/aac',
	'audio/flac',
	'audio/basic',
];
