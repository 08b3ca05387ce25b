import {once} from 'node:events';
import {WebSocket} from 'ws';
import type {InputMessage, OutputMessage} from '../../lib/wire/messages.js';

/** What one generation gave. */
export interface Heard {
	/** ms from asking to the first audio, decoded. */
	readonly firstChunk: number;
	readonly samples: number;
	/** `finished`, or the error's text. */
	readonly end: string;
}

/** A socket with nothing around it: messages out, messages in, audio decoded and counted. */
export class BareClient {
	readonly ws: WebSocket;
	readonly #ears = new Map<string, (message: OutputMessage) => void>();
	#ids = 0;

	private constructor(ws: WebSocket) {
		this.ws = ws;
		ws.on('message', data => {
			const message = JSON.parse(String(data)) as OutputMessage; // It is our own server.
			this.#ears.get(message.generationId)?.(message);
		});
	}

	static async open(url: string): Promise<BareClient> {
		const ws = new WebSocket(url, {perMessageDeflate: false});
		await once(ws, 'open');
		return new BareClient(ws);
	}

	send(message: InputMessage): void {
		this.ws.send(JSON.stringify(message));
	}

	/** Opens a generation with the messages that `RemoteSynthesizer` sends for a text that has ended; `hear` gets all that comes for it. Gives its id. */
	open(text: string, opening: InputMessage, hear: (message: OutputMessage) => void): string {
		const generationId = `bare-${this.#ids++}`;
		this.#ears.set(generationId, message => {
			if (message.type === 'finished' || message.type === 'error') this.#ears.delete(generationId);
			hear(message);
		});
		const first = {sampleRate: 24_000, addWordTimestamps: true, positions: true, ...opening};
		this.send({generationId, ...first, text});
		this.send({generationId, text: '', finalText: true});
		return generationId;
	}

	/** Speaks one text to its end. */
	speak(text: string, voiceId: string): Promise<Heard> {
		return new Promise(resolve => {
			const started = performance.now();
			let [firstChunk, samples] = [Number.NaN, 0];
			this.open(text, {voiceId}, message => {
				if (message.type === 'chunk') {
					samples += Buffer.from(message.audio, 'base64').length / 2;
					if (Number.isNaN(firstChunk)) firstChunk = performance.now() - started;
				} else if (message.type === 'finished') resolve({firstChunk, samples, end: 'finished'});
				else if (message.type === 'error') resolve({firstChunk, samples, end: message.error});
			});
		});
	}

	close(): void {
		this.ws.terminate();
	}
}
