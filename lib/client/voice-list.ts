import {SpeechError} from '../errors.js';
import type {Range, Voice} from '../synthesizer.js';
import {routeUrl} from './addresses.js';

export interface VoiceListOptions {
	/** The socket's address. */
	readonly url: URL;
	readonly headers: Readonly<Record<string, string>>;
	/** ms for each request. */
	readonly timeout: number;
}

/** Most requests for one list. */
const mostPages = 100;

/**
 * The voices of a server, from `GET /api/voices` on the socket's host. What a server does not say of a voice is the
 * cautious guess. Throws `SpeechError`: REMOTE_REFUSED (4xx, also where there is no such list), REMOTE_LOST, REMOTE_PROTOCOL.
 */
export async function fetchVoices(options: VoiceListOptions): Promise<Voice[]> {
	const voices: Voice[] = [];
	let cursor: string | undefined;
	for (let page = 0; page < mostPages; page++) {
		const url = routeUrl(options.url, '/api/voices');
		if (cursor !== undefined) url.searchParams.set('cursor', cursor);
		const body = await get(url, options);
		if (!isObject(body) || !Array.isArray(body['voices'])) throw notAList(url);
		for (const voice of body['voices']) {
			if (!isObject(voice) || typeof voice['id'] !== 'string') throw notAList(url);
			voices.push(toVoice(voice['id'], voice));
		}
		const next = body['cursor'];
		if (typeof next !== 'string' || next === '' || next === cursor) break;
		cursor = next;
	}
	return voices;
}

async function get(url: URL, {headers, timeout}: VoiceListOptions): Promise<unknown> {
	let response: Response;
	let text: string;
	try {
		response = await fetch(url, {headers: {...headers}, signal: AbortSignal.timeout(timeout)});
		text = await response.text();
	} catch (cause) {
		throw new SpeechError('REMOTE_LOST', `The voices could not be had from ${url.host}.`, {cause});
	}
	if (!response.ok) {
		const code = response.status < 500 ? 'REMOTE_REFUSED' : 'REMOTE_LOST';
		throw new SpeechError(
			code,
			`${url.host} answers HTTP ${response.status} when asked for its voices; who names a voiceId needs no list.`,
		);
	}
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new SpeechError('REMOTE_PROTOCOL', `${url.host} sent a list of voices that is not JSON.`, {cause});
	}
}

function toVoice(id: string, fields: Record<string, unknown>): Voice {
	const {name, language, gender, wordTimes, nativeRate, engine, licence} = fields;
	return {
		id,
		name: stringOr(name, id),
		language: stringOr(language, 'und'),
		gender: oneOf(gender, ['female', 'male', 'neutral', 'unknown'], 'unknown'),
		engine: stringOr(engine, 'remote'),
		licence: stringOr(licence, 'NOASSERTION'),
		nativeRate: typeof nativeRate === 'number' ? nativeRate : 24_000,
		wordTimes: oneOf(wordTimes, ['exact', 'estimated', 'none'], 'estimated'),
		speed: rangeOr(fields['speed']),
		pitch: rangeOr(fields['pitch']),
		volume: rangeOr(fields['volume']),
	};
}

function notAList(url: URL): SpeechError {
	return new SpeechError('REMOTE_PROTOCOL', `${url.host} sent something else than a list of voices.`);
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

function stringOr(value: unknown, otherwise: string): string {
	return typeof value === 'string' && value !== '' ? value : otherwise;
}

function oneOf<const Name extends string>(value: unknown, names: readonly Name[], otherwise: Name): Name {
	const lower = typeof value === 'string' ? value.toLowerCase() : undefined;
	return names.find(name => name === lower) ?? otherwise;
}

function rangeOr(value: unknown): Range | null {
	if (!isObject(value)) return null;
	const {min, max} = value;
	return typeof min === 'number' && typeof max === 'number' ? {min, max} : null;
}
