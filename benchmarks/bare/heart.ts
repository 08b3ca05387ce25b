import {once} from 'node:events';
import {Worker} from 'node:worker_threads';
import type {Ids, Prepared, Question, Spoken} from './heart-thread.js';

/**
 * The network of heart with nothing around it: a session in a worker thread of its own, phoneme ids in, samples out.
 * What speechpipe adds (segmenting, phonemes, order, word times, streams) is the difference.
 */
export class BareHeart {
	readonly #thread = new Worker(new URL('./heart-thread.js', import.meta.url));

	static async start(): Promise<BareHeart> {
		const bare = new BareHeart();
		await once(bare.#thread, 'message');
		return bare;
	}

	/** The phoneme ids of a text: off the clock. */
	async prepare(text: string): Promise<Ids> {
		const {ids} = await this.#ask<Prepared>({prepare: text});
		return ids;
	}

	/** One question at a time. */
	speak(ids: Ids): Promise<Spoken> {
		return this.#ask<Spoken>({speak: ids});
	}

	async close(): Promise<void> {
		await this.#thread.terminate();
	}

	async #ask<Answer>(question: Question): Promise<Answer> {
		this.#thread.postMessage(question);
		const [answer] = await once(this.#thread, 'message');
		return answer;
	}
}
