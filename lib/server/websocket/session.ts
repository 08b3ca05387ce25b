import {IdleTimer} from '../../idle-timer.js';
import type {Synthesizer} from '../../synthesizer.js';
import {type CloseName, closeCodes} from '../../wire/close-codes.js';
import {formatProblem, type WireProblem} from '../../wire/error-codes.js';
import type {ErrorMessage, InputMessage} from '../../wire/messages.js';
import {type Parsed, parseInput, type WrongInput} from '../../wire/parse.js';
import type {Admission} from '../admission.js';
import type {Limits} from '../limits.js';
import type {ServerLog} from '../log.js';
import {type GenerationReport, isFailure} from '../meter.js';
import type {Metrics} from '../metrics.js';
import {type KeyUsage, overLimit, type Usage} from '../usage.js';
import {Context} from './context.js';
import {FloodGuard} from './flood-guard.js';
import {Generation, type GenerationHost} from './generation.js';
import {isProblem, openingOf} from './opening.js';
import {RefusedIds} from './refused-ids.js';

/** What a session knows of its socket. */
export interface SessionSocket {
	/** Sends a text message. Settles when no more than `maxUnsentBytes` wait to be sent, or the socket is closed; never throws. */
	send(message: string): Promise<void>;
	/** Closes it once everything was sent. */
	close(code: number, reason: string): void;
}

export interface SessionOptions {
	readonly synthesizer: Synthesizer;
	readonly limits: Limits;
	readonly admission: Admission;
	/** What all sockets of this one's key have open. */
	readonly usage: KeyUsage;
	/** Speaks where no message says which voice. */
	readonly voiceId: string | undefined;
	readonly metrics: Metrics;
	readonly log: ServerLog;
}

/** All that one socket says and hears; it knows nothing of how messages travel. */
export class Session {
	readonly #socket: SessionSocket;
	readonly #options: SessionOptions;
	readonly #host: GenerationHost;
	readonly #flood: FloodGuard;
	readonly #usage: Usage = {generations: 0, characters: 0};
	readonly #generations = new Map<string, Generation>();
	readonly #contexts = new Map<string, Context>();
	readonly #contextOf = new Map<Generation, Context>();
	readonly #refused = new RefusedIds();
	readonly #idleTimer: IdleTimer;
	#undecodable = 0;
	#closed = false;

	constructor(socket: SessionSocket, options: SessionOptions) {
		const {synthesizer, limits, log} = options;
		this.#socket = socket;
		this.#options = options;
		this.#flood = new FloodGuard(limits.maxMessagesPerSecond);
		this.#host = {
			synthesizer,
			textIdle: limits.textIdle,
			generationIdle: limits.generationIdle,
			send: message => (this.#closed ? Promise.resolve() : socket.send(message)),
			spoken: characters => this.#use({generations: 0, characters: -characters}),
			over: (generation, report) => this.#over(generation, report),
			unforeseen: error => log.error({err: error}, 'a generation failed'),
		};
		this.#idleTimer = new IdleTimer(limits.idleTimeout, () => this.#onIdle());
	}

	/** Takes a text message from the peer. What nobody had foreseen ends this socket, not the process that serves others. */
	receive(text: string): void {
		if (this.#closed) return;
		try {
			this.#receive(text);
		} catch (error) {
			this.#options.log.error({err: error}, 'a message failed');
			this.close('internal');
		}
	}

	#receive(text: string): void {
		this.#idleTimer.refresh();
		if (this.#flood.message()) {
			this.close('flood');
			return;
		}
		const parsed = parseInput(text);
		if (!parsed.ok) this.#onWrong(parsed);
		else {
			this.#undecodable = 0;
			const {generationId, contextId, cancel} = parsed.message;
			if (generationId !== undefined) this.#onMessage(generationId, parsed.message);
			else if (contextId !== undefined && cancel) this.#contexts.get(contextId)?.cancel();
			else this.#answer('', {code: 'invalid_message', explanation: 'generationId is missing'});
		}
	}

	/** Takes no more generations, and closes the socket when the last is over; at once, if none is open. */
	drain(): void {
		if (this.#options.admission.draining && this.#generations.size === 0) this.close('draining');
	}

	/** Closes the socket, and stops all that it has open. */
	close(name: CloseName): void {
		if (this.#closed) return;
		const {code, reason} = closeCodes[name];
		this.#socket.close(code, reason);
		this.gone();
	}

	/** The socket is closed: all of its work stops. */
	gone(): void {
		this.#closed = true;
		this.#idleTimer.clear();
		for (const generation of this.#generations.values()) generation.abandon();
	}

	#onWrong({problem, generationId, undecodable, ends}: Parsed<InputMessage, WrongInput> & {ok: false}): void {
		this.#undecodable = undecodable ? this.#undecodable + 1 : 0;
		if (this.#undecodable >= this.#options.limits.maxUndecodable) this.close('undecodable');
		else if (generationId === undefined) this.#answer('', problem);
		else if (this.#isListening(generationId, ends)) this.#refuse(generationId, problem, ends);
	}

	#onMessage(id: string, message: InputMessage): void {
		const ends = message.finalText === true || message.cancel === true;
		if (!this.#isListening(id, ends)) return;
		const generation = this.#generations.get(id);
		if (message.cancel) {
			generation?.cancel();
			return;
		}
		const problem = generation ? this.#continue(generation, message) : this.#open(id, message);
		if (problem) this.#refuse(id, problem, ends);
	}

	/** Whether messages for this id are heard: not after an error, until the peer shows that it knows. */
	#isListening(id: string, ends: boolean): boolean {
		if (!this.#refused.has(id)) return true;
		if (ends) this.#refused.delete(id);
		return false;
	}

	#continue(generation: Generation, {voiceId, text = '', finalText}: InputMessage): WireProblem | undefined {
		generation.touch();
		if (voiceId !== undefined && voiceId !== generation.voiceId) {
			const explanation = `voiceId is ${JSON.stringify(voiceId)}, but the generation speaks with another voice: open a new generation for it`;
			return {code: 'voice_changed', explanation};
		}
		if (generation.textEnded) {
			const explanation = 'text came after finalText: wait for finished, or open a generation of another id';
			return text.trim() === '' ? undefined : {code: 'text_after_final', explanation};
		}
		const problem = this.#overLimit({generations: 0, characters: text.length});
		if (problem) return problem;
		this.#addText(generation, text, finalText);
		return undefined;
	}

	#open(id: string, message: InputMessage): WireProblem | undefined {
		const {contextId, text = '', finalText} = message;
		const {admission, voiceId, usage} = this.#options;
		const problem =
			admission.refusal() ??
			this.#overLimit({generations: 1, characters: text.length}) ??
			this.#contextProblem(contextId);
		if (problem) return problem;
		const inherited = this.#contexts.get(contextId ?? '')?.inherited ?? {voiceId};
		const opening = openingOf(id, message, {inherited, key: usage.key});
		if (isProblem(opening)) return opening;
		const generation = new Generation(opening.options, this.#host);
		this.#generations.set(id, generation);
		this.#use({generations: 1, characters: 0});
		this.#options.metrics.opened('websocket');
		if (contextId === undefined) generation.start();
		else this.#contextNamed(contextId, generation).open(generation, opening.settings);
		this.#addText(generation, text, finalText);
		return undefined;
	}

	#addText(generation: Generation, text: string, finalText: boolean | undefined): void {
		if (text !== '') {
			this.#use({generations: 0, characters: text.length});
			generation.add(text);
		}
		if (finalText) generation.end();
	}

	#contextProblem(contextId: string | undefined): WireProblem | undefined {
		const {maxContextsPerSocket} = this.#options.limits;
		if (
			contextId === undefined ||
			this.#contexts.has(contextId) ||
			this.#contexts.size < maxContextsPerSocket
		)
			return undefined;
		const explanation = `maxContextsPerSocket is ${maxContextsPerSocket}: use a context again, or another socket`;
		return {code: 'limit_exceeded', explanation};
	}

	#contextNamed(id: string, generation: Generation): Context {
		const context = this.#contexts.get(id) ?? new Context();
		this.#contexts.set(id, context);
		this.#contextOf.set(generation, context);
		return context;
	}

	/** Ends a generation, open or not, with an error. */
	#refuse(id: string, problem: WireProblem, ends: boolean): void {
		const generation = this.#generations.get(id);
		// No tokens are in flight where the text has ended: the id may be used again.
		if (!ends && !generation?.textEnded) this.#refused.add(id);
		if (generation) generation.fail(problem);
		else this.#answer(id, problem);
	}

	#answer(generationId: string, problem: WireProblem): void {
		this.#options.metrics.failed('websocket', problem.code);
		const error: ErrorMessage = {type: 'error', generationId, error: formatProblem(problem)};
		if (this.#flood.answer(this.#host.send(JSON.stringify(error)))) this.close('flood');
	}

	#overLimit(more: Usage): WireProblem | undefined {
		const {usage, limits} = this.#options;
		return overLimit({socket: this.#usage, key: usage, limits}, more);
	}

	#use({generations, characters}: Usage): void {
		for (const usage of [this.#usage, this.#options.usage]) {
			usage.generations += generations;
			usage.characters += characters;
		}
	}

	#over(generation: Generation, report: GenerationReport): void {
		this.#generations.delete(generation.id);
		this.#use({generations: -1, characters: 0});
		const {log, metrics} = this.#options;
		log.info({generation: generation.id, ...report}, 'generation');
		metrics.over('websocket', report);
		if (isFailure(report.outcome)) metrics.failed('websocket', report.outcome);
		metrics.audioBytes('websocket', 'RAW_PCM16', generation.audioBytes);
		const context = this.#contextOf.get(generation);
		this.#contextOf.delete(generation);
		if (this.#closed) return;
		context?.over(generation);
		this.#idleTimer.refresh();
		this.drain();
	}

	#onIdle(): void {
		if (this.#generations.size === 0) this.close('idle');
		else this.#idleTimer.refresh();
	}
}
