import type {FastifyInstance} from 'fastify';
import type {Synthesizer, Voice} from '../../synthesizer.js';
import {version} from '../../version.js';
import {
	type ListedVoice,
	problemSchema,
	type VoicesAnswer,
	type VoicesQuery,
	voicesQuery,
	voicesSchema,
} from '../../wire/http.js';
import {HttpProblem} from '../problem.js';
import {refusals} from './answers.js';
import type {RouteGroup} from './app.js';
import type {SchemaTypes} from './type-provider.js';

/** Voices of a page where no `limit` says. */
const usualLimit = 100;

/** `GET /api/voices`. */
export function voiceRoutes(synthesizer: Synthesizer): RouteGroup {
	return {prefix: '/api', routes: app => addRoutes(app, synthesizer)};
}

function addRoutes(app: FastifyInstance, synthesizer: Synthesizer): void {
	app.withTypeProvider<SchemaTypes>().get(
		'/voices',
		{
			schema: {
				tags: ['speech'],
				operationId: 'listVoices',
				summary: 'The voices, page by page.',
				querystring: voicesQuery,
				response: {200: voicesSchema, ...refusals(problemSchema, ['invalid_message'])},
			},
		},
		async ({query}) => pageOf((await synthesizer.voices()).map(listed), query),
	);
}

function pageOf(all: readonly ListedVoice[], query: VoicesQuery): VoicesAnswer {
	const {limit = usualLimit, cursor} = query;
	const start = cursor === undefined ? 0 : placeAfter(all, cursor);
	// A page may begin with a voice that another filter would have left out: the place is among all of them.
	const found = all.slice(start).filter(voice => isWanted(voice, query));
	const voices = found.slice(0, limit);
	const last = voices.at(-1);
	return {voices, cursor: last && found.length > voices.length ? cursorAt(last) : null};
}

function isWanted(voice: ListedVoice, {name, voiceType}: VoicesQuery): boolean {
	const holds = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase());
	return (
		(name === undefined || holds(voice.name, name) || holds(voice.id, name)) &&
		(voiceType === undefined || voice.voiceType.toLowerCase() === voiceType.toLowerCase())
	);
}

/** Names the last voice of a page: others may come and go meanwhile without one being told twice or left out. */
function cursorAt({id}: ListedVoice): string {
	return Buffer.from(id).toString('base64url');
}

function placeAfter(all: readonly ListedVoice[], cursor: string): number {
	const place = all.findIndex(voice => cursorAt(voice) === cursor);
	if (place >= 0) return place + 1;
	const explanation = 'cursor is of no page here: ask for the first page again, without one';
	throw new HttpProblem('invalid_message', explanation, {field: 'cursor'});
}

/** A voice as the list tells it. */
function listed(voice: Voice): ListedVoice {
	const {id, name, language, gender, engine, licence, nativeRate, wordTimes, speed, pitch, volume} = voice;
	const voiceType = typeOf(engine);
	return {
		id,
		name,
		voiceType,
		voiceTier: voiceType === 'NEURAL' ? 'PREMIUM' : 'STANDARD',
		description: describe(voice),
		language,
		gender,
		wordTimes,
		nativeRate,
		version: `${version} ${engine}`,
		engine,
		licence,
		speed,
		pitch,
		volume,
	};
}

/** Engines name themselves with the family first. */
function typeOf(engine: string): string {
	if (/^(?:hibari|kokoro|piper)\b/i.test(engine)) return 'NEURAL';
	return /^espeak/i.test(engine) ? 'FORMANT' : 'OTHER';
}

const languageNames = new Intl.DisplayNames('en', {type: 'language', fallback: 'code'});

function describe({language, gender}: Voice): string {
	let name = language;
	try {
		name = languageNames.of(language) ?? language;
	} catch {
		// No BCP 47 tag: it is told as it is.
	}
	return gender === 'unknown' ? `A voice for ${name}.` : `A ${gender} voice for ${name}.`;
}
