import {once} from 'node:events';
import type {ExecutionContext} from 'ava';
import {type ClientOptions, WebSocket} from 'ws';
import type {SpeechServerOptions} from '../../lib/server/options.js';
import {createServer, type SpeechServer} from '../../lib/server/server.js';
import type {InputMessage, OutputMessage, UtterancePosition, WordTimestamp} from '../../lib/wire/messages.js';
import {validateInput, validateOutput} from './asyncapi.js';
import {inTime} from './streams.js';
import {ToneSynthesizer} from './tone.js';

export interface Running {
	readonly server: SpeechServer;
	readonly url: string;
	readonly synthesizer: ToneSynthesizer;
}

/** A server on a free port, closed when the test ends; the tone engine speaks unless `options` say otherwise. */
export async function running(
	t: ExecutionContext,
	options: Partial<SpeechServerOptions> = {},
): Promise<Running> {
	const synthesizer = new ToneSynthesizer();
	const server = createServer({synthesizer, ...options});
	t.teardown(() => server.close());
	return {server, url: await server.listen({port: 0}), synthesizer};
}

/** What a generation gave until its end. */
export interface Heard {
	readonly pcm: Buffer;
	readonly words: readonly WordTimestamp[];
	readonly positions: readonly UtterancePosition[];
	/** `finished`, or the error's text. */
	readonly end: string;
}

/** A bare WebSocket client that keeps all it receives, each message checked against docs/asyncapi.yaml. */
export class WireClient {
	readonly ws: WebSocket;
	readonly messages: OutputMessage[] = [];
	#looking = new Set<() => void>();

	private constructor(ws: WebSocket) {
		this.ws = ws;
		ws.on('message', data => {
			const message = JSON.parse(data.toString()) as OutputMessage; // Checked below.
			validateOutput(message);
			this.messages.push(message);
			for (const look of this.#looking) look();
		});
		ws.on('error', () => {});
		ws.on('close', () => {
			for (const look of this.#looking) look();
		});
	}

	static async open(t: ExecutionContext, url: string, options: ClientOptions = {}): Promise<WireClient> {
		const client = new WireClient(new WebSocket(url, {...options, perMessageDeflate: false}));
		t.teardown(() => client.ws.terminate());
		await once(client.ws, 'open');
		return client;
	}

	/** Sends a message that the protocol knows. */
	send(message: InputMessage): void {
		validateInput(message);
		this.ws.send(JSON.stringify(message));
	}

	/** Sends anything. */
	sendRaw(data: string | Buffer): void {
		this.ws.send(data);
	}

	/** Waits until `find` gives something for all messages so far. Throws if the socket closes before. */
	async until<T>(find: (messages: readonly OutputMessage[]) => T | undefined): Promise<T> {
		const looked = new Promise<T>((resolve, reject) => {
			const look = () => {
				const found = find(this.messages);
				if (found === undefined && this.ws.readyState < WebSocket.CLOSING) return;
				this.#looking.delete(look);
				if (found === undefined) reject(new Error('the socket was closed'));
				else resolve(found);
			};
			this.#looking.add(look);
			look();
		});
		return inTime(looked, `${find}, in what the server says`);
	}

	/** Waits for the end of a generation, the nth of that id, and gives what came for it. */
	async heard(generationId: string, nth = 1): Promise<Heard> {
		const isEnd = ({type}: OutputMessage) => type === 'finished' || type === 'error';
		await this.until(messages => {
			const ends = messages.filter(message => message.generationId === generationId && isEnd(message));
			return ends.length >= nth ? true : undefined;
		});
		const own = this.messages.filter(message => message.generationId === generationId);
		const ends = own.flatMap((message, index) => (isEnd(message) ? [index] : []));
		return heardOf(own.slice((ends[nth - 2] ?? -1) + 1, (ends[nth - 1] ?? 0) + 1));
	}

	/** The errors that name no generation, once there are `count`. */
	async errors(count: number, generationId = ''): Promise<string[]> {
		return this.until(messages => {
			const errors = messages.flatMap(message =>
				message.type === 'error' && message.generationId === generationId ? [message.error] : [],
			);
			return errors.length >= count ? errors : undefined;
		});
	}

	/** Waits until the socket is closed; gives code and reason. */
	async closed(): Promise<{code: number; reason: string}> {
		const [code, reason] = await inTime(once(this.ws, 'close'), 'the end of the socket');
		return {code, reason: String(reason)};
	}

	/** Waits until all that was sent before has been taken: an unknown field in a message without id answers. */
	async settled(): Promise<void> {
		const before = this.messages.filter(({generationId}) => generationId === '').length;
		this.sendRaw('{"text": ""}');
		await this.errors(before + 1);
	}
}

function heardOf(messages: readonly OutputMessage[]): Heard {
	const last = messages.at(-1);
	return {
		pcm: Buffer.concat(
			messages.map(message => Buffer.from(message.type === 'chunk' ? message.audio : '', 'base64')),
		),
		words: messages.flatMap(message => (message.type === 'timestamp' ? message.wordTimestamps : [])),
		positions: messages.flatMap(message =>
			message.type === 'timestamp' && message.utterance ? [message.utterance] : [],
		),
		end: last?.type === 'error' ? last.error : 'finished',
	};
}

/** The status and body with which an upgrade is refused. */
export async function refused(
	url: string,
	options: ClientOptions = {},
): Promise<{status: number; error: string}> {
	const ws = new WebSocket(url, options);
	ws.on('error', () => {});
	const [, response] = await once(ws, 'unexpected-response');
	let body = '';
	for await (const data of response) body += data;
	return {status: response.statusCode, error: JSON.parse(body).error};
}
