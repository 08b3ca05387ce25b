import {type Static, Type} from 'typebox';
import {Compile} from 'typebox/compile';
import {type ErrorCode, errorCodes, SpeechError} from '../../errors.js';

/** Of what book and worker say to each other: they must agree, even with `--mixed`. */
export const protocol = 1;

const Offer = Type.Object({
	/** The BullMQ queue: its name is a digest of all the rest. */
	queue: Type.String(),
	protocol: Type.Integer(),
	/** Of speechpipe. */
	version: Type.String(),
	voiceId: Type.String(),
	/** What the voice is made of, as `Renderer.fingerprint` tells. */
	fingerprint: Type.String(),
	/** SHA-256 of the probe utterance's samples. */
	probe: Type.String(),
	/** Whether workers with other samples are welcome too. */
	mixed: Type.Boolean(),
});
/** Work that a book has for those who make the same samples. */
export type Offer = Static<typeof Offer>;

const Book = Type.Object({offers: Type.Array(Offer)});

const Job = Type.Object({
	book: Type.String(),
	request: Type.Object({
		text: Type.String(),
		voiceId: Type.String(),
		sampleRate: Type.Integer({minimum: 8000, maximum: 48_000}),
		speed: Type.Number(),
	}),
});
export type Job = Static<typeof Job>;

const Failure = Type.Object({code: Type.String(), message: Type.String()});
const Refusal = Type.Object({worker: Type.String(), reason: Type.String()});
export type Refusal = Static<typeof Refusal>;

const compiled = {
	book: Compile(Book),
	job: Compile(Job),
	failure: Compile(Failure),
	refusal: Compile(Refusal),
};

/** What was read from Redis as JSON; undefined for what another program put there. */
function parsed<T>(check: {Check(value: unknown): value is T}, json: string): T | undefined {
	try {
		const value: unknown = JSON.parse(json);
		return check.Check(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

export const parseOffers = (json: string): readonly Offer[] => parsed(compiled.book, json)?.offers ?? [];
export const parseRefusal = (json: string): Refusal | undefined => parsed(compiled.refusal, json);

/** Throws OPTION_INVALID for a job that is none of ours. */
export function checkedJob(data: unknown): Job {
	if (compiled.job.Check(data)) return data;
	throw new SpeechError('OPTION_INVALID', 'This job is no utterance to be rendered.');
}

/** An error as the reason why a job failed. */
export function failureOf(error: unknown): string {
	const code = error instanceof SpeechError ? error.code : 'ENGINE_FAILED';
	return JSON.stringify({code, message: error instanceof Error ? error.message : String(error)});
}

/** The error that a worker met; BullMQ's own reason is that workers died with the job too often. */
export function errorOf(failedReason: string): SpeechError {
	const failure = parsed(compiled.failure, failedReason);
	if (!failure) return new SpeechError('WORKER_CRASHED', `Workers gave the utterance up: ${failedReason}.`);
	return new SpeechError(isCode(failure.code) ? failure.code : 'ENGINE_FAILED', failure.message);
}

function isCode(code: string): code is ErrorCode {
	return Object.hasOwn(errorCodes, code);
}
