import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import type {Limits} from '../../lib/server/limits.js';
import {build} from '../built.js';

/** What a process has used so far. */
export interface Usage {
	/** CPU of all of its threads, in ms. */
	readonly cpu: number;
	/** How long its main thread's event loop was busy, in ms. */
	readonly main: number;
	/** Resident memory, in bytes. */
	readonly resident: number;
}

/** A server in a process of its own, with one voice warm. One question at a time. */
export class Served {
	readonly voiceId: string;
	/** Where its WebSockets are. */
	readonly url: string;
	readonly #child: ChildProcess;

	private constructor(voiceId: string, url: string, child: ChildProcess) {
		this.voiceId = voiceId;
		this.url = url;
		this.#child = child;
	}

	/** Without `limits` with its default ones. */
	static async start(voiceId: string, limits: Partial<Limits> = {}): Promise<Served> {
		await build();
		const child = fork(new URL('./server.mjs', import.meta.url), {execArgv: ['--expose-gc']});
		return new Served(voiceId, await tell<string>(child, {voiceId, limits}), child);
	}

	/** Where it speaks HTTP. */
	get http(): string {
		return this.url.replace(/^ws/, 'http');
	}

	usage(): Promise<Usage> {
		return tell<Usage>(this.#child, {ask: 'usage'});
	}

	/** Its resident memory without garbage, in bytes. */
	async resident(): Promise<number> {
		return (await tell<Usage>(this.#child, {ask: 'collect'})).resident;
	}

	/** Has it speak these texts at once, for nobody; gives seconds of audio. */
	speak(texts: readonly string[]): Promise<number> {
		return tell<number>(this.#child, {ask: 'speak', texts});
	}

	/** Has it speak a text, for nobody; gives the ms until the first audio. */
	first(text: string): Promise<number> {
		return tell<number>(this.#child, {ask: 'first', texts: [text]});
	}

	async close(): Promise<void> {
		const ended = once(this.#child, 'exit');
		this.#child.disconnect();
		await ended;
	}
}

/** Sends a message to a child and waits for its answer, which the caller knows. Throws if it ends instead. */
export async function tell<Answer>(child: ChildProcess, message: object): Promise<Answer> {
	const over = new AbortController();
	const {signal} = over;
	const ended = once(child, 'exit', {signal}).then(([code]) => {
		throw new Error(`a process ended with ${code}: see above`);
	});
	const answer = once(child, 'message', {signal});
	child.send(message);
	try {
		const [first] = await Promise.race([answer, ended]);
		return first;
	} finally {
		for (const other of [answer, ended]) other.catch(() => {});
		over.abort();
	}
}
