import {Counter, collectDefaultMetrics, Gauge, Histogram, Registry} from 'prom-client';
import type {Synthesizer} from '../synthesizer.js';
import {ffmpegProcesses} from '../transcode/process.js';
import type {GenerationReport} from './meter.js';

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
	readonly #registry = new Registry();
	readonly #generations = this.#counter('generations_total', 'Generations that are over', [
		'transport',
		'outcome',
	]);
	readonly #open = this.#gauge('generations_open', 'Generations that speak or wait', ['transport']);
	readonly #firstChunk = this.#histogram(
		'first_chunk_seconds',
		'From its opening to a generation’s first audio',
	);
	readonly #firstAudible = this.#histogram(
		'first_audible_seconds',
		'From its opening to a generation’s first samples that can be heard',
	);
	readonly #queueWait = this.#histogram(
		'queue_wait_seconds',
		'How long a generation’s first utterance waited for a worker',
	);
	readonly #factor = this.#histogram(
		'real_time_factor',
		'Duration of a generation over that of its audio, slow readers included',
		factors,
	);
	readonly #underruns = this.#counter(
		'underruns_total',
		'How often players at normal speed would have run dry although all of the text was there',
		['transport'],
	);
	readonly #characters = this.#counter('characters_total', 'UTF-16 units of text taken', ['transport']);
	readonly #seconds = this.#counter('audio_seconds_total', 'Seconds of audio made', ['transport']);
	readonly #bytes = this.#counter('audio_bytes_total', 'Bytes of audio handed to the network', [
		'transport',
		'format',
	]);
	readonly #errors = this.#counter('errors_total', 'Generations and requests that failed', [
		'transport',
		'code',
	]);
	readonly #sockets = this.#gauge('websockets_open', 'WebSockets that are open', []);
	readonly #requests = new Histogram({
		name: 'speechpipe_http_request_seconds',
		help: 'From a request’s headers to the end of its answer',
		labelNames: ['method', 'route', 'status'],
		buckets: [...delays, 30, 60],
		registers: [this.#registry],
	});

	constructor(synthesizer: Synthesizer) {
		this.#gaugeOf('ffmpeg_processes', 'Processes of ffmpeg, those kept warm too', ffmpegProcesses);
		this.#gaugeOf('lateness_seconds', 'How late the work runs', () => (synthesizer.lateness?.() ?? 0) / 1000);
		this.#gaugeOf(
			'utterances_waiting',
			'Utterances that wait for a worker',
			() => synthesizer.load?.().waiting,
		);
		const workers: Gauge<'state'> = this.#gauge('workers', 'Worker threads that speak', ['state'], () => {
			const load = synthesizer.load?.();
			if (!load) return;
			workers.set({state: 'busy'}, load.busy);
			workers.set({state: 'idle'}, load.workers - load.busy);
		});
	}

	/** All of it, as `GET /metrics` gives it, with what the process itself takes. */
	async text(): Promise<{readonly contentType: string; readonly body: string}> {
		const {contentType} = this.#registry;
		return {contentType, body: `${await this.#registry.metrics()}\n${await ofProcess().metrics()}`};
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

	#counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
		return new Counter({name: `speechpipe_${name}`, help, labelNames, registers: [this.#registry]});
	}

	#histogram(name: string, help: string, buckets = delays): Histogram<'transport'> {
		return new Histogram({
			name: `speechpipe_${name}`,
			help,
			labelNames: ['transport'],
			buckets,
			registers: [this.#registry],
		});
	}

	#gauge<Label extends string>(
		name: string,
		help: string,
		labelNames: readonly Label[],
		collect: () => void = () => {},
	): Gauge<Label> {
		return new Gauge({name: `speechpipe_${name}`, help, labelNames, collect, registers: [this.#registry]});
	}

	/** A gauge that is read when it is asked for; undefined leaves it as it is. */
	#gaugeOf(name: string, help: string, value: () => number | undefined): void {
		const gauge: Gauge = this.#gauge(name, help, [], () => gauge.set(value() ?? 0));
	}
}

let processRegistry: Registry | undefined;

/** What the process takes: counted once, however many servers it has. */
function ofProcess(): Registry {
	if (!processRegistry) {
		processRegistry = new Registry();
		collectDefaultMetrics({register: processRegistry});
	}
	return processRegistry;
}
