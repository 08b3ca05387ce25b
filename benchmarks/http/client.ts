import {Agent, request} from 'node:http';

/** How one request was answered. */
export interface Answer {
	readonly status: number;
	/** ms from asking to the first byte of the body, and to its end. */
	readonly firstByte: number;
	readonly total: number;
	readonly bytes: number;
}

/** Asks an HTTP server, over connections that it keeps. */
export class HttpClient {
	readonly #agent: Agent;
	readonly #url: string;

	/** `connections`: how many there may be at once. */
	constructor(url: string, connections: number) {
		this.#agent = new Agent({keepAlive: true, maxSockets: connections});
		this.#url = url;
	}

	/** Throws where the connection breaks before the end of the body. */
	speak(body: object): Promise<Answer> {
		return new Promise((resolve, reject) => {
			const started = performance.now();
			const since = () => performance.now() - started;
			const asked = request(this.#url, {
				method: 'POST',
				agent: this.#agent,
				headers: {'content-type': 'application/json'},
			});
			asked.on('error', reject);
			asked.on('response', response => {
				let [firstByte, bytes] = [Number.NaN, 0];
				response.on('data', (chunk: Buffer) => {
					if (bytes === 0) firstByte = since();
					bytes += chunk.length;
				});
				response.on('error', reject);
				response.on('end', () =>
					resolve({status: response.statusCode ?? 0, firstByte, total: since(), bytes}),
				);
			});
			asked.end(JSON.stringify(body));
		});
	}

	close(): void {
		this.#agent.destroy();
	}
}
