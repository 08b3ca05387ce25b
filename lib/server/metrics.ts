import type {Gauge} from 'prom-client';
import type {Synthesizer} from '../synthesizer.js';
import {ffmpegProcesses} from '../transcode/process.js';
import type {GenerationReport} from './meter.js';
import {MetricRegistry} from './metric-registry.js';

export type Transport = 'http' | 'websocket';

export interface FinishedRequest {
	readonly method: string;
	/** The route's pattern, not what was asked for: that could be anything. */
	readonly route: string;
	readonly status: number;
	readonly seconds: number;
}

/** From what an ear takes for at once to what nobody waits for, in seconds. */
const delays = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Below 1 speech is made faster than it plays. */
const factors = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2];

/** What a server counts, in the words of Prometheus. */
export class Metrics {
	readonly #registry = new MetricRegistry();
	readonly #generations = this.#registry.counter('generations_total', 'Generations that are over', [
		'transport',
		'outcome',
	]);
	readonly #open = this.#registry.gauge('generations_open', 'Generations that speak or wait', ['transport']);
	readonly #firstChunk = this.#registry.histogram(
		'first_chunk_seconds',
		'From its opening to a generation’s first audio',
		['transport'],
		delays,
	);
	readonly #firstAudible = this.#registry.histogram(
		'first_audible_seconds',
		'From its opening to a generation’s first samples that can be heard',
		['transport'],
		delays,
	);
	readonly #queueWait = this.#registry.histogram(
		'queue_wait_seconds',
		'How long a generation’s first utterance waited for a worker',
		['transport'],
		delays,
	);
	readonly #factor = this.#registry.histogram(
		'real_time_factor',
		'Duration of a generation over that of its audio, slow readers included',
		['transport'],
		factors,
	);
	readonly #underruns = this.#registry.counter(
		'underruns_total',
		'How often players at normal speed would have run dry although all of the text was there',
		['transport'],
	);
	readonly #characters = this.#registry.counter('characters_total', 'UTF-16 units of text taken', [
		'transport',
	]);
	readonly #seconds = this.#registry.counter('audio_seconds_total', 'Seconds of audio made', ['transport']);
	readonly #bytes = this.#registry.counter('audio_bytes_total', 'Bytes of audio handed to the network', [
		'transport',
		'format',
	]);
	readonly #errors = this.#registry.counter('errors_total', 'Generations and requests that failed', [
		'transport',
		'code',
	]);
	readonly #sockets = this.#registry.gauge('websockets_open', 'WebSockets that are open', []);
	readonly #requests = this.#registry.histogram(
		'http_request_seconds',
		'From a request’s headers to the end of its answer',
		['method', 'route', 'status'],
		[...delays, 30, 60],
	);

	constructor(synthesizer: Synthesizer) {
		this.#registry.gaugeOf('ffmpeg_processes', 'Processes of ffmpeg, those kept warm too', ffmpegProcesses);
		this.#registry.gaugeOf(
			'lateness_seconds',
			'How late the work runs',
			() => (synthesizer.lateness?.() ?? 0) / 1000,
		);
		this.#registry.gaugeOf(
			'utterances_waiting',
			'Utterances that wait for a worker',
			() => synthesizer.load?.().waiting ?? 0,
		);
		const workers: Gauge<'state'> = this.#registry.gauge(
			'workers',
			'Worker threads that speak',
			['state'],
			() => {
				const load = synthesizer.load?.();
				if (!load) return;
				workers.set({state: 'busy'}, load.busy);
				workers.set({state: 'idle'}, load.workers - load.busy);
			},
		);
	}

	/** All of it, as `GET /metrics` gives it, with what the process itself takes. */
	text(): Promise<{readonly contentType: string; readonly body: string}> {
		return this.#registry.text();
	}

	opened(transport: Transport): void {
		this.#open.inc({transport});
	}

	/** A generation is over. */
	over(transport: Transport, report: GenerationReport): void {
		const {outcome, audioSeconds, firstChunkMs, firstAudibleMs, queuedMs, totalMs} = report;
		this.#open.dec({transport});
		this.#generations.inc({transport, outcome});
		this.#characters.inc({transport}, report.characters);
		this.#seconds.inc({transport}, audioSeconds);
		this.#underruns.inc({transport}, report.underruns);
		for (const [histogram, ms] of [
			[this.#firstChunk, firstChunkMs],
			[this.#firstAudible, firstAudibleMs],
			[this.#queueWait, queuedMs],
		] as const) {
			if (ms !== undefined) histogram.observe({transport}, ms / 1000);
		}
		if (outcome === 'finished' && audioSeconds > 0)
			this.#factor.observe({transport}, totalMs / 1000 / audioSeconds);
	}

	/** A generation or a request failed, with a code of the wire. */
	failed(transport: Transport, code: string): void {
		this.#errors.inc({transport, code});
	}

	audioBytes(transport: Transport, format: string, bytes: number): void {
		this.#bytes.inc({transport, format}, bytes);
	}

	/** So many WebSockets more. */
	webSockets(more: 1 | -1): void {
		this.#sockets.inc(more);
	}

	request({seconds, ...labels}: FinishedRequest): void {
		this.#requests.observe(labels, seconds);
	}
}
