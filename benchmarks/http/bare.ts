import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import {build} from '../built.js';
import {tell} from '../wire/served.js';

/** A bare HTTP server in a process of its own, with one voice warm. */
export class BareHttp {
	readonly url: string;
	readonly #child: ChildProcess;

	private constructor(url: string, child: ChildProcess) {
		this.url = url;
		this.#child = child;
	}

	static async start(voiceId: string): Promise<BareHttp> {
		await build();
		const child = fork(new URL('./bare-server.mjs', import.meta.url));
		return new BareHttp(await tell<string>(child, {voiceId}), child);
	}

	async close(): Promise<void> {
		const ended = once(this.#child, 'exit');
		this.#child.disconnect();
		await ended;
	}
}
