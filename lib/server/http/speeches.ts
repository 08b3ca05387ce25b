import type {FastifyRequest} from 'fastify';
import {isAbort, SpeechError} from '../../errors.js';
import type {BodyFormat} from '../../sinks/body-format.js';
import {type SpeechBody, speechBody} from '../../sinks/speech-body.js';
import {finished} from '../../streams.js';
import type {Synthesizer} from '../../synthesizer.js';
import type {FfmpegPool} from '../../transcode/pool.js';
import {Dialogue, type DialogueLine, dialogueText} from '../../transform/dialogue.js';
import {late, waitFor} from '../../waiting.js';
import type {VoiceFactors} from '../../wire/voice-options.js';
import type {Admission} from '../admission.js';
import type {Limits} from '../limits.js';
import type {ServerLog} from '../log.js';
import {type GenerationReport, isFailure, metered, type Outcome, SpeechMeter} from '../meter.js';
import type {Metrics} from '../metrics.js';
import {HttpProblem} from '../problem.js';
import {overLimit, type UsageByKey} from '../usage.js';
import {toHttpProblem} from './errors.js';

export interface SpeechesOptions {
	readonly synthesizer: Synthesizer;
	readonly admission: Admission;
	readonly usage: UsageByKey;
	readonly limits: Limits;
	readonly metrics: Metrics;
	readonly log: ServerLog;
	readonly pool: FfmpegPool;
	/** Speaks where a request names no voice. */
	readonly voiceId: string | undefined;
}

/** What a request wants to hear. */
export interface SpeechOrder extends VoiceFactors {
	/** A text by one voice, or lines by several. */
	readonly text: string | readonly DialogueLine[];
	readonly voiceId?: string | undefined;
	readonly format: BodyFormat;
	/** Hz of the speech; the voice's own by default. */
	readonly sampleRate?: number | undefined;
}

/** Speech that has begun: its first bytes are there. */
export interface BegunSpeech extends SpeechBody {
	readonly meter: SpeechMeter;
}

/** The generations of HTTP: let in by the same limits as those of WebSockets, counted and logged as they are. */
export class Speeches {
	readonly #options: SpeechesOptions;

	constructor(options: SpeechesOptions) {
		this.#options = options;
	}

	/**
	 * Begins to speak, for a request whose end is its end. Settles once there is something to send, so that what fails before
	 * still has a status of its own. Throws `HttpProblem`, and what the speech failed with.
	 */
	async begin(request: FastifyRequest, order: SpeechOrder): Promise<BegunSpeech> {
		const {text, format, sampleRate, ...factors} = this.#withVoices(order);
		const source = typeof text === 'string' ? text : dialogueText(text);
		const {admission, synthesizer, metrics, pool, limits} = this.#options;
		const refusal = admission.refusal();
		if (refusal) throw new HttpProblem(refusal.code, refusal.explanation);
		const release = this.#take(request.key, source.length);
		const signal = request.openRequest?.signal ?? new AbortController().signal;
		const meter = new SpeechMeter();
		meter.text(source.length);
		meter.textEnded();
		let begun = false;
		const over = (error: unknown) => {
			release();
			const report = meter.report(outcomeOf(error, signal));
			this.#over(request, report);
			// What fails before it has begun is told, and counted, as the request's answer.
			if (begun && isFailure(report.outcome)) this.#broken(request, report, error);
		};
		const speaker = typeof text === 'string' ? synthesizer : new Dialogue(synthesizer, text);
		const options = {...factors, format, sampleRate, words: false, key: request.key, signal, pool};
		metrics.opened('http');
		let body: SpeechBody;
		try {
			body = speechBody({...options, text: source, synthesizer: metered(speaker, meter)});
		} catch (error) {
			over(error);
			throw error;
		}
		finished(body.stream, error => over(body.stream.errored ?? error));
		if ((await waitFor(body.ready, signal, limits.stallTimeout)) === late) {
			const error = silentFor(limits.stallTimeout);
			body.stream.destroy(error);
			throw error;
		}
		begun = true;
		return {...body, meter};
	}

	/** Lines without a voice are the server's own. Throws `HttpProblem` voice_missing. */
	#withVoices(order: SpeechOrder): SpeechOrder {
		const {text} = order;
		const voiceOf = (given: string | undefined, field: string) => {
			const voiceId = given || this.#options.voiceId;
			if (voiceId !== undefined) return voiceId;
			const explanation = `${field} is missing, and the server has no voice of its own: GET /api/voices lists them`;
			throw new HttpProblem('voice_missing', explanation, {field});
		};
		if (typeof text === 'string') return {...order, voiceId: voiceOf(order.voiceId, 'voiceId')};
		const lines = text.map((line, index) => ({
			...line,
			voiceId: voiceOf(line.voiceId, `lines.${index}.voiceId`),
		}));
		return {...order, text: lines, voiceId: lines[0]?.voiceId};
	}

	/** Counts a generation of so many characters; gives how it counts no longer. Throws `HttpProblem` limit_exceeded. */
	#take(key: string, characters: number): () => void {
		const {usage, limits} = this.#options;
		const ofKey = usage.of(key);
		const problem = overLimit({key: ofKey, limits}, {generations: 1, characters});
		if (problem) {
			usage.forget(ofKey);
			throw new HttpProblem('limit_exceeded', problem.explanation);
		}
		ofKey.generations++;
		ofKey.characters += characters;
		return () => {
			ofKey.generations--;
			ofKey.characters -= characters;
			usage.forget(ofKey);
		};
	}

	/** The status was told: only a connection that breaks, and the log, can say what happened. */
	#broken({id}: FastifyRequest, {outcome}: GenerationReport, error: unknown): void {
		const {log, metrics} = this.#options;
		metrics.failed('http', outcome);
		log.error({request: id, err: error}, 'a generation failed midway');
	}

	#over({id, key}: FastifyRequest, report: GenerationReport): void {
		const {log, metrics} = this.#options;
		log.info({request: id, key, ...report}, 'generation');
		metrics.over('http', report);
	}
}

/** A voice that gives nothing any more. */
export function silentFor(ms: number): SpeechError {
	return new SpeechError('ENGINE_FAILED', `The voice gave nothing for ${ms} ms (stallTimeout).`);
}

/** How a speech ended: well, because nobody is there to hear it, or by an error. */
function outcomeOf(error: unknown, signal: AbortSignal): Outcome {
	if (!error) return 'finished';
	const isClosed = error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
	return signal.aborted || isAbort(error) || isClosed ? 'gone' : toHttpProblem(error).code;
}
